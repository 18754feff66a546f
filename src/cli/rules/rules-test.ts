// `rules test`: what the rules of a file would have done to recordings: each application, and the totals.

import {
  type UncompressedRecording,
  uncompressedRecording,
} from "../../analyse/select/uncompressed-recording.js";
import { assertNever } from "../../base/assert-never.js";
import { utf8 } from "../../base/bytes.js";
import type { DecisionEntry, Entry } from "../../cassette/format/entry.js";
import { inflate } from "../../io/platform/inflate.js";
import { answerText } from "../../io/proxy/upgrade-faults.js";
import { type RehearsedEntry, rehearse } from "../../relay/rehearse/rehearse.js";
import { limitOf } from "../../relay/rehearse/source-limits.js";
import { createDecider } from "../../rules/deciding/decide.js";
import type { RuleSet } from "../../rules/language/rule-set.js";
import { jsonLine, printable } from "../../text/printable.js";
import { eachCassette, entriesOf, seconds } from "../common/cassettes.js";
import type { CliSession } from "../common/session.js";
import { differsInHeaders, headersOf, headText, messageText } from "./rules-test-bytes.js";

/** Options of `rules test`. */
export interface RulesTestOptions {
  readonly seed?: number;
  readonly full?: true;
  readonly json?: true;
}

const shortLength = 160;

/** Prints what the rules would have done to these recordings. */
export async function testRules(
  session: CliSession,
  ruleSet: RuleSet,
  paths: readonly string[],
  options: RulesTestOptions,
): Promise<void> {
  const isJson = options.json === true;
  const linesOf = isJson ? record : lines(session, options.full === true);
  const fired = new Map(ruleSet.rules.map(({ id }) => [id, 0]));
  for await (const cassette of eachCassette(session, paths)) {
    if (!isJson) session.out(printable(cassette.path));
    const plain = uncompressedRecording(entriesOf(cassette), inflate);
    printCompression(session, plain, cassette.path, isJson);
    for (const found of rehearsed(ruleSet, plain.entries, options.seed)) {
      count(fired, found);
      const position = plain.positions[found.position] ?? found.position;
      session.out(linesOf({ ...found, position }, cassette.path).join("\n"));
    }
    printLimits(session, ruleSet, plain, cassette.path, isJson);
  }
  if (isJson) session.out(jsonLine({ event: "rules-tested", fired: Object.fromEntries(fired) }));
  else for (const [id, times] of fired) session.out(`${id}: ${times === 0 ? "never" : times} applied`);
}

/** Prints how the compressed messages of a recording are handled. */
const printCompression = (
  session: CliSession,
  plain: UncompressedRecording,
  cassette: string,
  isJson: boolean,
): void => {
  const printOne = (connection: number, messages: number, isRead: boolean): void => {
    if (isJson) session.out(jsonLine({ event: "compressed", cassette, connection, messages, read: isRead }));
    else if (isRead)
      session.out(
        `  #${connection} ${messages} compressed messages are read uncompressed: the proxy removes the offer to compress from the upgrade when rules are armed`,
      );
    else
      session.out(
        `  #${connection} ${messages} compressed messages cannot be read; rules see them as type unreadable`,
      );
  };
  for (const [connection, messages] of plain.inflated) printOne(connection, messages, true);
  for (const [connection, messages] of plain.unread) printOne(connection, messages, false);
};

/** Prints the rules that this recording cannot test, with the reason. */
const printLimits = (
  session: CliSession,
  { rules }: RuleSet,
  { entries }: UncompressedRecording,
  cassette: string,
  isJson: boolean,
): void => {
  for (const rule of rules) {
    const why = limitOf(rule, entries);
    if (why === undefined) continue;
    session.out(
      isJson
        ? jsonLine({ event: "cannot-tell", cassette, rule: rule.id, why })
        : `  ${rule.id}: cannot be tested with this recording: ${why}`,
    );
  }
};

const count = (fired: Map<string, number>, { entry }: RehearsedEntry): void => {
  if (entry.kind === "decision") fired.set(entry.rule, (fired.get(entry.rule) ?? 0) + 1);
};

