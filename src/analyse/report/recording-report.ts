// The content of the page about one recording, as data: facts, findings, meter curves and the rows of the sequence
// diagram, each limited in number so that a browser stays fast. Texts of peers are not escaped here; the page does that.

import { latin1 } from "../../base/bytes.js";
import type { Direction } from "../../base/direction.js";
import { roundedWords } from "../../base/duration.js";
import { readInstant } from "../../base/instant.js";
import type { Entry, FrameEntry } from "../../cassette/format/entry.js";
import { findingClasses } from "../lint/detectors/detector.js";
import type { Finding } from "../lint/findings.js";
import { lintDefaults, lintEntries } from "../lint/lint.js";
import type { Inflate } from "../messages/deflate.js";
import { type DialogueMessage, dialogueOf, entryTone, type Tone, toneOf } from "../messages/dialogue.js";
import { isAnswer, remarkOf, shortContent, shortName } from "../messages/dialogue-words.js";
import { entryTimeNs } from "../messages/entry-time.js";
import { contentWords, controlWords, entryWords } from "../messages/entry-words.js";
import { recordingIdentity, summaryOf } from "../messages/summary.js";
import { type MeterSeries, meterSeriesOf } from "./meter-series.js";
import { beginning, type ReportLimits, reportLimits, TextBudget } from "./text-budget.js";

/** A row of the sequence diagram. */
export interface ReportRow {
  /** Index of the entry. */
  readonly position: number;
  /** `arrow`: a message; `band`: an event of the connection, across both lines; `remark`: anything else. */
  readonly shape: "arrow" | "band" | "remark";
  readonly direction: Direction | undefined;
  readonly isAnswer: boolean;
  readonly tone: Tone;
  /** CALL, CALLRESULT ...; the kind of entry if the row is not a message. */
  readonly type: string;
  readonly action: string;
  readonly time: string;
  readonly connection: string;
  readonly name: string;
  readonly summary: string;
  /** The time since the CALL, or what is missing. */
  readonly remark: string;
  /** The whole content, shown when the row is opened. */
  readonly text: string;
}

/** The content of the page about one recording. */
export interface RecordingReport {
  readonly identity: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Defects first, then smells, then events. */
  readonly findings: readonly Finding[];
  readonly meters: readonly MeterSeries[];
  readonly rows: readonly ReportRow[];
  /** How many rows do not fit on the page. */
  readonly rowsLeftOut: number;
}

const seconds = (entry: Entry): string => {
  const ns = entryTimeNs(entry);
  if (ns !== null) return `+${(ns / 1e9).toFixed(3)}`;
  return entry.kind === "frame" ? (entry.loggedAt ?? "?").slice(0, 40) : "?";
};

const messageRow = (entry: FrameEntry, item: DialogueMessage, budget: TextBudget): ReportRow => {
  const { message, label, position } = item;
  return {
    position,
    shape: "arrow",
    direction: message.direction,
    isAnswer: isAnswer(item),
    tone: toneOf(item),
    type: label.type,
    action: label.action ?? "",
    time: seconds(entry),
    connection: String(entry.connection),
    name: shortName(item).slice(0, beginning),
    summary: shortContent(item).slice(0, beginning),
    remark: remarkOf(item),
    text: budget.spend(item.outcome === "control" ? controlWords(message) : contentWords(message)),
  };
};

const headText = (head: { readonly raw: Uint8Array } | null): string =>
  head === null ? "" : latin1(head.raw.subarray(0, 20_000)).replaceAll("\r\n", "\n");

const textOf = (entry: Exclude<Entry, FrameEntry>): string => {
  if (entry.kind !== "connection-opened" && entry.kind !== "refused" && entry.kind !== "http-exchange")
    return entryWords(entry);
  const heads = [headText(entry.request), headText(entry.response)].filter((text) => text !== "");
  return [entryWords(entry), ...heads].join("\n\n");
};

