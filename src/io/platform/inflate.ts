// Inflating for the readers of compressed messages: raw deflate with a window that earlier messages left, and
// never more bytes than allowed, whatever the data claims.

import { constants, inflateRawSync } from "node:zlib";
import type { Inflate } from "../../analyse/messages/deflate.js";

/** Inflates with zlib; undefined where the data is broken or larger than the limit. */
export const inflate: Inflate = (bytes, dictionary, limit) => {
  try {
    return new Uint8Array(
      inflateRawSync(bytes, {
        ...(dictionary.length > 0 ? { dictionary } : {}),
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: limit,
      }),
    );
  } catch {
    return undefined;
  }
};
