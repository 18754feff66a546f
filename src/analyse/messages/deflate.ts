// permessage-deflate on reading (RFC 7692): what a connection agreed on, and the inflating of its messages in
// order, direction by direction, each with the window that its sender kept. The inflating itself is handed in
// and bounded there; frames compressed without an agreement (real charge points do that) are tried all the same.

import { concat, noBytes } from "../../base/bytes.js";
import type { Direction } from "../../base/direction.js";
import type { StoredHead } from "../../cassette/format/entry.js";
import { fieldList, parseHead } from "../../wire/http/head.js";

/** Inflates raw deflate data that continues a dictionary; undefined where it is broken or above the limit. */
export type Inflate = (bytes: Uint8Array, dictionary: Uint8Array, limit: number) => Uint8Array | undefined;

/** What the CSMS agreed to; undefined: no compression. */
export interface DeflateTerms {
  /** Whether this direction's sender keeps its window from one message to the next. */
  readonly takeover: Readonly<Record<Direction, boolean>>;
}

/** What the CSMS's answer to an upgrade agrees to. */
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

const window = 32_768;
const tail = Uint8Array.of(0, 0, 0xff, 0xff);

/** The largest message that is inflated. */
const inflateLimit = 0x400_0000;

/** Inflates the messages of one direction in their order. */
export class DirectionInflater {
  private dictionary: Uint8Array = noBytes;
  private readonly inflate: Inflate;
  private readonly takeover: boolean;

  constructor(inflate: Inflate, takeover: boolean) {
    this.inflate = inflate;
    this.takeover = takeover;
  }

  /** The message's payload; undefined where it cannot be inflated. */
  message(payload: Uint8Array): Uint8Array | undefined {
    const out = this.inflate(concat([payload, tail]), this.dictionary, inflateLimit);
    if (out === undefined) this.forget();
    else if (this.takeover) this.dictionary = concat([this.dictionary, out]).slice(-window);
    return out;
  }

  /** Messages are missing: what refers to them cannot be inflated, and must not be with a window of older ones. */
  forget(): void {
    this.dictionary = noBytes;
  }
}
