// The pattern of a log: where in its lines, rows or members the time, the direction, the charge point and the
// message stand. Plain data in (from YAML or JSON), a checked pattern or everything that is wrong with it out.
// docs/reference/import.md says the same in words.

import { errorText } from "../../../base/errors.js";
import { nearest } from "../../../text/nearest.js";

/** What a log can tell of a message. */
export const lineFields = ["time", "direction", "identity", "message", "connection", "version"] as const;

/** One thing that a log can tell of a message. */
export type LineField = (typeof lineFields)[number];

/** How a message stands in its line. */
export const unescapings = ["none", "backslash", "doubled-quotes", "html"] as const;

/** A checked pattern. */
export interface LinePattern {
  readonly name: string;
  /** One sentence: whose log it is. */
  readonly about: string;
  readonly kind: "lines" | "csv" | "json-lines";
  /** Regular expressions with named groups; the first that matches counts. */
  readonly match: readonly RegExp[];
  /** For each field the columns or members that may hold it, the first that exists counts. */
  readonly fields: Readonly<Partial<Record<LineField, readonly string[]>>>;
  /** In lower case. */
  readonly directions: {
    readonly "cp-to-csms": readonly string[];
    readonly "csms-to-cp": readonly string[];
  };
  readonly order: "auto" | "oldest-first" | "newest-first";
  /** Whether a message may go on over the following lines. */
  readonly multiLine: boolean;
  /** What every line begins with that begins an item of the log. */
  readonly begins: RegExp | undefined;
  /** A line that tells of a new connection; may name an identity. */
  readonly opened: RegExp | undefined;
  /** Lines that are known to hold no message. */
  readonly ignore: RegExp | undefined;
  readonly unescape: (typeof unescapings)[number];
  readonly dates: "auto" | "day-first" | "month-first";
  /** The offset of times that have none. */
  readonly zone: string | undefined;
  readonly identity: string | undefined;
  readonly version: string | undefined;
  /** Of CSV; found in the header where it is missing. */
  readonly separator: string | undefined;
  /** Whether the log has messages as they were, character for character. */
  readonly exact: boolean;
  /** Whether a text that does not begin as OCPP messages do is one nevertheless; of CSV and JSON lines. */
  readonly anyText: boolean;
  readonly example: readonly string[];
}

const keys = [
  "name",
  "about",
  "kind",
  "match",
  "fields",
  "directions",
  "order",
  "multi-line",
  "begins",
  "opened",
  "ignore",
  "unescape",
  "dates",
  "zone",
  "identity",
  "version",
  "separator",
  "exact",
  "any-text",
  "example",
] as const;

type Plain = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const quote = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 60);

/** Collects what is wrong while it reads. */
class PatternReader {
  readonly issues: string[] = [];
  private readonly plain: Plain;

  constructor(plain: Plain) {
    this.plain = plain;
  }

  text(key: string): string | undefined {
    const value = this.plain[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value === "string" || typeof value === "number") return String(value);
    this.issues.push(`${key} is ${quote(value)}; it must be a text`);
    return undefined;
  }

  word<Word extends string>(key: string, words: readonly Word[], otherwise: Word): Word {
    const value = this.plain[key] ?? otherwise;
    const found = words.find((word) => word === value);
    if (found === undefined) this.issues.push(`${key} is ${quote(value)}; it must be ${words.join(", ")}`);
    return found ?? otherwise;
  }

  flag(key: string, otherwise: boolean): boolean {
    const value = this.plain[key] ?? otherwise;
    if (typeof value !== "boolean") this.issues.push(`${key} is ${quote(value)}; it must be true or false`);
    return value === true;
  }

  texts(key: string, from: Plain = this.plain): readonly string[] {
    const value = from[key];
    if (value === undefined || value === null) return [];
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    const texts = list.filter((item) => typeof item === "string" || typeof item === "number").map(String);
    if (texts.length < list.length) this.issues.push(`${key} is ${quote(value)}; it must be texts`);
    return texts;
  }

  map(key: string, known: readonly string[]): Readonly<Record<string, readonly string[]>> {
    const value = this.plain[key];
    if (value === undefined || value === null) return {};
    if (!isPlain(value)) {
      this.issues.push(`${key} is ${quote(value)}; it must be a map`);
      return {};
    }
    this.known(Object.keys(value), known, `${key}.`);
    return Object.fromEntries(
      Object.keys(value)
        .filter((name) => known.includes(name))
        .map((name) => [name, this.texts(name, value)]),
    );
  }