/** Rehearses the rules on one recording; the rules' clock starts when the recording started. */
const rehearsed = (
  ruleSet: RuleSet,
  entries: readonly Entry[],
  seed: number | undefined,
): Iterable<RehearsedEntry> => {
  const [first] = entries;
  const startedMs = first?.kind === "session" ? Date.parse(first.startedAt) : 0;
  const wall = Number.isNaN(startedMs) ? 0 : startedMs;
  return rehearse(entries, createDecider(ruleSet, seed ?? ruleSet.seed ?? 0, wall), (refusal) =>
    utf8(answerText(refusal)),
  );
};

const record = ({ identity, position, entry }: RehearsedEntry, cassette: string): readonly string[] => {
  const { connection, at } = entry;
  const about = { cassette, identity, connection, at, position };
  switch (entry.kind) {
    case "note":
      return [jsonLine({ event: entry.code, ...about, message: entry.message })];
    case "injected": {
      const { direction } = entry;
      return [
        jsonLine({
          event: "would-inject",
          rule: entry.by,
          ...about,
          direction,
          sent: messageText(entry.raw),
        }),
      ];
    }
    case "decision": {
      const { rule, fault, type, action, ordinal, draw, outcome, original, sent, direction } = entry;
      const what = { rule, fault, type, action, ordinal, draw, outcome };
      const textOf = decisionText(entry);
      const change = { before: textOf(original), after: sent.map(textOf) };
      return [jsonLine({ event: "would-apply", ...what, ...about, direction, ...change })];
    }
    default:
      return assertNever(entry);
  }
};

/** Upgrades and TLS handshakes have text, later messages have frames. */
const decisionText = ({ type }: DecisionEntry): ((bytes: Uint8Array) => string) =>
  isBefore(type) ? headText : messageText;

const isBefore = (type: DecisionEntry["type"]): boolean => type === "upgrade" || type === "tls";

type Shorten = (text: string) => string;

const lines = ({ paint }: CliSession, inFull: boolean): ((found: RehearsedEntry) => readonly string[]) => {
  const short: Shorten = (text) => printable(text, inFull ? undefined : shortLength);
  return ({ entry }) => {
    const where = `  +${seconds(entry.at ?? 0)}${entry.connection ? ` #${entry.connection}` : ""}`;
    switch (entry.kind) {
      case "note":
        return [`${where} ${printable(entry.message, 400)}`];
      case "injected":
        return [`${where} ${entry.direction} ${paint.bold(entry.by)} sends ${short(messageText(entry.raw))}`];
      case "decision": {
        const { type, action, direction, rule, outcome } = entry;
        const about = `${type}${action === null ? "" : ` ${printable(action, 60)}`}`;
        const what = isBefore(type) ? about : `${direction} ${about}`;
        const head = `${where} ${what}: ${paint.bold(rule)} ${printable(outcome, 300)}`;
        return [head, ...(isBefore(type) ? headLines(entry, short) : frameLines(entry, short))];
      }
      default:
        return assertNever(entry);
    }
  };
};

const headLines = ({ original, sent }: DecisionEntry, short: Shorten): readonly string[] => [
  ...(original.length > 0 ? [`    before ${short(headText(original))}`] : []),
  ...sent.filter((copy) => copy.length > 0).map((copy) => `    after  ${short(headText(copy))}`),
];

const frameLines = ({ original, sent }: DecisionEntry, short: Shorten): readonly string[] => {
  if (original.length === 0) return [];
  // If the text is the same, the frame headers differ.
  const isInHeaders = sent.some((copy) => differsInHeaders(original, copy));
  const headers = (bytes: Uint8Array): string => (isInHeaders ? `${headersOf(bytes)} ` : "");
  const after =
    sent.length === 0 ? ["nothing"] : sent.map((copy) => `${headers(copy)}${short(messageText(copy))}`);
  return [
    `    before ${headers(original)}${short(messageText(original))}`,
    ...after.map((text) => `    after  ${text}`),
  ];
};
