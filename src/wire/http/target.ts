// Request targets: the identity in a charger's target, and the target to request at the CSMS. Malformed percent signs
// and invalid bytes are kept; nothing here throws.

import { assertNever } from "../../base/assert-never.js";
import { fromLatin1, text, utf8 } from "../../base/bytes.js";

/** A request target, split at its first question mark. */
export interface TargetParts {
  readonly path: string;
  /** With the question mark; empty if there is none. */
  readonly query: string;
}

/** Splits a target into path and query, without the scheme and host of the absolute form. */
export function splitTarget(target: string): TargetParts {
  const local = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "");
  const cut = local.indexOf("?");
  return cut < 0 ? { path: local, query: "" } : { path: local.slice(0, cut), query: local.slice(cut) };
}

const hexDigits = /^[0-9a-fA-F]{2}$/;

/** Percent-decodes a path segment; a malformed percent sign stays as it is. */
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

/** The identity in a target: the last non-empty path segment, decoded; undefined if there is none. */
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
  /** This path, followed by the last segment of the charger's path. */
  | { readonly kind: "replace"; readonly path: string };

/** Reads `append`, `keep` or `replace=/x`; undefined for anything else. */
export function readPathRule(word: string): PathRule | undefined {
  if (word === "append" || word === "keep") return { kind: word };
  const path = /^replace=(\/[!-"$->@-~]*)$/.exec(word)?.[1];
  return path === undefined ? undefined : { kind: "replace", path };
}

/** Whether the charger's path already starts with the base path of the CSMS's URL. */
export function beginsWithBase(basePath: string, target: string): boolean {
  const base = basePath.replace(/\/+$/, "");
  const { path } = splitTarget(target);
  return base !== "" && (path === base || path.startsWith(`${base}/`));
}

const append: PathRule = { kind: "append" };

/** The target to request at the CSMS; `append` adds the base path of its URL in front, unless the path already starts with it. */
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

/** The identity as a path segment: percent-encoded UTF-8. */
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

/** A target for display: its bytes, read as ISO 8859-1 so far, decoded as UTF-8. */
export function shownTarget(target: string): string {
  return text(fromLatin1(target));
}
