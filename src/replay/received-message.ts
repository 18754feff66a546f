// A message that a CSMS sent during a replay: parsed once, and handed on like this to everything that looks at it.

import type { Envelope } from "../ocpp/envelope/parse-envelope.js";
import { ParsedMessage } from "../ocpp/envelope/parsed-message.js";

/** A message of the CSMS, and where and when it came. */
export class ReceivedMessage extends ParsedMessage {
  /** The connection's number in the plan. */
  readonly connection: number;
  /** When it was whole, in nanoseconds since the run's start. */
  readonly atNs: number;

  constructor(text: string, connection: number, atNs: number) {
    super(text);
    this.connection = connection;
    this.atNs = atNs;
  }
}

/** A CALL or SEND of the CSMS. */
export type ReceivedCall = ReceivedMessage & { readonly envelope: Envelope & { kind: "call" | "send" } };

/** A CALLRESULT or CALLERROR of the CSMS. */
export type ReceivedAnswer = ReceivedMessage & {
  readonly envelope: Envelope & { kind: "call-result" | "call-error" };
};

/** Whether the message is a CALL or SEND. */
export function isReceivedCall(message: ReceivedMessage): message is ReceivedCall {
  const { kind } = message.envelope;
  return kind === "call" || kind === "send";
}

/** Whether the message is a CALLRESULT or CALLERROR. */
export function isReceivedAnswer(message: ReceivedMessage): message is ReceivedAnswer {
  const { kind } = message.envelope;
  return kind === "call-result" || kind === "call-error";
}
