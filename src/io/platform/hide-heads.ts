// Hides the secrets of heads with the hash of this process.

import { createHideHead, type HideHead } from "../../cassette/hide-secrets.js";
import { keyedHash } from "./digests.js";

/** Hides the usual secrets of a head. */
export const hideHead: HideHead = createHideHead(keyedHash);

/** Makes a function that hides the values of these headers as well. */
export function hideHeadsWith(moreHeaders: readonly string[]): HideHead {
  return moreHeaders.length === 0 ? hideHead : createHideHead(keyedHash, moreHeaders);
}
