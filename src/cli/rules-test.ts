// `rules test`: what the rules of a file would have done to recordings, message by message and in sum.

import { exactText, hex, sameBytes } from "../base/bytes.js";
import { jsonLine, printable } from "../base/printable.js";
import type { Entry } from "../cassette/entry.js";
import { type Rehearsed, rehearse } from "../relay/rehearse.js";
import { createDecider } from "../rules/decide.js";
import type { RuleSet } from "../rules/rule-set.js";
import { type FrameView, isControl, payloadOf } from "../wire/frame.js";
import { createScanner } from "../wire/scanner.js";
import type { CliSession } from "./session.js";
import { eachTape, entriesOf, seconds } from "./tapes.js";

/** How it is told. */
export interface RulesTestOptions {
  readonly seed?: number;
  readonly full?: true;
  readonly json?: true;
}

const largestFrame = 16 * 1024 * 1024;
const shortLength = 160;

/** Tells what the rules would have done to these recordings. */
export async function testRules(
  session: CliSession,
  ruleSet: RuleSet,
  paths: readonly string[],
  options: RulesTestOptions,
): Promise<void> {
  const tell = options.json === true ? record : lines(session, options.full === true);
  const fired = new Map(ruleSet.rules.map(({ id }) => [id, 0]));
  for await (const tape of eachTape(session, paths)) {
    if (options.json !== true) session.out(printable(tape.path));
    for (const found of rehearsed(ruleSet, entriesOf(tape), options.seed)) {
      count(fired, found);
      session.out(tell(found, tape.path).join("\n"));
    }
  }
  if (options.json === true)
    session.out(jsonLine({ event: "rules-tested", fired: Object.fromEntries(fired) }));
  else for (const [id, times] of fired) session.out(`${id}: ${times === 0 ? "never" : times} applied`);
}

const count = (fired: Map<string, number>, { entry }: Rehearsed): void => {
  if (entry.kind === "decision") fired.set(entry.rule, (fired.get(entry.rule) ?? 0) + 1);
};

/** A decider of its own for each recording, whose clock begins when the recording did. */
const rehearsed = (
  ruleSet: RuleSet,
  entries: readonly Entry[],
  seed: number | undefined,
): Iterable<Rehearsed> => {
  const [first] = entries;
  const startedMs = first?.kind === "session" ? Date.parse(first.startedAt) : 0;
  const wall = Number.isNaN(startedMs) ? 0 : startedMs;
  return rehearse(entries, createDecider(ruleSet, seed ?? ruleSet.seed ?? 0, wall));
};

const record = ({ identity, position, entry }: Rehearsed, cassette: string): readonly string[] => {
  const { connection, direction, at } = entry;
  const about = { cassette, identity, connection, direction, at, position };
  if (entry.kind === "injected")
    return [jsonLine({ event: "would-inject", rule: entry.by, ...about, sent: said(entry.raw) })];
  const { rule, fault, type, action, ordinal, draw, outcome, original, sent } = entry;
  const what = { rule, fault, type, action, ordinal, draw, outcome };
  return [
    jsonLine({
      event: "would-apply",
      ...what,
      ...about,
      before: said(original),
      after: sent.map(said),
    }),
  ];
};

const lines =
  ({ paint }: CliSession, inFull: boolean): ((found: Rehearsed) => readonly string[]) =>
  ({ entry }) => {
    const short = (octets: Uint8Array): string => printable(said(octets), inFull ? undefined : shortLength);
    const where = `  +${seconds(entry.at)} #${entry.connection} ${entry.direction}`;
    if (entry.kind === "injected") return [`${where} ${paint.bold(entry.by)} sends ${short(entry.raw)}`];
    const about = `${entry.type}${entry.action === null ? "" : ` ${printable(entry.action, 60)}`}`;
    const head = `${where} ${about}: ${paint.bold(entry.rule)} ${printable(entry.outcome, 300)}`;
    if (entry.original.length === 0) return [head];
    // Where the text is the same, the difference is in the headers of the frames.
    const isInHeaders = entry.sent.some((copy) => differsInHeaders(entry.original, copy));
    const headers = (octets: Uint8Array): string => (isInHeaders ? `${headersOf(octets)} ` : "");
    const after =
      entry.sent.length === 0 ? ["nothing"] : entry.sent.map((copy) => `${headers(copy)}${short(copy)}`);
    return [
      head,
      `    before ${headers(entry.original)}${short(entry.original)}`,
      ...after.map((text) => `    after  ${text}`),
    ];
  };

const differsInHeaders = (original: Uint8Array, copy: Uint8Array): boolean =>
  said(original) === said(copy) && !sameBytes(original, copy);

/** The headers of whole frames, as digits: `[a18f]`. */
const headersOf = (octets: Uint8Array): string => {
  const headers = createScanner(largestFrame)
    .push(octets)
    .map((piece) => (piece.kind === "frame" ? hex(octetsOfHeader(piece.frame)) : "?"));
  return `[${headers.join(" ")}]`;
};

const octetsOfHeader = ({ raw, headerLength }: FrameView): Uint8Array => raw.subarray(0, headerLength);

/** The text of a message's frames; octets that are no frames, or no text, as digits. */
const said = (octets: Uint8Array): string => {
  const scanner = createScanner(largestFrame);
  const words = scanner.push(octets).map((piece) => {
    if (piece.kind !== "frame") return `octets ${hex(piece.octets)}`;
    const payload = payloadOf(piece.frame);
    const text = exactText(payload) ?? `octets ${hex(payload)}`;
    return isControl(piece.frame.opcode) ? `control frame ${piece.frame.opcode} ${text}` : text;
  });
  const rest = scanner.pending();
  return [...words, ...(rest.length > 0 ? [`octets ${hex(rest)}`] : [])].join(" | ");
};
