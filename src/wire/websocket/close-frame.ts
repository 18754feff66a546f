// The body of a close frame (RFC 6455 section 5.5.1): a code and a reason, or neither, or nonsense.

import { fromLatin1, latin1, text, utf8 } from "../../base/bytes.js";

/** What a close frame says; `code` is undefined where it has no body, or a body of one byte. */
export interface CloseBody {
  readonly code: number | undefined;
  readonly reason: string;
}

/** Reads the payload of a close frame; total. */
export function readCloseBody(payload: Uint8Array): CloseBody {
  const [high, low] = payload;
  if (high === undefined || low === undefined) return { code: undefined, reason: latin1(payload) };
  return { code: high * 256 + low, reason: text(payload.subarray(2)) };
}

/** The payload of a close frame; any code and a reason of any length can be said. */
export function closeBody(code: number | undefined, reason: string): Uint8Array {
  if (code === undefined) return fromLatin1(reason);
  const words = utf8(reason);
  const out = new Uint8Array(2 + words.length);
  out[0] = (code >>> 8) & 0xff;
  out[1] = code & 0xff;
  out.set(words, 2);
  return out;
}
