// Compares a recorded message with a live message of the same kind, value by value, and leaves out what does not count.

import type { Envelope } from "../../ocpp/envelope/parse-envelope.js";
import { ParsedMessage } from "../../ocpp/envelope/parsed-message.js";
import type { FlatValues, Parts } from "../../ocpp/json/flat-values.js";
import type { IsIgnored } from "./ignore-rules.js";

/** The result of comparing two messages, from equal to different. `ignorable`: differs only in what does not count; `bound`: differs only in bound ids. */
export type Likeness = (typeof likenesses)[number];

/** All results, the mildest first. */
export const likenesses = ["equal", "ignorable", "bound", "different"] as const;

/** One value that differs between two messages. */
export interface Difference {
  /** Pointer into the payload; for errors into `/errorCode`, `/errorDescription` and `/errorDetails`. */
  readonly pointer: string;
  /** The recorded JSON text of the value; undefined if there is none. */
  readonly recorded: string | undefined;
  /** The live JSON text of the value; undefined if there is none. */
  readonly live: string | undefined;
  /** `different` and `slower` count; the others say why the difference does not count. */
  readonly why: "different" | "date-time" | "bound" | "ignored" | "slower" | "expected";
}

/** The comparison of two messages. */
export interface Comparison {
  readonly result: Likeness;
  /** All differences, also those that do not count; at most `mostDifferences`. */
  readonly differences: readonly Difference[];
}

/** How many differences of one message are reported. */
export const mostDifferences = 100;

/** One kind of difference that a comparison ignores by default. */
export interface IgnoreRow {
  readonly name: string;
  /** The result of a message that differs only in this. */
  readonly result: Likeness;
  readonly what: string;
}

/** What a comparison ignores by default; docs/reference/replay.md has the same table. @internal */
export const ignoredByDefault: readonly IgnoreRow[] = [
  { name: "message-id", result: "equal", what: "the message id of an answer or of a CSMS call" },
  {
    name: "member-order",
    result: "equal",
    what: "the order of an object's members, and blanks between them",
  },
  {
    name: "number-spelling",
    result: "equal",
    what: "1.0 for 1, 1e3 for 1000; integers of any size are compared by all their digits",
  },
  {
    name: "date-time",
    result: "ignorable",
    what: "an ISO 8601 date-time of the CSMS where the recording has one, too",
  },
  {
    name: "bound",
    result: "bound",
    what: "a value that this CSMS chose itself or an id that this run made, where it is handed out and where it comes back",
  },
  {
    name: "heartbeat",
    result: "ignorable",
    what: "the answer to a Heartbeat that had none in the recording",
  },
];

/** Whether a live value is bound to the recorded value at this pointer. */
export type IsBound = (pointer: string, recorded: string, live: string) => boolean;

const dateTime = /^"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)?"$/;

const isDateTime = (source: string): boolean => source.length < 50 && dateTime.test(source);

const payloadAt = (index: number): Parts => [[index, ""]];

const errorParts: Parts = [
  [2, "/errorCode"],
  [3, "/errorDescription"],
  [4, "/errorDetails"],
];

/** The elements of a message that are compared; none of an unreadable message. */
function comparedParts(kind: Envelope["kind"]): Parts {
  switch (kind) {
    case "call":
    case "send":
      return payloadAt(3);
    case "call-result":
      return payloadAt(2);
    case "call-error":
    case "call-result-error":
      return errorParts;
    case "unreadable":
      return [];
  }
}

/** Compares two messages of one kind; messages that cannot be parsed are compared as whole texts. */
export function compareMessages(
  kind: Envelope["kind"],
  recorded: string | ParsedMessage,
  live: string | ParsedMessage,
  isBound: IsBound = () => false,
  isIgnored: IsIgnored = () => false,
): Comparison {
  const [before, now] = [parsedOf(recorded), parsedOf(live)];
  if (before.text === now.text) return { result: "equal", differences: [] };
  const parts = comparedParts(kind);
  const [beforeValues, nowValues] = [before.values(parts), now.values(parts)];
  if (parts.length === 0 || beforeValues === undefined || nowValues === undefined)
    return differAsWhole(before.text, now.text, isIgnored);
  return compareValues(beforeValues, nowValues, isBound, isIgnored);
}

const parsedOf = (message: string | ParsedMessage): ParsedMessage =>
  typeof message === "string" ? new ParsedMessage(message) : message;

/** The comparison of two messages that differ as a whole: an error instead of a result, or texts that are not JSON. */
export function differAsWhole(
  recorded: string | undefined,
  live: string | undefined,
  isIgnored: IsIgnored = () => false,
): Comparison {
  const why = isIgnored("") ? "ignored" : "different";
  return { result: likeness[why], differences: [{ pointer: "", recorded, live, why }] };
}

const compareValues = (
  before: FlatValues,
  now: FlatValues,
  isBound: IsBound,
  isIgnored: IsIgnored,
): Comparison => {
  const found = new DifferenceList();
  const unlessIgnored = (pointer: string, why: Difference["why"]): Difference["why"] =>
    why === "different" && isIgnored(pointer) ? "ignored" : why;
  for (const [pointer, value] of before) {
    const other = now.get(pointer);
    if (other?.canonical === value.canonical || found.covers(pointer)) continue;
    const why = other === undefined ? "different" : reason(pointer, value.source, other.source, isBound);
    found.add({ pointer, recorded: value.source, live: other?.source, why: unlessIgnored(pointer, why) });
  }
  for (const [pointer, value] of now)
    if (!before.has(pointer) && !found.covers(pointer))
      found.add({
        pointer,
        recorded: undefined,
        live: value.source,
        why: unlessIgnored(pointer, "different"),
      });
  return { result: found.result, differences: found.differences };
};

const reason = (pointer: string, recorded: string, live: string, isBound: IsBound): Difference["why"] => {
  // An id that changes from number to text is a real difference, not a newly chosen id.
  if (isText(recorded) === isText(live) && isBound(pointer, recorded, live)) return "bound";
  return isDateTime(recorded) && isDateTime(live) ? "date-time" : "different";
};

const isText = (source: string): boolean => source.startsWith('"');

const likeness: Readonly<Record<Difference["why"], Likeness>> = {
  "date-time": "ignorable",
  ignored: "ignorable",
  bound: "bound",
  different: "different",
  slower: "different",
  expected: "different",
};

/** Collects differences; a value inside of a value that already differs is not a further difference. */
class DifferenceList {
  readonly differences: Difference[] = [];
  result: Likeness = "equal";
  private readonly pointers = new Set<string>();

  add(difference: Difference): void {
    this.pointers.add(difference.pointer);
    const now = likeness[difference.why];
    // The first difference that counts is kept even after a hundred that do not count.
    if (this.differences.length < mostDifferences || (now === "different" && this.result !== "different"))
      this.differences.push(difference);
    if (likenesses.indexOf(now) > likenesses.indexOf(this.result)) this.result = now;
  }

  covers(pointer: string): boolean {
    if (this.pointers.size === 0) return false;
    for (let cut = pointer.lastIndexOf("/"); cut >= 0; cut = pointer.lastIndexOf("/", cut - 1)) {
      if (this.pointers.has(pointer.slice(0, cut))) return true;
      if (cut === 0) break;
    }
    return false;
  }
}
