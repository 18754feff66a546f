// Reading permessage-deflate (RFC 7692): what a connection negotiated, and the inflation of each direction's messages
// in order, with the sender's window. The caller passes the inflate function, which bounds its output. Messages that
// were compressed without negotiation are inflated too, because some chargers send them.

import { concat, noBytes } from "../../base/bytes.js";
import type { Direction } from "../../base/direction.js";
import type { StoredHead } from "../../cassette/format/entry.js";
import { fieldList, parseHead } from "../../wire/http/head.js";

/** Inflates raw deflate data with a preset dictionary; undefined if the data is broken or inflates to more than `limit` bytes. */
export type Inflate = (bytes: Uint8Array, dictionary: Uint8Array, limit: number) => Uint8Array | undefined;

/** The compression that a connection negotiated. */
export interface DeflateTerms {
  /** By direction: whether the sender keeps its window from one message to the next (context takeover). */
  readonly takeover: Readonly<Record<Direction, boolean>>;
}

/** The terms in the CSMS's response to an upgrade; undefined if it negotiated no compression. */
export function deflateTerms(response: StoredHead | null): DeflateTerms | undefined {
  if (response === null) return undefined;
  for (const extension of fieldList(parseHead(response.raw), "sec-websocket-extensions")) {
    const [name, ...parameters] = extension.split(";").map((part) => part.trim().toLowerCase());
    if (name !== "permessage-deflate") continue;
    const has = (parameter: string): boolean => parameters.includes(parameter);
    return {
      takeover: {
        "cp-to-csms": !has("client_no_context_takeover"),
        "csms-to-cp": !has("server_no_context_takeover"),
      },
    };
  }
  return undefined;
}

const windowBytes = 32_768;
/** What a sender cuts off the end of a message (RFC 7692 section 7.2.1). */
const tail = Uint8Array.of(0, 0, 0xff, 0xff);

/** The largest inflated message, in bytes (64 MiB). */
const inflateLimit = 0x400_0000;

/** Inflates the messages of one direction, in their order. */
export class DirectionInflater {
  private dictionary: Uint8Array = noBytes;
  private readonly inflate: Inflate;
  private readonly takeover: boolean;

  constructor(inflate: Inflate, takeover: boolean) {
    this.inflate = inflate;
    this.takeover = takeover;
  }

  /** The inflated payload of the next message; undefined if it cannot be inflated. */
  message(payload: Uint8Array): Uint8Array | undefined {
    const out = this.inflate(concat([payload, tail]), this.dictionary, inflateLimit);
    if (out === undefined) this.forget();
    else if (this.takeover) this.dictionary = concat([this.dictionary, out]).slice(-windowBytes);
    return out;
  }

  /** Drops the window because messages are missing: later messages must not be inflated with an older window. */
  forget(): void {
    this.dictionary = noBytes;
  }
}
