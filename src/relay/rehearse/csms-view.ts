// A recording with faults as the CSMS saw it: what the charger sent is replaced by what went out to the CSMS, in that order
// and at that time, which is found by doing the recorded faults again. What the CSMS sent stays as it came.

import type { ConnectionClosedEntry, Entry, StreamEnd } from "../../cassette/format/entry.js";
import { createRecordedDecider } from "../../rules/deciding/decide.js";
import type { RecordedFaults } from "../../rules/deciding/recorded-faults.js";
import { createScanner, type Scanner } from "../../wire/websocket/scanner.js";
import { bytesEntry, frameEntry, type LanePlace } from "../lane/lane.js";
import { relayLimits } from "../limits.js";
import { type RehearsedCommand, rehearseCommands } from "./rehearse.js";

/** One connection as the CSMS saw it. */
class CsmsSide {
  private readonly place: LanePlace;
  private readonly scanner: Scanner = createScanner(relayLimits.maxFrame);
  private end: StreamEnd | undefined;

  constructor(connection: number) {
    const frames = { "cp-to-csms": 0, "csms-to-cp": 0 };
    const ways = { direction: "cp-to-csms", to: "csms", other: "csms-to-cp" } as const;
    this.place = { connection, ...ways, maxFrame: relayLimits.maxFrame, frames };
  }

  *take({ atNs, command }: RehearsedCommand): Generator<Entry> {
    if (command.kind === "write" && command.to === "csms") {
      for (const piece of this.scanner.push(command.bytes)) {
        if (piece.kind === "frame") yield frameEntry(this.place, piece.frame, atNs);
        else yield bytesEntry(this.place, piece.kind === "run" ? "run" : "opaque", piece.bytes, atNs);
      }
    } else if ((command.kind === "end" || command.kind === "reset") && command.to === "csms")
      this.end ??= { by: "charger", how: command.kind, at: atNs };
  }

  /** A frame of the CSMS came. */
  countCsmsFrame(): void {
    this.place.frames["csms-to-cp"]++;
  }

  *close(closed: ConnectionClosedEntry): Generator<Entry> {
    const pending = this.scanner.pending();
    const at = this.end?.at ?? closed.at ?? 0;
    if (pending.length > 0) yield bytesEntry(this.place, "cut-off", pending, at);
    const theirs = closed.ends.filter(({ by }) => by === "csms");
    const ends = this.end === undefined ? closed.ends : [this.end, ...theirs].sort((a, b) => a.at - b.at);
    yield { ...closed, ends };
  }
}

/** The recording as the CSMS saw it; what is still held when its connection ends comes at that end. */
export function csmsSideOf(entries: readonly Entry[], faults: RecordedFaults): readonly Entry[] {
  const commands = new Map<number, RehearsedCommand[]>();
  for (const one of rehearseCommands(entries, createRecordedDecider(faults))) {
    const list = commands.get(one.position);
    if (list === undefined) commands.set(one.position, [one]);
    else list.push(one);
  }
  const sides = new Map<number, CsmsSide>();
  return entries.flatMap((entry, position) => {
    const isOpening = entry.kind === "connection-opened";
    if (isOpening) sides.set(entry.connection, new CsmsSide(entry.connection));
    const sent = (commands.get(position) ?? []).flatMap((one) => [
      ...(sides.get(one.opened.connection)?.take(one) ?? []),
    ]);
    return isOpening ? [entry, ...sent] : [...sent, ...asSeen(entry, sides)];
  });
}

/** What an entry is replaced by, apart from what was sent. */
const asSeen = (entry: Entry, sides: ReadonlyMap<number, CsmsSide>): readonly Entry[] => {
  switch (entry.kind) {
    case "frame":
    case "bytes":
      if (entry.direction === "cp-to-csms") return [];
      sides.get(entry.connection)?.countCsmsFrame();
      return [entry];
    case "decision":
    case "injected":
      return [];
    case "connection-closed":
      return [...(sides.get(entry.connection)?.close(entry) ?? [entry])];
    default:
      return [entry];
  }
};
