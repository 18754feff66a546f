// One connection of a run: where it stands, what goes out on it, and what the transcript says about it. When it
// is dialled, ended or given up is the station's decision.

import type { StoredHead } from "../../../cassette/format/entry.js";
import { parseHead } from "../../../wire/http/head.js";
import { chosenSubprotocol } from "../../../wire/http/response-head.js";
import { closeBody } from "../../../wire/websocket/close-frame.js";
import { opcodes } from "../../../wire/websocket/frame.js";
import { ownFrame } from "../../plan/outgoing.js";
import type { ConnectionEnd, DialStep } from "../../plan/plan.js";
import type { StationEvent } from "../../protocol.js";
import type { StationOutput } from "../run/station-output.js";
import { type Heard, Leg } from "./received-stream.js";

/** `closing`: our end is said, the CSMS's is waited for. `dead`: nothing can be sent any more. */
export type LinkState = "dialling" | "open" | "closing" | "dead";

const normalClosure = 1000;

/** A connection. */
export class Link {
  readonly step: DialStep;
  state: LinkState;
  private readonly identity: string;
  private readonly request: StoredHead;
  private readonly output: StationOutput;
  private leg: Leg | undefined;
  private isClosedInTranscript = false;

  constructor(step: DialStep, identity: string, request: StoredHead, output: StationOutput) {
    this.step = step;
    this.identity = identity;
    this.request = request;
    this.output = output;
    this.state = "dialling";
  }

  /** The CSMS accepted; in the transcript the connection is number `ordinal`. */
  open(ordinal: number, response: StoredHead, at: number, maxFrame: number): void {
    this.state = "open";
    this.leg = new Leg(ordinal, maxFrame);
    this.output.record({
      kind: "connection-opened",
      connection: ordinal,
      ordinal,
      at,
      identity: this.identity,
      from: null,
      url: null,
      subprotocol: chosenSubprotocol(parseHead(response.raw)),
      request: this.request,
      response,
    });
  }

  /** It did not come about. */
  refuse(event: StationEvent & { readonly kind: "refused" }, response: StoredHead | null): void {
    this.state = "dead";
    const { at, by, status, reason, body } = event;
    const base = {
      kind: "refused",
      at,
      identity: this.identity,
      from: null,
      url: null,
      by,
      status,
      reason,
    } as const;
    this.output.record({ ...base, request: this.request, response, body, bodyLength: body.length });
  }

  /** Takes bytes of the CSMS; gives what they say. */
  receive(chunk: Uint8Array, at: number): readonly Heard[] {
    const received = this.leg?.receive(chunk, at);
    for (const entry of received?.entries ?? []) this.output.record(entry);
    return received?.heard ?? [];
  }

  write(bytes: Uint8Array, at: number): void {
    this.output.push({ kind: "send", connection: this.step.connection, bytes });
    for (const entry of this.leg?.sent(bytes, at) ?? []) this.output.record(entry);
  }

  /** Ends it as the recording did, as far as that is ours to do. */
  endAs(how: ConnectionEnd, at: number): void {
    this.state = "closing";
    if (how.kind === "close") this.write(how.frame, at);
    else if (how.kind === "fin") this.endOurs(at);
    else if (how.kind === "reset") this.reset(at);
    else this.closeOurs(at);
  }

  /** Says goodbye with a close frame of our own. */
  closeOurs(at: number): void {
    this.write(ownFrame(opcodes.close, closeBody(normalClosure, "")), at);
  }

  /** Ends our half of the stream, if that was not done. */
  endOurs(at: number): void {
    if (this.leg === undefined || this.leg.hasEnded("charger")) return;
    this.output.push({ kind: "end", connection: this.step.connection });
    this.noteEnd("charger", "end", at);
  }

  /** The CSMS's half of the stream is over. */
  endTheirs(how: "end" | "reset", at: number): void {
    this.noteEnd("csms", how, at);
    if (how === "end") this.endOurs(at);
  }

  private reset(at: number): void {
    this.output.push({ kind: "reset", connection: this.step.connection });
    this.noteEnd("charger", "reset", at);
  }

  private noteEnd(by: "charger" | "csms", how: "end" | "reset", at: number): void {
    for (const entry of this.leg?.end({ by, how, at }) ?? []) this.output.record(entry);
    if (how === "reset" || this.leg?.ends.length === 2) this.recordClosed(at);
  }

  /** Writes the end of the connection into the transcript, once. */
  recordClosed(at: number): void {
    if (this.leg === undefined || this.isClosedInTranscript) return;
    this.isClosedInTranscript = true;
    this.output.record({
      kind: "connection-closed",
      connection: this.leg.connection,
      at,
      ends: [...this.leg.ends],
    });
  }

  /** Whether the CSMS ever accepted it. */
  get wasOpen(): boolean {
    return this.leg !== undefined;
  }
}
