// Which entries are kept besides the frames of kept messages.
import { describe, expect, test } from "vitest";
import { EntryKeeper, type KeptMessages, trimmedCode } from "../../../src/analyse/select/kept-entry.js";
import { cutCode, prologueCodes } from "../../../src/analyse/select/prologue.js";
import { indexRecording } from "../../../src/analyse/select/recording-index.js";
import type { DecisionEntry, Entry, FrameEntry, NoteEntry } from "../../../src/cassette/format/entry.js";
import { dialogueRecording, messageFrame } from "../../support/cassettes/dialogue-recording.js";

const [session, opened, first, second, third] = dialogueRecording([
  "1 dial",
  '1> [2,"1","Heartbeat",{}]',
  '1> [2,"2","Heartbeat",{}]',
  '1> [2,"3","Heartbeat",{}]',
]) as [Entry, Entry, Entry, Entry, Entry];

const decision = (id: string): DecisionEntry => ({
  kind: "decision",
  connection: 1,
  direction: "cp-to-csms",
  at: 1,
  rule: `rule-${id}`,
  fault: "drop",
  type: "CALL",
  action: "Heartbeat",
  ordinal: 1,
  draw: null,
  outcome: "dropped",
  original: messageFrame("cp-to-csms", `[2,"${id}","Heartbeat",{}]`),
  sent: [],
});
const injected = (by: string): Entry => ({
  kind: "injected",
  connection: 1,
  direction: "cp-to-csms",
  at: 1,
  by,
  raw: new Uint8Array(2),
});
const note = (code: string, connection: number | null = null): NoteEntry => ({
  kind: "note",
  connection,
  at: null,
  code,
  message: "",
});
const marker = (text: string): Entry => ({ kind: "marker", at: 5e6, text });

/** What stays of these entries when the second message is kept. */
const kept = (entries: readonly Entry[], over: Partial<KeptMessages> = {}): readonly Entry[] => {
  const at = entries.indexOf(second);
  const keeper = new EntryKeeper({
    entries,
    indexed: indexRecording(entries),
    matched: { spans: undefined, exchanges: new Set([1]), missing: [] },
    around: [],
    messages: new Set([1]),
    connections: new Set([1]),
    first: at,
    last: at,
    ...over,
  });
  return entries.filter(
    (entry, position) =>
      entry.kind !== "frame" && keeper.keeps(entry as Exclude<Entry, FrameEntry>, position),
  );
};

describe("EntryKeeper", () => {
  test("decisions and injections of rules are kept with their messages", () => {
    const stay = [decision("2"), injected("rule-2")];
    const go = [decision("1"), injected("rule-1"), decision("3"), injected("probe")];
    const entries = [session, opened, first, ...go.slice(0, 2), second, ...stay, third, ...go.slice(2)];
    expect(kept(entries)).toEqual([session, opened, ...stay]);
  });

  test("notes and markers between the kept messages, and selected markers, are kept", () => {
    const inside = [note("x"), marker("inside")];
    const entries = [session, marker("before"), first, second, ...inside, third, note("y"), marker("Behind")];
    const range = { first: entries.indexOf(second), last: entries.indexOf(third), around: ["behind"] };
    expect(kept(entries, range)).toEqual([session, ...inside, entries.at(-1)]);
  });

  test("notes about the whole recording and about cuts are kept, those of an old prologue are not", () => {
    const stay = [note(trimmedCode), note(cutCode, 1)];
    const go = [note(prologueCodes.begin, 1), note(prologueCodes.end, 1), note(cutCode, 2)];
    expect(kept([session, ...stay, ...go, first, second])).toEqual([session, ...stay]);
  });

  test("the first checkpoint is kept, the end is not", () => {
    const checkpoint: Entry = { kind: "checkpoint", at: 0, wall: "", salt: 1, entries: 1 };
    const end: Entry = { kind: "end", at: 0, wall: "", entries: 1 };
    expect(kept([session, checkpoint, first, second, third, { ...checkpoint, at: 9 }, end])).toEqual([
      session,
      checkpoint,
    ]);
  });

  test("entries outside of the dialogue are kept by their time", () => {
    const refused: Entry = {
      kind: "refused",
      at: 5,
      identity: null,
      from: null,
      url: null,
      by: "csms",
      status: 403,
      reason: "",
      request: null,
      response: null,
      body: null,
      bodyLength: 0,
    };
    const bytes: Entry = {
      kind: "bytes",
      connection: 1,
      direction: "cp-to-csms",
      rx: 6,
      tx: 6,
      seen: 0,
      why: "opaque",
      raw: new Uint8Array(1),
    };
    const gap: Entry = { kind: "gap", from: 50, to: 60, entries: 1, octets: 1, why: "disk" };
    const entries = [session, refused, bytes, gap, first, second, third];
    const chosen = { spans: [{ fromNs: 0, toNs: 10 }], exchanges: undefined, missing: [] };
    expect(kept(entries, { matched: chosen })).toEqual([session, refused, bytes]);
    expect(kept(entries)).toEqual([session]);
  });
});
