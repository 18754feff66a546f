// `ocpp-vcr show`: prints the dialogue of cassettes as one line for each entry, as a sequence diagram, as a page for a
// browser, or as the pairs of CALLs and answers. Above 200 lines, because each view has its options and their checks.

import { type Command, InvalidArgumentError, Option } from "commander";
import { type DialogueMessage, dialogueOf } from "../../analyse/messages/dialogue.js";
import { entryTimeNs } from "../../analyse/messages/entry-time.js";
import { messagesOf } from "../../analyse/messages/messages.js";
import { type PairsView, pairsOf } from "../../analyse/messages/pairs.js";
import { recordingIdentity } from "../../analyse/messages/summary.js";
import { sequenceRows } from "../../analyse/report/sequence-text.js";
import { indexRecording } from "../../analyse/select/recording-index.js";
import { isInSpans, type MatchedSelection, matchSelection } from "../../analyse/select/selection.js";
import { type Direction, readDirection } from "../../base/direction.js";
import { VcrError } from "../../base/errors.js";
import type { Entry } from "../../cassette/format/entry.js";
import { entryToJson } from "../../cassette/format/entry-json.js";
import { inflate } from "../../io/platform/inflate.js";
import { messageTypes } from "../../ocpp/envelope/message-type.js";
import { matchesGlob } from "../../text/glob.js";
import { jsonLine, printable } from "../../text/printable.js";
import { eachCassette, entriesOf, joined, outTexts } from "../common/cassettes.js";
import type { CliSession } from "../common/session.js";
import {
  addSelectionOptions,
  hasSelection,
  type SelectionOptions,
  selectionOf,
} from "../options/selection-options.js";
import { paintRow, showLine } from "../words/show-line.js";
import { writePage } from "./show-html.js";

interface Options extends SelectionOptions {
  readonly identity?: string;
  readonly direction?: Direction;
  readonly action?: string;
  readonly type?: string;
  readonly view?: "pairs";
  readonly json?: true;
  readonly full?: true;
  readonly sequence?: true;
  readonly html?: string;
  readonly force?: true;
}

const direction = (value: string): Direction => {
  const found = readDirection(value);
  if (found === undefined)
    throw new InvalidArgumentError(`"${value}" is not a direction; use cp-to-csms or csms-to-cp.`);
  return found;
};

interface Cassette {
  readonly entries: readonly Entry[];
  readonly identity: string | null;
  /** By the position of a frame: its message, for all frames of the message. */
  readonly messages: ReadonlyMap<number, DialogueMessage>;
  /** The selected time spans; undefined: all of it. */
  readonly spans: MatchedSelection["spans"];
  /** The positions of the selected frames, at any time; undefined: all frames. */
  readonly frames: ReadonlySet<number> | undefined;
  /** Whether entries that are not frames are shown; false if transactions, connectors or actions are selected. */
  readonly keepsOthers: boolean;
  /** What the selection asks for and the recording does not have. */
  readonly missing: readonly string[];
}

const prepare = (entries: readonly Entry[], options: Options): Cassette => {
  const messages = new Map<number, DialogueMessage>();
  for (const item of dialogueOf(entries, inflate))
    for (const frame of item.message.frames) messages.set(frame, item);
  const all = {
    entries,
    identity: recordingIdentity(entries),
    messages,
    spans: undefined,
    frames: undefined,
  };
  if (!hasSelection(options)) return { ...all, keepsOthers: true, missing: [] };
  const indexed = indexRecording(entries, inflate);
  const selection = selectionOf(options);
  const { spans, exchanges, missing } = matchSelection(entries, indexed, selection);
  const selected = indexed.filter(({ exchange }) => exchanges?.has(exchange) ?? true);
  const frames =
    exchanges === undefined ? undefined : new Set(selected.flatMap(({ message }) => message.frames));
  const { transactions, connectors, only } = selection;
  const keepsOthers = [transactions, connectors, only].every((list) => list.length === 0);
  return { ...all, spans, frames, keepsOthers, missing };
};

const matchesLabel = (
  entry: Entry,
  item: DialogueMessage | undefined,
  { action, type }: Options,
): boolean => {
  if (action === undefined && type === undefined) return true;
  const label = entry.kind === "decision" ? entry : item?.label;
  if (label === undefined) return false;
  const matchesAction = action === undefined || matchesGlob(action, label.action ?? "");
  return matchesAction && (type === undefined || label.type.toLowerCase() === type.toLowerCase());
};

const entryIdentity = (entry: Entry, cassette: Cassette): string | null =>
  "identity" in entry && entry.identity !== null ? entry.identity : cassette.identity;

const isWanted = (entry: Entry, position: number, cassette: Cassette, options: Options): boolean => {
  if (options.identity !== undefined && !matchesGlob(options.identity, entryIdentity(entry, cassette) ?? ""))
    return false;
  if (options.direction !== undefined && !("direction" in entry && entry.direction === options.direction))
    return false;
  if (
    cassette.frames !== undefined &&
    !cassette.frames.has(position) &&
    (entry.kind === "frame" || !cassette.keepsOthers)
  )
    return false;
  if (cassette.spans !== undefined && !isInSpans(cassette.spans, entryTimeNs(entry))) return false;
  return matchesLabel(entry, cassette.messages.get(position), options);
};

/** How many characters of a message are shown without --full. */
const shownCharacters = (): number => Math.max(60, (process.stdout.columns ?? 230) - 70);

