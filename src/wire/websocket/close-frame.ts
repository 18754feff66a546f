// The body of a close frame (RFC 6455 section 5.5.1): a code and a reason, or nothing, or an invalid body.

import { fromLatin1, latin1, text, utf8 } from "../../base/bytes.js";

/** The body of a close frame; `code` is undefined if the body is empty or a single byte. */
export interface CloseBody {
  readonly code: number | undefined;
  readonly reason: string;
}

/** Reads the payload of a close frame; never throws. */
export function readCloseBody(payload: Uint8Array): CloseBody {
  const [high, low] = payload;
  if (high === undefined || low === undefined) return { code: undefined, reason: latin1(payload) };
  return { code: high * 256 + low, reason: text(payload.subarray(2)) };
}

/** The payload of a close frame; invalid codes and reasons that are too long are written as well. */
export function closeBody(code: number | undefined, reason: string): Uint8Array {
  if (code === undefined) return fromLatin1(reason);
  const reasonBytes = utf8(reason);
  const out = new Uint8Array(2 + reasonBytes.length);
  out[0] = (code >>> 8) & 0xff;
  out[1] = code & 0xff;
  out.set(reasonBytes, 2);
  return out;
}
