// The text of a message and what is parsed from it: the envelope, the scalars with their characters, and the values for
// comparisons. Each part is parsed once, when it is first needed. Never throws.

import { type FlatValues, flattenRoot, longestCompared, type Parts } from "../json/flat-values.js";
import { type JsonOutcome, parseJson } from "../json/parse-json.js";
import { writePointer } from "../json/pointer.js";
import { type Leaf, leavesOf } from "../json/spans.js";
import { type Envelope, envelopeOf } from "./parse-envelope.js";

/** A message, parsed at most once. */
export class ParsedMessage {
  readonly text: string;
  private json: JsonOutcome | undefined;
  private parsedEnvelope: Envelope | undefined;
  private scalars: readonly Leaf[] | undefined;
  private payloadScalars: ReadonlyMap<string, string> | undefined;
  private readonly flat = new Map<string, FlatValues | undefined>();

  constructor(text: string) {
    this.text = text;
  }

  private get root(): JsonOutcome {
    this.json ??= parseJson(this.text);
    return this.json;
  }

  get envelope(): Envelope {
    this.parsedEnvelope ??= envelopeOf(this.text, this.root);
    return this.parsedEnvelope;
  }

  /** The payload as JSON.parse gives it; undefined for an error and for a text that is not an envelope. */
  get payload(): unknown {
    const { envelope } = this;
    return "payload" in envelope ? envelope.payload : undefined;
  }

  /** All scalars of the text, in their order. */
  get leaves(): readonly Leaf[] {
    this.scalars ??= leavesOf(this.text);
    return this.scalars;
  }

  /** The characters of the payload's scalars by their pointers; the last one of a key that occurs twice. */
  get payloadSources(): ReadonlyMap<string, string> {
    this.payloadScalars ??= sourcesIn(this.leaves, this.envelope.kind);
    return this.payloadScalars;
  }

  /** The characters of the message id with its quotes; undefined if there is none. */
  get idSource(): string | undefined {
    return this.leaves.find(({ path }) => path.length === 1 && path[0] === 1)?.source;
  }

  /** The values of these parts; undefined if the message is too long, nested too deep or not a JSON array. */
  values(parts: Parts): FlatValues | undefined {
    const key = parts.join(" ");
    if (!this.flat.has(key)) this.flat.set(key, this.flatten(parts));
    return this.flat.get(key);
  }

  private flatten(parts: Parts): FlatValues | undefined {
    if (this.text.length > longestCompared || "error" in this.root) return undefined;
    return flattenRoot(this.root.value, this.leaves, parts);
  }
}

const sourcesIn = (leaves: readonly Leaf[], kind: Envelope["kind"]): ReadonlyMap<string, string> => {
  const index = kind === "call" || kind === "send" ? 3 : 2;
  return new Map(
    leaves.flatMap(({ path, source }) =>
      path[0] === index ? [[writePointer(path.slice(1)), source] as const] : [],
    ),
  );
};
