// Logs of other programs -> recordings, one per charge point, by a pattern that says what is where. No message is dropped
// or fixed: what the log cut stays cut. Logs with the newest line first are turned round, wrong directions are corrected,
// and the report counts both. Lines that are not understood are counted and the first of them shown.

import type { Direction } from "../../../base/direction.js";
import { readDirection } from "../../../base/direction.js";
import type { Instant } from "../../../base/instant.js";
import { versionByAction } from "../../../ocpp/catalogue.js";
import { peek } from "../../../ocpp/envelope/peek.js";
import {
  assumed2x,
  assumedVersion,
  type OcppVersion,
  subprotocolNamed,
  versionOf,
} from "../../../ocpp/version.js";
import { plural } from "../../../text/plural.js";
import {
  ImportBook,
  type ImportContext,
  type Imported,
  type LoggedMessage,
  MessageRecording,
} from "../../message-recording.js";
import { DirectionFinder, isToldFromOtherSide } from "./direction.js";
import { type Attempt, itemsOfLines, type LineItem, type LineResult } from "./items.js";
import { isNewestFirst } from "./order.js";
import type { LinePattern } from "./pattern.js";
import { itemsOfCsv, itemsOfJson } from "./tables.js";
import { isCutOff, unescapeText } from "./text.js";
import { dateOrderOf, readLogTime, type TimeForm } from "./time.js";

/** What an import of logs needs to know. */
export interface LinesContext extends ImportContext {
  /** Runs the pattern's expressions within bounds of time. */
  readonly attempt: Attempt;
  /** The charge point of messages that name none. */
  readonly identity?: string | undefined;
}

/** A log file. */
export interface LogFile {
  /** Names the charge point where nothing else does. */
  readonly name: string;
  readonly lines: Iterable<string>;
}

interface Message {
  readonly kind: "message";
  readonly identity: string;
  readonly text: string;
  readonly told: Direction | undefined;
  readonly connection: string | undefined;
  readonly version: string | undefined;
  readonly loggedAt: string | undefined;
  readonly instant: Instant | undefined;
}

interface Opened {
  readonly kind: "opened";
  readonly identity: string | undefined;
  readonly instant: Instant | undefined;
}

type Item = Message | Opened;

const longestExample = 200;

const resultsOf = (pattern: LinePattern, file: LogFile, attempt: Attempt): Iterable<LineResult> => {
  switch (pattern.kind) {
    case "csv":
      return itemsOfCsv(pattern, file.lines);
    case "json-lines":
      return itemsOfJson(pattern, file.lines, attempt);
    case "lines":
      return itemsOfLines(pattern, file.lines, attempt);
  }
};

const toldBy = (pattern: LinePattern, word: string | undefined): Direction | undefined => {
  if (word === undefined) return undefined;
  const plain = word.trim().toLowerCase();
  for (const direction of ["cp-to-csms", "csms-to-cp"] as const)
    if (pattern.directions[direction].includes(plain)) return direction;
  return readDirection(plain);
};

const nonEmpty = (text: string | undefined): string | undefined => {
  const trimmed = text?.trim();
  return trimmed === "" ? undefined : trimmed;
};

/** Counts what the report says besides lines. */
interface Tally {
  ignored: number;
  corrected: number;
  cut: number;
  turned: number;
  otherSide: number;
  lateMessages: number;
}

/** One file of a log. */
class LogReader {
  readonly items: Item[] = [];
  private readonly pattern: LinePattern;
  private readonly context: LinesContext;
  private readonly book: ImportBook;
  private readonly tally: Tally;

  constructor(pattern: LinePattern, context: LinesContext, book: ImportBook, tally: Tally) {
    this.pattern = pattern;
    this.context = context;
    this.book = book;
    this.tally = tally;
  }

  read(file: LogFile): readonly Item[] {
    const found: LineItem[] = [];
    for (const result of resultsOf(this.pattern, file, this.context.attempt)) {
      if (result.kind === "ignored") this.tally.ignored++;
      else if (result.kind === "refused")
        this.book.refuse(result.line, result.why, result.text.slice(0, longestExample));
      else {
        this.book.take(result.lines);
        found.push(result);
      }
    }
    const form = this.timeForm(found);
    return this.inOrder(found.map((item) => this.item(item, form, file.name)));
  }

