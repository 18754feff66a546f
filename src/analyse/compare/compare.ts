// Recorded against live: two messages of the same kind, value by value, with a table of what must not count.
// The table is data, so that the reference can print it. Decides nothing about verdicts.

import type { Envelope } from "../../ocpp/envelope/parse-envelope.js";
import { ParsedMessage } from "../../ocpp/envelope/parsed-message.js";
import type { FlatValues, Parts } from "../../ocpp/json/flat-values.js";
import type { IsIgnored } from "./ignore-rules.js";

/** What a comparison of two messages can come to, mildest first. */
export type Likeness = "equal" | "ignorable" | "bound" | "different";

/** One place where two messages differ. */
export interface Difference {
  /** Pointer into the payload; for errors into `/errorCode`, `/errorDescription` and `/errorDetails`. */
  readonly pointer: string;
  /** The characters as recorded; undefined where nothing stood. */
  readonly recorded: string | undefined;
  /** The characters as they came now; undefined where nothing stands. */
  readonly live: string | undefined;
  /** `different`, or why it does not count. */
  readonly why: "different" | "date-time" | "bound" | "ignored" | "slower" | "expected";
}

/** What became of comparing two messages. */
export interface Comparison {
  readonly result: Likeness;
  /** All differences, those that do not count too; cut at `mostDifferences`. */
  readonly differences: readonly Difference[];
}

/** Differences told of one message. */
export const mostDifferences = 100;

/** One row of what a comparison leaves out of account by default. */
export interface IgnoreRow {
  readonly name: string;
  /** What a message becomes by it. */
  readonly result: Likeness;
  readonly what: string;
}

/** What is ignored by default; docs/reference/replay.md prints it. @internal */
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

/** Whether a value of now stands for the recorded one at this place because it was learned for it. */
export type IsBound = (pointer: string, recorded: string, live: string) => boolean;

const dateTime = /^"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)?"$/;

const isDateTime = (source: string): boolean => source.length < 50 && dateTime.test(source);

const payloadAt = (index: number): Parts => [[index, ""]];

const errorParts: Parts = [
  [2, "/errorCode"],
  [3, "/errorDescription"],
  [4, "/errorDetails"],
];

/** The elements of a message that are compared; none of an unreadable one. */
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

/** Compares two messages of one kind; messages that cannot be taken apart are equal as texts or not at all. */
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

/** The comparison of what differs as a whole: an error in the place of a result, texts that are no JSON. */
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
  const found = new Findings();
  const judged = (pointer: string, why: Difference["why"]): Difference["why"] =>
    why === "different" && isIgnored(pointer) ? "ignored" : why;
  for (const [pointer, value] of before) {
    const other = now.get(pointer);
    if (other?.canonical === value.canonical || found.covers(pointer)) continue;
    const why = other === undefined ? "different" : reason(pointer, value.source, other.source, isBound);
    found.add({ pointer, recorded: value.source, live: other?.source, why: judged(pointer, why) });
  }
  for (const [pointer, value] of now)
    if (!before.has(pointer) && !found.covers(pointer))
      found.add({ pointer, recorded: undefined, live: value.source, why: judged(pointer, "different") });
  return { result: found.result, differences: found.differences };
};

const reason = (pointer: string, recorded: string, live: string, isBound: IsBound): Difference["why"] => {
  // An id that was a number and is a text now is no other id, it is another kind of answer.
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

const severity: readonly Likeness[] = ["equal", "ignorable", "bound", "different"];

/** Collects differences; what lies inside a place that differs already is no further one. */
class Findings {
  readonly differences: Difference[] = [];
  result: Likeness = "equal";
  private readonly places = new Set<string>();

  add(difference: Difference): void {
    this.places.add(difference.pointer);
    const now = likeness[difference.why];
    // The first difference that counts is told even behind a hundred that do not.
    if (this.differences.length < mostDifferences || (now === "different" && this.result !== "different"))
      this.differences.push(difference);
    if (severity.indexOf(now) > severity.indexOf(this.result)) this.result = now;
  }

  covers(pointer: string): boolean {
    if (this.places.size === 0) return false;
    for (let cut = pointer.lastIndexOf("/"); cut >= 0; cut = pointer.lastIndexOf("/", cut - 1)) {
      if (this.places.has(pointer.slice(0, cut))) return true;
      if (cut === 0) break;
    }
    return false;
  }
}
