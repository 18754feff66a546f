// Where a charger's name is taken from: by default the last non-empty segment of its path (OCPP-J 1.6 section
// 3.1.1). Names are for folders, rules and lines to a person; nothing is refused for the want of one.

import { assertNever } from "../../base/assert-never.js";
import { text } from "../../base/bytes.js";
import { fromBase64 } from "../../text/base64.js";
import { findPattern } from "../../text/find-pattern.js";
import { type Pattern, readPattern } from "../../text/pattern.js";
import { fieldValue, type Head } from "./head.js";
import { requestLine } from "./request-head.js";
import { decodeSegment, shownTarget, splitTarget } from "./target.js";

/** Where names come from. */
export type IdentitySource =
  /** A non-empty segment of the path: 0 is the first one, -1 the last one. */
  | { readonly kind: "path"; readonly index: number }
  | { readonly kind: "query"; readonly name: string }
  /** The user of Basic authentication. */
  | { readonly kind: "basic" }
  /** The common name of the charger's certificate. */
  | { readonly kind: "cert-cn" }
  | { readonly kind: "header"; readonly name: string }
  /** What the first group of the pattern holds in path and query, or the pattern itself without one. */
  | { readonly kind: "pattern"; readonly pattern: Pattern };

/** The last non-empty segment of the path. */
export const lastSegment: IdentitySource = { kind: "path", index: -1 };

/** A source, or why the word names none. */
export type SourceReading =
  | { readonly kind: "source"; readonly source: IdentitySource }
  | { readonly kind: "wrong"; readonly message: string };

const source = (one: IdentitySource): SourceReading => ({ kind: "source", source: one });
const wrong = (message: string): SourceReading => ({ kind: "wrong", message });

const fieldNames = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,64}$/;

/** Reads `path:-1`, `path:N`, `query:NAME`, `basic`, `cert-cn`, `header:NAME` or `/regex/`. */
export function readIdentitySource(word: string): SourceReading {
  if (word === "basic" || word === "cert-cn") return source({ kind: word });
  if (/^\/.*\/$/s.test(word) && word.length > 2) {
    const reading = readPattern(word.slice(1, -1));
    if (reading.kind === "pattern") return source({ kind: "pattern", pattern: reading.pattern });
    return wrong(`"${word}" is no pattern: ${reading.message} (at character ${reading.at + 1})`);
  }
  const [, kind, rest = ""] = /^(path|query|header):(.+)$/s.exec(word) ?? [];
  if (kind === "path" && /^-?\d{1,3}$/.test(rest)) return source({ kind, index: Number(rest) });
  if (kind === "query") return source({ kind, name: rest });
  if (kind === "header" && fieldNames.test(rest)) return source({ kind, name: rest });
  return wrong(
    `"${word}" does not say where the identity is; write path:-1, path:N, query:NAME, basic, cert-cn, header:NAME or /regex/`,
  );
}

/** What is known of a charger that asks for an upgrade. */
export interface Introduction {
  readonly head: Head;
  /** The common name of its certificate, where it showed one. */
  readonly certificateName: string | undefined;
}

/** The value of a query's first parameter of this name, percent-decoded; a plus sign stays one. */
const parameter = (query: string, name: string): string | undefined => {
  for (const pair of query.slice(1).split("&")) {
    const cut = pair.indexOf("=");
    const key = cut < 0 ? pair : pair.slice(0, cut);
    if (decodeSegment(key) === name) return cut < 0 ? "" : decodeSegment(pair.slice(cut + 1));
  }
  return undefined;
};

/** The user of Basic authentication; a password may hold colons, a user may not (RFC 7617 section 2). */
const basicUser = (head: Head): string | undefined => {
  const digits = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(fieldValue(head, "authorization") ?? "")?.[1];
  const bytes = digits === undefined ? undefined : fromBase64(digits);
  const colon = bytes?.indexOf(58) ?? -1;
  return bytes === undefined || colon < 0 ? undefined : text(bytes.subarray(0, colon));
};

const named = (from: IdentitySource, { head, certificateName }: Introduction): string | undefined => {
  const target = requestLine(head)?.target ?? "";
  switch (from.kind) {
    case "path": {
      const segments = splitTarget(target)
        .path.split("/")
        .filter((segment) => segment !== "");
      const segment = segments.at(from.index);
      return segment === undefined ? undefined : decodeSegment(segment);
    }
    case "query":
      return parameter(splitTarget(target).query, from.name);
    case "basic":
      return basicUser(head);
    case "cert-cn":
      return certificateName;
    case "header": {
      const value = fieldValue(head, from.name);
      return value === undefined ? undefined : shownTarget(value);
    }
    case "pattern": {
      const { path, query } = splitTarget(target);
      const found = findPattern(from.pattern, `${path}${query}`);
      const part = found?.group ?? found?.whole;
      return part === undefined ? undefined : decodeSegment(part);
    }
    default:
      return assertNever(from);
  }
};

/** The charger's name; undefined where there is none. */
export function nameCharger(from: IdentitySource, introduction: Introduction): string | undefined {
  const name = named(from, introduction);
  return name === "" ? undefined : name;
}
