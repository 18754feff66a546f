// Reads a charger's messages, also compressed and fragmented ones, until its BootNotification is found. Runs after the
// bytes were forwarded, in bounded memory, and reports messages that it cannot read.

import { text } from "../../base/bytes.js";
import type { Entry, FrameEntry } from "../../cassette/format/entry.js";
import { peek } from "../../ocpp/envelope/peek.js";
import { isControl, readHeader } from "../../wire/websocket/frame.js";
import { DirectionInflater, deflateTerms, type Inflate } from "../messages/deflate.js";
import { bootSerials } from "./boot-serial.js";
import { joinFrame, largestMessage, noPartialMessage, type PartialMessage } from "./collect-message.js";

/** What was read of one message of the charger. */
export type BootReading =
  | { readonly kind: "boot"; readonly serials: readonly string[] }
  /** Another message; `isOcpp`: whether it could be read as OCPP-J. */
  | { readonly kind: "other"; readonly isOcpp: boolean }
  /** The message cannot be read; `why` completes the sentence "the message ...". */
  | { readonly kind: "unreadable"; readonly why: string };

const unreadable = (why: string): BootReading => ({ kind: "unreadable", why });

/** Reads one connection, starting with its `connection-opened` entry. */
export class BootReader {
  private readonly stream: PartialMessage = noPartialMessage();
  private inflater: DirectionInflater;
  private readonly inflate: Inflate;

  constructor(inflate: Inflate) {
    this.inflate = (bytes, dictionary, limit) => inflate(bytes, dictionary, Math.min(limit, largestMessage));
    this.inflater = new DirectionInflater(this.inflate, true);
  }

  /** Takes the next entry; gives what was read of the message that it completes, undefined if it completes none. */
  read(entry: Entry): BootReading | undefined {
    if (entry.kind === "connection-opened") {
      const takeover = deflateTerms(entry.response)?.takeover["cp-to-csms"] ?? true;
      this.inflater = new DirectionInflater(this.inflate, takeover);
    }
    if (entry.kind === "bytes" && entry.direction === "cp-to-csms" && entry.why !== "cut-off")
      return unreadable(entry.why === "run" ? "is too large" : "is not in valid WebSocket frames");
    return entry.kind === "frame" && entry.direction === "cp-to-csms" ? this.frame(entry) : undefined;
  }

  private frame({ raw }: FrameEntry): BootReading | undefined {
    const header = readHeader(raw, 0);
    if (header === undefined || isControl(header.opcode)) return undefined;
    if ((header.rsv & 3) !== 0) return unreadable("uses an unknown WebSocket extension");
    const payload = joinFrame(this.stream, header, raw);
    if (payload === undefined) return undefined;
    if (payload === "too-large") return unreadable("is too large");
    const message = this.stream.compressed ? this.inflater.message(payload) : payload;
    if (message === undefined) return unreadable("is compressed and cannot be inflated");
    const content = text(message);
    const serials = bootSerials(content);
    if (serials !== undefined) return { kind: "boot", serials };
    return { kind: "other", isOcpp: peek(content) !== undefined };
  }
}
