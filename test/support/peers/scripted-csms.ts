// A CSMS that answers by a function of the test, with delays, silence, and calls of its own. For verdicts of replays.
import { startCsmsServer } from "./csms-server.js";

/** The payload of a CALL. */
export type CallPayload = Readonly<Record<string, unknown>>;

/** A CALL that the CSMS received. */
export interface ReceivedCall {
  readonly id: string;
  readonly action: string;
  readonly payload: CallPayload;
}

/** How to answer it: with a payload, with the code of a CALLERROR, or not at all; and what to send before and after. */
export interface Reply {
  readonly result?: unknown;
  readonly error?: string;
  /** Milliseconds to wait before answering. */
  readonly after?: number;
  /** Whole messages to send before the answer. */
  readonly first?: readonly string[];
  /** Whole messages to send after the answer. */
  readonly then?: readonly string[];
}

/** A running CSMS. */
export interface ScriptedCsms {
  readonly url: string;
  /** The texts that it received, in order. */
  readonly received: readonly string[];
  /** The payloads of all CALLs with this action. */
  calls(action: string): readonly CallPayload[];
  close(): Promise<void>;
}

const messageOf = ({ id }: ReceivedCall, { result, error }: Reply): string | undefined => {
  if (error !== undefined) return JSON.stringify([4, id, error, "", {}]);
  return result === undefined ? undefined : JSON.stringify([3, id, result]);
};

const callIn = (text: string): ReceivedCall | undefined => {
  const [type, id, action, payload] = JSON.parse(text) as [number, string, string, CallPayload];
  return type === 2 ? { id, action, payload } : undefined;
};

/** Starts a CSMS on a free port. */
export async function startScriptedCsms(reply: (call: ReceivedCall) => Reply): Promise<ScriptedCsms> {
  const received: string[] = [];
  const { url, close } = await startCsmsServer((socket) => {
    socket.on("message", (data) => {
      received.push(String(data));
      const call = callIn(String(data));
      if (call === undefined) return;
      const answer = reply(call);
      const send = (): void => {
        const message = messageOf(call, answer);
        const own = message === undefined ? [] : [message];
        for (const text of [...(answer.first ?? []), ...own, ...(answer.then ?? [])]) socket.send(text);
      };
      // This makes the peer slow, which is what is tested; nothing waits for the time itself.
      if (answer.after === undefined) send();
      else setTimeout(send, answer.after);
    });
  });
  return {
    url: url.origin,
    received,
    calls: (action) =>
      received.flatMap((text) => {
        const call = callIn(text);
        return call?.action === action ? [call.payload] : [];
      }),
    close,
  };
}
