// Hands the entries of a run to the loops over `entries` and `messages`.

import type { LiveMessage } from "../../admin/live/live-message.js";
import { LiveTraffic } from "../../admin/live/live-traffic.js";
import type { ConnectionOpenedEntry, Entry } from "../../cassette/format/entry.js";
import type { Clock } from "../../io/platform/clock.js";
import { LiveStream } from "../live-stream.js";
import type { RecordedEntry } from "./record-events.js";

const entryCost = 200;

const costOfEntry = ({ entry }: RecordedEntry): number => entryCost + ("raw" in entry ? entry.raw.length : 0);

const atOf = (entry: Entry): number => ("at" in entry && typeof entry.at === "number" ? entry.at : 0);

/** The gap entry that a loop gets instead of the entries it missed. */
const gapFor = ({ entry }: RecordedEntry, entries: number): RecordedEntry => ({
  identity: null,
  entry: {
    kind: "gap",
    from: atOf(entry),
    to: atOf(entry),
    entries,
    octets: 0,
    why: "the loop over the entries did not keep up",
  },
});

/** Hands out the entries and messages of a run. */
export class EntryFeed {
  readonly entries: LiveStream<RecordedEntry> = new LiveStream<RecordedEntry>({
    costOf: costOfEntry,
    standInFor: gapFor,
  });
  readonly messages: AsyncIterable<LiveMessage>;
  private readonly messageStream = new LiveStream<LiveMessage>({
    costOf: ({ text, base64 }) => entryCost + (text?.length ?? 0) + (base64?.length ?? 0),
  });
  private readonly clock: Clock;
  /** The open connections; a loop over messages needs them to read frames. */
  private readonly opened = new Map<string, ConnectionOpenedEntry>();
  private traffic: LiveTraffic | undefined;

  constructor(clock: Clock) {
    this.clock = clock;
    this.messages = {
      [Symbol.asyncIterator]: () => {
        this.traffic ??= this.openTraffic();
        return this.messageStream[Symbol.asyncIterator]();
      },
    };
  }

  /** Takes an entry of any cassette. */
  push(entry: Entry, identity: string | null): void {
    if (this.entries.isRead) this.entries.push({ identity, entry });
    if (identity === null) return;
    if (entry.kind === "connection-opened") this.opened.set(`${entry.connection} ${identity}`, entry);
    if (entry.kind === "connection-closed") this.opened.delete(`${entry.connection} ${identity}`);
    const message = this.traffic?.add(entry, identity);
    if (message !== undefined) this.messageStream.push(message);
  }

  /** Ends every loop. */
  end(): void {
    this.entries.end();
    this.messageStream.end();
  }

  /** Makes a reader of messages from frames that keeps none of them. */
  private openTraffic(): LiveTraffic {
    const traffic = new LiveTraffic(this.clock, { messages: 0, bytes: 0 });
    for (const [key, entry] of this.opened) traffic.add(entry, key.slice(key.indexOf(" ") + 1));
    return traffic;
  }
}