  private timeForm(items: readonly LineItem[]): TimeForm {
    const { dates, zone } = this.pattern;
    const order = dates === "auto" ? dateOrderOf(items.map(({ values }) => values.time ?? "")) : dates;
    return { order, zone };
  }

  private item({ kind, values }: LineItem, form: TimeForm, fileName: string): Item {
    const loggedAt = nonEmpty(values.time);
    const instant = loggedAt === undefined ? undefined : readLogTime(loggedAt, form);
    const named = nonEmpty(values.identity);
    if (kind === "opened") return { kind, identity: named, instant };
    return {
      kind,
      identity: named ?? this.context.identity ?? this.pattern.identity ?? fileName,
      text: unescapeText(values.message ?? "", this.pattern.unescape),
      told: toldBy(this.pattern, values.direction),
      connection: nonEmpty(values.connection),
      version: nonEmpty(values.version),
      loggedAt,
      instant,
    };
  }

  private inOrder(items: readonly Item[]): readonly Item[] {
    const { order } = this.pattern;
    const messages = items.filter((item) => item.kind === "message");
    const turns =
      order === "auto"
        ? isNewestFirst(messages.map(({ text, instant }) => ({ text, ns: instant?.ns })))
        : order === "newest-first";
    if (!turns) return items;
    this.tally.turned++;
    return [...items].reverse();
  }
}

/** Files that follow each other in time, whatever their order on the command line. */
const byTime = (files: readonly (readonly Item[])[]): readonly Item[] => {
  const firsts = files.map((items) => items.find(({ instant }) => instant?.dated === true)?.instant?.ns);
  if (firsts.some((first) => first === undefined)) return files.flat();
  const places = files.map((items, i) => ({ items, first: firsts[i] ?? 0n }));
  return places
    .sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))
    .flatMap(({ items }) => items);
};

const guessVersion = (messages: readonly Message[]): OcppVersion => {
  for (const { text } of messages) {
    const action = peek(text)?.action;
    if (action === undefined) continue;
    if (action === "BootNotification") return text.includes('"chargingStation"') ? assumed2x : assumedVersion;
    const version = versionByAction(action);
    if (version !== undefined) return version;
  }
  return assumedVersion;
};

/** Says when a log goes on to another connection: by a name that changes, or by a line that says so. */
class ConnectionKeeper {
  private readonly names = new Set<string>();
  private current: string | undefined;
  private hasBegun = false;
  private isFresh = false;

  opened(): void {
    this.isFresh = true;
  }

  /** The first connection needs no beginning of its own; a name that comes back is late. */
  next(name: string | undefined): "same" | "new" | "late" {
    const { hasBegun, isFresh } = this;
    this.hasBegun = true;
    this.isFresh = false;
    if (name === undefined) return isFresh && hasBegun ? "new" : "same";
    if (name === this.current) return "same";
    if (this.names.has(name)) return "late";
    this.names.add(name);
    this.current = name;
    return hasBegun ? "new" : "same";
  }
}

/** The messages and connections of one charge point -> its recording. */
class IdentityRecording {
  private readonly items: Item[] = [];
  readonly identity: string;

  constructor(identity: string) {
    this.identity = identity;
  }

  add(item: Item): void {
    this.items.push(item);
  }

  finish(pattern: LinePattern, context: ImportContext, tally: Tally): ReturnType<MessageRecording["finish"]> {
    const messages = this.items.filter((item) => item.kind === "message");
    const said = messages.find(({ version }) => version !== undefined)?.version ?? pattern.version;
    const version = versionOf(said) ?? guessVersion(messages);
    const subprotocol = subprotocolNamed(said ?? version);
    const recording = new MessageRecording({ identity: this.identity, subprotocol, source: "import lines" });
    const isOtherSide = isToldFromOtherSide(messages, version);
    if (isOtherSide) tally.otherSide++;
    if (!pattern.exact) recording.cannotKnow("exact-bytes");
    this.write(recording, new DirectionFinder(version), isOtherSide, tally);
    return recording.finish(context);
  }