function* linesOf(cassette: Cassette, options: Options, session: CliSession): Generator<string> {
  const most = options.full === true ? Number.POSITIVE_INFINITY : shownCharacters();
  for (const [position, entry] of cassette.entries.entries()) {
    if (!isWanted(entry, position, cassette, options)) continue;
    const found = cassette.messages.get(position);
    const whole = found?.position === position ? found : undefined;
    if (options.json === true) {
      const label = whole === undefined ? {} : { type: whole.label.type, action: whole.label.action };
      yield jsonLine({
        entry: position,
        ...entryToJson(entry),
        ...(entry.kind === "frame" ? label : {}),
      });
    } else yield showLine(position, entry, whole, session.paint, most);
  }
}

function* sequenceOf(cassette: Cassette, options: Options, session: CliSession): Generator<string> {
  const isShown = (entry: Entry, position: number): boolean => isWanted(entry, position, cassette, options);
  const rows = sequenceRows({ ...cassette, isWanted: isShown }, process.stdout.columns ?? 100);
  for (const row of rows) yield paintRow(row, session.paint).trimEnd();
}

function* pairLines(view: PairsView): Generator<string> {
  const { records, calls, callResults, callErrors } = view.counts;
  yield `${records} records: ${calls} CALL, ${callResults} CALLRESULT, ${callErrors} CALLERROR`;
  const orphans = new Set(view.orphanResponses);
  const open = new Set(view.unansweredCalls);
  for (const { index, messageType, messageId, action, correlatesWith } of view.records) {
    const mark = open.has(index) ? "  never answered" : orphans.has(index) ? "  without a CALL" : "";
    const answers = correlatesWith === undefined ? "" : `  answers ${correlatesWith}`;
    yield printable(
      `${String(index).padStart(6)}  ${messageType.padEnd(10)} ${action ?? "?"}  ${messageId}${answers}${mark}`,
      400,
    );
  }
}

const filters = ["identity", "direction", "action", "type"] as const;

const checkUsage = (options: Options): void => {
  const { view, html } = options;
  const isSelected = hasSelection(options);
  if (view !== undefined && (isSelected || options.action !== undefined || options.type !== undefined))
    throw new VcrError(
      "USAGE",
      "--view pairs shows whole cassettes",
      "Leave out --action, --type and the selection; ocpp-vcr trim writes a smaller cassette.",
    );
  if (html !== undefined && (isSelected || filters.some((name) => options[name] !== undefined)))
    throw new VcrError(
      "USAGE",
      "--html shows a whole cassette",
      "Leave out the filters; the page has its own.",
    );
};

const showPairs = async (session: CliSession, entries: readonly Entry[], json: boolean): Promise<void> => {
  const pairs = pairsOf(messagesOf(entries, inflate));
  if (json) session.out(jsonLine(pairs));
  else await outTexts(joined(pairLines(pairs)));
};

const run = async (session: CliSession, paths: readonly string[], options: Options): Promise<void> => {
  checkUsage(options);
  const { view, json, html, sequence, force } = options;
  if (html !== undefined) {
    await writePage(session, paths, html, force === true);
    return;
  }
  for await (const file of eachCassette(session, paths)) {
    const entries = entriesOf(file);
    if (view !== undefined) await showPairs(session, entries, json === true);
    else {
      const lines = sequence === true ? sequenceOf : linesOf;
      const cassette = prepare(entries, options);
      for (const what of cassette.missing) session.err(`${printable(file.path)}: ${printable(what, 300)}`);
      await outTexts(joined(lines(cassette, options, session)));
    }
  }
};

/** Adds `show` to the program. */
export function registerShow(program: Command, session: CliSession): void {
  addSelectionOptions(program.command("show"))
    .description(
      "Show the dialogue of cassettes: one line for each entry, a sequence diagram, or a page for a browser.",
    )
    .argument("<cassette...>", "cassettes, or folders with cassettes")
    .option("--identity <id>", "only this charge point; * and ? match anything")
    .addOption(new Option("--direction <direction>", "only cp-to-csms or csms-to-cp").argParser(direction))
    .option("--action <action>", "only messages of this action and their answers; * and ? match anything")
    .addOption(
      new Option("--type <type>", "only messages of this type").choices([
        ...messageTypes,
        "unreadable",
        "control",
      ]),
    )
    .addOption(new Option("--view <view>", "pairs: print each answer with its CALL").choices(["pairs"]))
    .addOption(
      new Option("--sequence", "print a sequence diagram as wide as the terminal").conflicts([
        "view",
        "json",
        "full",
      ]),
    )
    .addOption(
      new Option(
        "--html <file>",
        "write a page for a browser: findings, meter curves, sequence diagram",
      ).conflicts(["view", "json", "full", "sequence"]),
    )
    .option("--force", "replace the file of the page if it exists")
    .option("--full", "print long messages in full")
    .option("--json", "print one JSON object per entry (with --view pairs: per cassette)")
    .addHelpText(
      "after",
      '\nExamples:\n  ocpp-vcr show recordings/CP1\n  ocpp-vcr show --action StartTransaction --json a.cassette\n  ocpp-vcr show --transaction 4711 --skip MeterValues a.cassette\n  ocpp-vcr show --from 10:15 --to 10:30 --connector 2 a.cassette\n  ocpp-vcr show --around "gun stuck" --span 2m a.cassette\n  ocpp-vcr show --view pairs a.cassette\n  ocpp-vcr show --sequence a.cassette\n  ocpp-vcr show --html a.html a.cassette',
    )
    .action((paths: string[], options: Options) => run(session, paths, options));
}
