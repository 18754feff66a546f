// A charge point's identity -> the name of its folder. Identities come from unknown peers: no name leads out of the folder,
// none is special to an operating system, and two identities never share one, not even on a disk that ignores case.

import { utf8 } from "../base/bytes.js";

/** The lower-case hexadecimal SHA-256 of the bytes. */
export type Sha256Hex = (bytes: Uint8Array) => string;

const plain = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/;

/** Names that Windows keeps for devices, with or without an extension, names whose last dot it drops, and files of ours. */
const reserved =
  /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)|\.$|^(?:restore-charger|way-back)\.md$|^admin-token$/i;

const longest = 64;

/** Whether the identity can be a folder's name as it is. */
const isPlain = (identity: string, existing: ReadonlySet<string>): boolean => {
  if (!plain.test(identity) || reserved.test(identity)) return false;
  const lower = identity.toLowerCase();
  for (const name of existing) if (name !== identity && name.toLowerCase() === lower) return false;
  return true;
};

/** The folder of an identity beside the folders that exist already; the same one in every run. */
export function folderName(identity: string, existing: ReadonlySet<string>, sha256Hex: Sha256Hex): string {
  if (isPlain(identity, existing)) return identity;
  const safe = identity.replace(/[^A-Za-z0-9_-]/g, "").slice(0, longest);
  return `${safe}~${sha256Hex(utf8(identity)).slice(0, 8)}`;
}
