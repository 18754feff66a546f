// Digests over what a run sent. The station's CALLs and its answers are digested apart, each in its own order, so that
// a CSMS that calls a little earlier or later does not change the digest. Each message is chained to the digest before
// it, so that a run of days costs no memory.

import { concat, utf8 } from "../../../base/bytes.js";

/** SHA-256 in hexadecimal digits, handed in by the shell. */
export type Sha256 = (bytes: Uint8Array) => string;

/** What is digested in an order of its own: the station's CALLs, and its answers to calls of the CSMS. */
export type DigestedStream = "calls" | "answers";

/** Digests what a run sends. */
export class Fingerprint {
  private readonly sha256: Sha256;
  private readonly streams: Record<DigestedStream, string> = { calls: "", answers: "" };
  private readonly byteStreams: Record<DigestedStream, string> = { calls: "", answers: "" };

  constructor(sha256: Sha256) {
    this.sha256 = sha256;
  }

  /** Adds a message: its text with the names of values in place of them, and its bytes. */
  add(stream: DigestedStream, named: string, bytes: Uint8Array): void {
    this.streams[stream] = this.chain(this.streams[stream], utf8(named));
    this.addBytes(stream, bytes);
  }

  /** Adds a message that the recording does not have: it counts in the digest of the bytes only. */
  addBytes(stream: DigestedStream, bytes: Uint8Array): void {
    this.byteStreams[stream] = this.chain(this.byteStreams[stream], bytes);
  }

  /** The digest that is equal for every run that did the same thing. */
  get named(): string {
    return this.total(this.streams);
  }

  /** The digest over the bytes. */
  get bytes(): string {
    return this.total(this.byteStreams);
  }

  private chain(before: string, bytes: Uint8Array): string {
    return this.sha256(concat([utf8(`${before} ${bytes.length} `), bytes]));
  }

  private total(streams: Readonly<Record<DigestedStream, string>>): string {
    return `sha256:${this.sha256(utf8(`calls ${streams.calls} answers ${streams.answers}`))}`;
  }
}