  known(found: readonly string[], known: readonly string[], before: string): void {
    for (const key of found) {
      if (known.includes(key)) continue;
      const meant = nearest(key, known);
      this.issues.push(
        `there is no ${before}${quote(key)}${meant === undefined ? `; known are ${known.join(", ")}` : `; did you mean ${meant}?`}`,
      );
    }
  }

  expression(key: string, source: string | undefined): RegExp | undefined {
    if (source === undefined) return undefined;
    if (source.length > 4096) {
      this.issues.push(`${key} is longer than 4096 characters`);
      return undefined;
    }
    try {
      return new RegExp(source, "u");
    } catch (error) {
      this.issues.push(`${key} is no regular expression: ${errorText(error)}`);
      return undefined;
    }
  }
}

const groupsIn = (expression: RegExp): readonly string[] =>
  [...expression.source.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].map(([, name = ""]) => name);

const checkGroups = (reader: PatternReader, match: readonly RegExp[], needsMessage: boolean): void => {
  for (const expression of match) {
    const groups = groupsIn(expression);
    reader.known(groups, lineFields, "group ");
    if (needsMessage && !groups.includes("message"))
      reader.issues.push(`match ${quote(expression.source)} has no group (?<message>...)`);
  }
};

const checkKind = (
  reader: PatternReader,
  kind: LinePattern["kind"],
  match: readonly RegExp[],
  fields: LinePattern["fields"],
): void => {
  if (kind === "lines" && match.length === 0)
    reader.issues.push("match is missing: a regular expression with the group (?<message>...)");
  if (kind !== "lines" && (fields.message ?? []).length === 0)
    reader.issues.push("fields.message is missing: the column or member that holds the message");
  checkGroups(reader, match, kind === "lines");
};

const lower = (words: readonly string[] | undefined): readonly string[] =>
  (words ?? []).map((word) => word.trim().toLowerCase());

const zonePattern = /^(?:Z|[+-]\d{2}:?\d{2})$/;

/** Reads a pattern from plain data; `name` is the file's. */
export function readLinePattern(
  plain: unknown,
  name: string,
): { readonly ok: LinePattern } | { readonly issues: readonly string[] } {
  if (!isPlain(plain)) return { issues: ["a pattern is a map of keys and values"] };
  const reader = new PatternReader(plain);
  reader.known(Object.keys(plain), keys, "key ");
  const kind = reader.word("kind", ["lines", "csv", "json-lines"], "lines");
  const match = reader.texts("match").map((source) => reader.expression("match", source));
  const good = match.filter((expression) => expression !== undefined);
  const fields = reader.map("fields", lineFields);
  const directions = reader.map("directions", ["cp-to-csms", "csms-to-cp"]);
  if (match.length === good.length) checkKind(reader, kind, good, fields);
  const zone = reader.text("zone");
  if (zone !== undefined && !zonePattern.test(zone))
    reader.issues.push(`zone is ${quote(zone)}; it must be like +05:30`);
  const pattern: LinePattern = {
    name: reader.text("name") ?? name,
    about: reader.text("about") ?? "",
    kind,
    match: good,
    fields,
    directions: {
      "cp-to-csms": lower(directions["cp-to-csms"]),
      "csms-to-cp": lower(directions["csms-to-cp"]),
    },
    order: reader.word("order", ["auto", "oldest-first", "newest-first"], "auto"),
    multiLine: reader.flag("multi-line", false),
    begins: reader.expression("begins", reader.text("begins")),
    opened: reader.expression("opened", reader.text("opened")),
    ignore: reader.expression("ignore", reader.text("ignore")),
    unescape: reader.word("unescape", unescapings, "none"),
    dates: reader.word("dates", ["auto", "day-first", "month-first"], "auto"),
    zone,
    identity: reader.text("identity"),
    version: reader.text("version"),
    separator: reader.text("separator"),
    exact: reader.flag("exact", true),
    anyText: reader.flag("any-text", false),
    example: reader.texts("example"),
  };
  return reader.issues.length > 0 ? { issues: reader.issues } : { ok: pattern };
}
