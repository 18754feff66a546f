// Digests over what was sent. Each stream is digested in its own order, so that the answers to a CSMS that
// calls now a little earlier and now a little later do not change the digest. Digests are chained message by
// message, so that a run of days costs no memory.

import { concat, utf8 } from "../../../base/bytes.js";

/** SHA-256 in hexadecimal digits, handed in by the shell. */
export type Sha256 = (bytes: Uint8Array) => string;

/** The streams of a station. */
export type DigestedStream = "calls" | "answers";

/** Collects what was sent. */
export class Fingerprint {
  private readonly sha256: Sha256;
  private readonly streams: Record<DigestedStream, string> = { calls: "", answers: "" };
  private readonly byteStreams: Record<DigestedStream, string> = { calls: "", answers: "" };

  constructor(sha256: Sha256) {
    this.sha256 = sha256;
  }

  /** Notes a message: its text with the names of slots in place of their values, and its bytes. */
  add(stream: DigestedStream, named: string, bytes: Uint8Array): void {
    this.streams[stream] = this.chain(this.streams[stream], utf8(named));
    this.addBytes(stream, bytes);
  }

  /** Notes a message that the recording does not have: it counts among the bytes alone. */
  addBytes(stream: DigestedStream, bytes: Uint8Array): void {
    this.byteStreams[stream] = this.chain(this.byteStreams[stream], bytes);
  }

  /** The digest that is equal whenever the same thing was done. */
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
