// From the target that a charger asked for to its identity and to the target at the CSMS. Malformed percent
// signs and odd bytes pass as they are; nothing here throws on them.

import { assertNever } from "../../base/assert-never.js";
import { fromLatin1, text, utf8 } from "../../base/bytes.js";

/** A request target cut at its first question mark. */
export interface TargetParts {
  readonly path: string;
  /** With its question mark; empty if there is none. */
  readonly query: string;
}

/** Cuts a target into path and query; the scheme and host of an absolute form are left out. */
export function splitTarget(target: string): TargetParts {
  const local = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "");
  const cut = local.indexOf("?");
  return cut < 0 ? { path: local, query: "" } : { path: local.slice(0, cut), query: local.slice(cut) };
}

const hexDigits = /^[0-9a-fA-F]{2}$/;

/** Percent-decodes a path segment where that works; a malformed percent sign stays as it is. */
export function decodeSegment(segment: string): string {
  const bytes: number[] = [];
  for (let i = 0; i < segment.length; i++) {
    const digits = segment.slice(i + 1, i + 3);
    if (segment[i] === "%" && hexDigits.test(digits)) {
      bytes.push(Number.parseInt(digits, 16));
      i += 2;
    } else bytes.push(segment.charCodeAt(i) & 0xff);
  }
  return text(Uint8Array.from(bytes));
}

/** The identity that a target names: its last non-empty path segment, decoded; undefined if it has none. */
export function identityOf(target: string): string | undefined {
  const segments = splitTarget(target)
    .path.split("/")
    .filter((segment) => segment !== "");
  const last = segments.at(-1);
  return last === undefined ? undefined : decodeSegment(last);
}

/** How the charger's path becomes the path at the CSMS. */
export type PathRule =
  | { readonly kind: "append" }
  | { readonly kind: "keep" }
  /** This path in front of the charger's last segment, instead of all that stood there. */
  | { readonly kind: "replace"; readonly path: string };

/** Reads `append`, `keep` or `replace=/x`; undefined where it is none of them. */
export function readPathRule(word: string): PathRule | undefined {
  if (word === "append" || word === "keep") return { kind: word };
  const path = /^replace=(\/[!-"$->@-~]*)$/.exec(word)?.[1];
  return path === undefined ? undefined : { kind: "replace", path };
}

/** Whether the charger's path begins with the base path of the CSMS's URL already. */
export function beginsWithBase(basePath: string, target: string): boolean {
  const base = basePath.replace(/\/+$/, "");
  const { path } = splitTarget(target);
  return base !== "" && (path === base || path.startsWith(`${base}/`));
}

const append: PathRule = { kind: "append" };

/** The target at the CSMS; `append` puts its URL's base path in front, unless the charger's begins with it already. */
export function targetAtCsms(basePath: string, target: string, rule: PathRule = append): string {
  const { path, query } = splitTarget(target);
  const own = path === "" ? "/" : path;
  switch (rule.kind) {
    case "keep":
      return `${own}${query}`;
    case "replace": {
      const last = path.replace(/\/+$/, "").split("/").at(-1) ?? "";
      return `${rule.path.replace(/\/+$/, "")}/${last}${query}`;
    }
    case "append": {
      const base = basePath.replace(/\/+$/, "");
      if (base === "" || beginsWithBase(basePath, target)) return `${own}${query}`;
      return `${base}${path.startsWith("/") ? "" : "/"}${path}${query}`;
    }
    default:
      return assertNever(rule);
  }
}

/** A path segment that stands for this identity, as characters of ISO 8859-1. */
export function encodeSegment(identity: string): string {
  return [...utf8(identity)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9\-._~!$'()*+,;=:@]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
}

/** The characters of ISO 8859-1 as the text that their bytes are in UTF-8, to show a person. */
export function shownTarget(target: string): string {
  return text(fromLatin1(target));
}