  private write(
    recording: MessageRecording,
    finder: DirectionFinder,
    isOtherSide: boolean,
    tally: Tally,
  ): void {
    const connections = new ConnectionKeeper();
    for (const item of this.items) {
      if (item.kind === "opened") {
        connections.opened();
        continue;
      }
      const { connection, text, told, loggedAt, instant } = item;
      const which = connections.next(connection);
      if (which === "new") recording.connect(instant);
      if (which === "late") tally.lateMessages++;
      const direction = finder.find({ text, told: isOtherSide ? turned(told) : told });
      this.note(recording, item, direction, tally);
      recording.add({ direction, text, loggedAt, instant } satisfies LoggedMessage);
    }
  }

  private note(
    recording: MessageRecording,
    { told, text }: Message,
    direction: Direction,
    tally: Tally,
  ): void {
    if (told === undefined) recording.cannotKnow("direction");
    else if (told !== direction) tally.corrected++;
    if (text.includes("\ufffd")) recording.cannotKnow("exact-bytes");
    if (!isCutOff(text)) return;
    tally.cut++;
    recording.cannotKnow("exact-bytes");
  }
}

const turned = (direction: Direction | undefined): Direction | undefined =>
  direction === undefined ? undefined : direction === "cp-to-csms" ? "csms-to-cp" : "cp-to-csms";

const remarksOf = (tally: Tally, files: number): readonly string[] => {
  const { turned: turns, corrected, cut, otherSide, lateMessages, ignored } = tally;
  const whole = files === 1 ? "the log is" : `${turns} of ${files} logs are`;
  return [
    ...(turns > 0
      ? [
          `${whole} written newest first and was turned round`.replace(
            "are written newest first and was",
            "are written newest first and were",
          ),
        ]
      : []),
    ...(corrected > 0
      ? [
          `the direction of ${plural(corrected, "message")} was corrected: by who may call their action, or by the CALL that they answer`,
        ]
      : []),
    ...(otherSide > 0
      ? [
          `the log of ${otherSide} charge point(s) names directions from the other side; all of them were turned`,
        ]
      : []),
    ...(cut > 0
      ? [
          `${plural(cut, "message ends before its JSON does; it is", "messages end before their JSON does; they are")} kept unchanged`,
        ]
      : []),
    ...(lateMessages > 0
      ? [
          `${plural(lateMessages, "message")} of a connection came after the next one had begun; they were put into that one`,
        ]
      : []),
    ...(ignored > 0
      ? [`${plural(ignored, "line matches ignore and was", "lines match ignore and were")} left out`]
      : []),
  ];
};

const sortOut = (items: readonly Item[]): ReadonlyMap<string, IdentityRecording> => {
  const recordings = new Map<string, IdentityRecording>();
  for (const item of items)
    if (item.kind === "message" && !recordings.has(item.identity))
      recordings.set(item.identity, new IdentityRecording(item.identity));
  for (const item of items) {
    // A new connection of nobody in particular is one of the only charge point there is.
    const name = item.identity ?? (recordings.size === 1 ? [...recordings.keys()][0] : undefined);
    if (name !== undefined) recordings.get(name)?.add(item);
  }
  return recordings;
};

/** Reads logs by a pattern. */
export function importLines(
  files: readonly LogFile[],
  pattern: LinePattern,
  context: LinesContext,
): Imported {
  const book = new ImportBook();
  const tally: Tally = { ignored: 0, corrected: 0, cut: 0, turned: 0, otherSide: 0, lateMessages: 0 };
  const items = byTime(files.map((file) => new LogReader(pattern, context, book, tally).read(file)));
  const recordings = [...sortOut(items).values()].map((recording) => ({
    name: recording.identity,
    entries: recording.finish(pattern, context, tally),
  }));
  const { ignored, corrected, cut, turned: turns } = tally;
  const messages = items.filter(({ kind }) => kind === "message").length;
  const facts = { messages, ignored, corrected, newestFirst: turns > 0, cut, identities: recordings.length };
  return { recordings, report: { ...book.report(remarksOf(tally, files.length)), facts } };
}
