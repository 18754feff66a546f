// One connection of a run: its state, what goes out on it, and what the transcript records of it. The station decides
// when it is dialled, ended or given up.

import type { StoredHead } from "../../../cassette/format/entry.js";
import { parseHead } from "../../../wire/http/head.js";
import { chosenSubprotocol } from "../../../wire/http/response-head.js";
import { closeBody } from "../../../wire/websocket/close-frame.js";
import { opcodes } from "../../../wire/websocket/frame.js";
import { ownFrame } from "../../plan/outgoing.js";
import type { ConnectionEnd, DialStep } from "../../plan/plan.js";
import type { StationEvent } from "../../protocol.js";
import type { StationOutput } from "../run/station-output.js";
import { type ReceivedItem, ReceivedStream } from "./received-stream.js";

/** `closing`: the station has ended its half and waits for the CSMS's end. `dead`: nothing can be sent any more. */
export type LinkState = "dialling" | "open" | "closing" | "dead";

const normalClosure = 1000;

/** A connection. */
export class Link {
  readonly step: DialStep;
  state: LinkState = "dialling";
  private readonly identity: string;
  private readonly request: StoredHead;
  private readonly output: StationOutput;
  /** Undefined until the CSMS has accepted the upgrade. */
  private stream: ReceivedStream | undefined;
  private isClosedInTranscript = false;

  constructor(step: DialStep, identity: string, request: StoredHead, output: StationOutput) {
    this.step = step;
    this.identity = identity;
    this.request = request;
    this.output = output;
  }

  /** The CSMS accepted the upgrade; `ordinal` is the connection's number in the transcript. */
  open(ordinal: number, response: StoredHead, atNs: number, maxFrame: number): void {
    this.state = "open";
    this.stream = new ReceivedStream(this.step.connection, ordinal, maxFrame);
    this.output.record({
      kind: "connection-opened",
      connection: ordinal,
      ordinal,
      at: atNs,
      identity: this.identity,
      from: null,
      url: null,
      subprotocol: chosenSubprotocol(parseHead(response.raw)),
      request: this.request,
      response,
    });
  }

  /** The upgrade was refused, or the CSMS could not be reached. */
  refuse(event: StationEvent & { readonly kind: "refused" }, response: StoredHead | null): void {
    this.state = "dead";
    const { atNs, by, status, reason, body } = event;
    const base = {
      kind: "refused",
      at: atNs,
      identity: this.identity,
      from: null,
      url: null,
      by,
      status,
      reason,
    } as const;
    this.output.record({ ...base, request: this.request, response, body, bodyLength: body.length });
  }

  /** Takes bytes of the CSMS, records them, and gives what they contain. */
  receive(chunk: Uint8Array, atNs: number): readonly ReceivedItem[] {
    const received = this.stream?.receive(chunk, atNs);
    for (const entry of received?.entries ?? []) this.output.record(entry);
    return received?.items ?? [];
  }

  write(bytes: Uint8Array, atNs: number): void {
    this.output.push({ kind: "send", connection: this.step.connection, bytes });
    for (const entry of this.stream?.sent(bytes, atNs) ?? []) this.output.record(entry);
  }

  /** Ends the connection as the recorded charger did; with a close frame where the charger did not end it. */
  endAs(how: ConnectionEnd, atNs: number): void {
    this.state = "closing";
    if (how.kind === "close") this.write(how.frame, atNs);
    else if (how.kind === "fin") this.endOurs(atNs);
    else if (how.kind === "reset") this.reset(atNs);
    else this.closeOurs(atNs);
  }

  /** Sends a close frame of the station's own. */
  closeOurs(atNs: number): void {
    this.write(ownFrame(opcodes.close, closeBody(normalClosure, "")), atNs);
  }

  /** Ends the station's half of the stream, once. */
  endOurs(atNs: number): void {
    if (this.stream === undefined || this.stream.hasEnded("charger")) return;
    this.output.push({ kind: "end", connection: this.step.connection });
    this.noteEnd("charger", "end", atNs);
  }

  /** The CSMS has ended its half of the stream, or reset the connection. */
  endTheirs(how: "end" | "reset", atNs: number): void {
    this.noteEnd("csms", how, atNs);
    if (how === "end") this.endOurs(atNs);
  }

  private reset(atNs: number): void {
    this.output.push({ kind: "reset", connection: this.step.connection });
    this.noteEnd("charger", "reset", atNs);
  }

  private noteEnd(by: "charger" | "csms", how: "end" | "reset", atNs: number): void {
    for (const entry of this.stream?.end({ by, how, at: atNs }) ?? []) this.output.record(entry);
    if (how === "reset" || this.stream?.ends.length === 2) this.recordClosed(atNs);
  }

  /** Writes the end of the connection into the transcript, once. */
  recordClosed(atNs: number): void {
    if (this.stream === undefined || this.isClosedInTranscript) return;
    this.isClosedInTranscript = true;
    this.output.record({
      kind: "connection-closed",
      connection: this.stream.ordinal,
      at: atNs,
      ends: [...this.stream.ends],
    });
  }

  /** Whether the CSMS ever accepted the upgrade. */
  get wasOpen(): boolean {
    return this.stream !== undefined;
  }
}