const otherRow = (
  entry: Exclude<Entry, FrameEntry>,
  position: number,
  budget: TextBudget,
): ReportRow | undefined => {
  if (entry.kind === "session" || entry.kind === "checkpoint" || entry.kind === "end") return undefined;
  const isBand = ["connection-opened", "connection-closed", "refused"].includes(entry.kind);
  return {
    position,
    shape: isBand ? "band" : "remark",
    direction: "direction" in entry ? entry.direction : undefined,
    isAnswer: false,
    tone: entryTone(entry.kind),
    type: entry.kind,
    action: entry.kind === "decision" ? (entry.action ?? "") : "",
    time: seconds(entry),
    connection: "connection" in entry && entry.connection !== null ? String(entry.connection) : "",
    name: "",
    summary: entryWords(entry).slice(0, beginning),
    remark: "",
    text: budget.spend(textOf(entry)),
  };
};

const rowOf = (
  entry: Entry,
  position: number,
  messages: ReadonlyMap<number, DialogueMessage>,
  budget: TextBudget,
): ReportRow | undefined => {
  if (entry.kind !== "frame") return otherRow(entry, position, budget);
  const item = messages.get(position);
  return item === undefined ? undefined : messageRow(entry, item, budget);
};

const factsOf = (entries: readonly Entry[], inflate: Inflate | undefined): RecordingReport["facts"] => {
  const { startedAt, durationNs, csms, subprotocols, capture, source, tool, connections, messages, frames } =
    summaryOf(entries, inflate);
  const count = (direction: Direction): number =>
    Object.values(messages[direction]).reduce((sum, number) => sum + number, 0) - messages[direction].control;
  const facts: readonly (readonly [string, string | null])[] = [
    ["recorded", startedAt],
    ["duration", durationNs === null ? null : roundedWords(durationNs)],
    ["CSMS", csms],
    ["subprotocol", subprotocols.join(", ") || null],
    ["connections", String(connections)],
    ["messages", `${count("cp-to-csms")} from the charger, ${count("csms-to-cp")} from the CSMS`],
    ["frames", String(frames["cp-to-csms"] + frames["csms-to-cp"])],
    ["recorded by", [source, tool].filter((word) => word !== null).join(", ") || null],
    ["contains", capture === "messages" ? "messages only" : null],
  ];
  return facts.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
};

const findingsOf = (entries: readonly Entry[], inflate: Inflate | undefined): readonly Finding[] => {
  const rank = ({ class: findingClass }: Finding): number => findingClasses.indexOf(findingClass);
  return [...lintEntries(entries, { ...lintDefaults, inflate })].sort((a, b) => rank(a) - rank(b));
};

/** Builds the content of the page about a recording. */
export function recordingReport(
  entries: readonly Entry[],
  inflate?: Inflate,
  limits: ReportLimits = reportLimits,
): RecordingReport {
  const dialogue = dialogueOf(entries, inflate);
  const messages = new Map(dialogue.map((item) => [item.position, item]));
  const budget = new TextBudget(limits);
  const rows: ReportRow[] = [];
  let rowsLeftOut = 0;
  for (const [position, entry] of entries.entries()) {
    if (rows.length < limits.rows) {
      const row = rowOf(entry, position, messages, budget);
      if (row !== undefined) rows.push(row);
    } else if (entry.kind === "frame" ? messages.has(position) : !isHidden(entry.kind)) rowsLeftOut++;
  }
  const session = entries.find((entry) => entry.kind === "session");
  const start = readInstant(session?.startedAt ?? "");
  return {
    identity: recordingIdentity(entries) ?? "unknown",
    facts: factsOf(entries, inflate),
    findings: findingsOf(entries, inflate),
    meters: meterSeriesOf(dialogue, start === undefined ? undefined : Number(start.ns / 1_000_000n)),
    rows,
    rowsLeftOut,
  };
}

/** Kinds of entries that have no row. */
const isHidden = (kind: Entry["kind"]): boolean =>
  kind === "session" || kind === "checkpoint" || kind === "end";
