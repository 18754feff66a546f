// Reads a charger's messages until its boot is known, compressed and fragmented ones, too: behind the forwarding path,
// bounded, and saying where it cannot read on. Knows nothing of certificates.

import { text } from "../../base/bytes.js";
import type { Entry, FrameEntry } from "../../cassette/format/entry.js";
import { peek } from "../../ocpp/envelope/peek.js";
import { isControl, readHeader } from "../../wire/websocket/frame.js";
import { DirectionInflater, deflateTerms, type Inflate } from "../messages/deflate.js";
import { bootSerials } from "./boot-serial.js";
import { joinFrame, largestMessage, noPartialMessage, type PartialMessage } from "./collect-message.js";

/** What one message of the charger is. */
export type BootReading =
  | { readonly kind: "boot"; readonly serials: readonly string[] }
  /** Another message; `isOcpp`: one that could be understood. */
  | { readonly kind: "other"; readonly isOcpp: boolean }
  /** Nothing can be known of this message; `why` is the rest of a sentence that begins with it. */
  | { readonly kind: "unreadable"; readonly why: string };

const unreadable = (why: string): BootReading => ({ kind: "unreadable", why });

/** Reads one connection, from its `connection-opened` on. */
export class BootReader {
  private readonly stream: PartialMessage = noPartialMessage();
  private inflater: DirectionInflater;
  private readonly inflate: Inflate;

  constructor(inflate: Inflate) {
    this.inflate = (bytes, dictionary, limit) => inflate(bytes, dictionary, Math.min(limit, largestMessage));
    this.inflater = new DirectionInflater(this.inflate, true);
  }

  /** What the message is that this entry makes whole; undefined where it makes none. */
  read(entry: Entry): BootReading | undefined {
    if (entry.kind === "connection-opened") {
      const takeover = deflateTerms(entry.response)?.takeover["cp-to-csms"] ?? true;
      this.inflater = new DirectionInflater(this.inflate, takeover);
    }
    if (entry.kind === "bytes" && entry.direction === "cp-to-csms" && entry.why !== "cut-off")
      return unreadable(entry.why === "run" ? "is too large" : "is not in frames that can be followed");
    return entry.kind === "frame" && entry.direction === "cp-to-csms" ? this.frame(entry) : undefined;
  }

  private frame({ raw }: FrameEntry): BootReading | undefined {
    const header = readHeader(raw, 0);
    if (header === undefined || isControl(header.opcode)) return undefined;
    if ((header.rsv & 3) !== 0) return unreadable("uses an extension that is not known here");
    const payload = joinFrame(this.stream, header, raw);
    if (payload === undefined) return undefined;
    if (payload === "too-large") return unreadable("is too large");
    const message = this.stream.compressed ? this.inflater.message(payload) : payload;
    if (message === undefined) return unreadable("is compressed and cannot be inflated");
    const written = text(message);
    const serials = bootSerials(written);
    if (serials !== undefined) return { kind: "boot", serials };
    return { kind: "other", isOcpp: peek(written) !== undefined };
  }
}
