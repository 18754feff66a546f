// Logs of other programs as recordings: every message as it was, in its order and direction, and an honest report.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messagesOf } from "../../../../src/analyse/messages/messages.js";
import type { Entry } from "../../../../src/cassette/format/entry.js";
import { readCassette } from "../../../../src/cassette/format/reader.js";
import { importLines } from "../../../../src/cassette/formats/lines/lines.js";
import { type LinePattern, readLinePattern } from "../../../../src/cassette/formats/lines/pattern.js";
import { crc32 } from "../../../../src/io/platform/digests.js";
import { cassetteBytes } from "../../../support/cassettes/cassette-bytes.js";

const context = {
  salt: () => 11,
  wall: "2026-01-01T00:00:00.000Z",
  tool: "test",
  attempt: <T>(work: () => T) => work(),
};

const patternOf = (plain: Readonly<Record<string, unknown>> = {}): LinePattern => {
  const read = readLinePattern(
    {
      match:
        "^(?<time>\\S+) (?<direction>in|out|-) (?<identity>[\\w-]*) ?(?:#(?<connection>\\w+) )?(?<message>\\[.*|\\?.*)$",
      directions: { "cp-to-csms": "in", "csms-to-cp": "out" },
      opened: "^(?<time>\\S+) connected (?<identity>\\w+)$",
      ...plain,
    },
    "test",
  );
  if ("issues" in read) throw new Error(read.issues.join());
  return read.ok;
};

const read = (lines: readonly string[], plain?: Readonly<Record<string, unknown>>) =>
  importLines([{ name: "log", lines }], patternOf(plain), context);

const told = (entries: readonly Entry[] = []): readonly string[] =>
  messagesOf(entries).map(({ direction, text }) => `${direction === "cp-to-csms" ? ">" : "<"} ${text}`);

const log = [
  '10:00:00 in CP1 [2,"1","BootNotification",{"chargePointVendor":"a","chargePointModel":"b"}]',
  '10:00:01 out CP1 [3,"1",{"status":"Accepted"}]',
  '10:00:02 out CP1 [2,"7","Reset",{"type":"Soft"}]',
  '10:00:03 in CP1 [3,"7",{"status":"Accepted"}]',
];

describe("importLines", () => {
  test("makes a recording that reads whole and says what it does not know", () => {
    const { recordings, report } = read(log);
    const [recording] = recordings;
    expect(recording?.name).toBe("CP1");
    expect(readCassette(cassetteBytes(recording?.entries ?? [], 11), crc32)).toMatchObject({
      state: "whole",
      findings: [],
    });
    expect(recording?.entries[0]).toMatchObject({
      source: "import lines",
      capture: "messages",
      unknown: ["control-frames", "handshake", "ends"],
    });
    expect(recording?.entries[3]).toMatchObject({ rx: 0, loggedAt: "10:00:00" });
    expect(recording?.entries[4]).toMatchObject({ rx: 1e9, seen: 1 });
    expect(report).toEqual({
      taken: 4,
      notUnderstood: 0,
      examples: [],
      remarks: [],
      facts: { messages: 4, ignored: 0, corrected: 0, newestFirst: false, cut: 0, identities: 1 },
    });
  });

  test("turns newest-first logs round, by times or by answers", () => {
    const timeless = log.map((line) => line.replace(/^\S+/, "?"));
    for (const lines of [log, timeless]) {
      const { recordings, report } = read([...lines].reverse());
      expect(told(recordings[0]?.entries)).toEqual(told(read(log).recordings[0]?.entries));
      expect(report.facts).toMatchObject({ newestFirst: true });
      expect(report.remarks.join()).toMatch(/newest first/);
    }
    expect(read(log, { order: "newest-first" }).report.facts).toMatchObject({ newestFirst: true });
    expect(read([...log].reverse(), { order: "oldest-first" }).report.facts).toMatchObject({
      newestFirst: false,
    });
  });

  test("corrects directions and counts how many", () => {
    const lying = log.map((line, i) => (i > 0 ? line.replace(" out ", " in ") : line));
    const { recordings, report } = read(lying);
    expect(told(recordings[0]?.entries)).toEqual(told(read(log).recordings[0]?.entries));
    expect(report.facts).toMatchObject({ corrected: 2 });
  });

  test("a log of the other side is turned as a whole, what nothing else tells included", () => {
    const data = '10:00:04 in CP1 [2,"8","DataTransfer",{"vendorId":"a"}]';
    const more = ['10:00:05 in CP1 [2,"2","Heartbeat",{}]', data, '10:00:06 out CP1 [2,"9","Reset",{}]'];
    const other = [...log, ...more].map((line) =>
      line.includes(" in ") ? line.replace(" in ", " out ") : line.replace(" out ", " in "),
    );
    const { recordings, report } = read(other);
    expect(told(recordings[0]?.entries)).toEqual(told(read([...log, ...more]).recordings[0]?.entries));
    expect(report.facts).toMatchObject({ corrected: 7 });
    expect(report.remarks.join()).toMatch(/from the other side/);
  });

  test("unknown words and times are what the recording does not know", () => {
    const { recordings } = read(['soon - CP1 [2,"1","Heartbeat",{}]']);
    expect(recordings[0]?.entries[0]).toMatchObject({
      unknown: ["control-frames", "handshake", "times", "ends", "direction"],
    });
    expect(recordings[0]?.entries[3]).toMatchObject({ rx: null, loggedAt: "soon" });
  });

  test("what was cut stays cut and is counted", () => {
    const { recordings, report } = read(['10:00:00 in CP1 [2,"1","MeterValues",{"connectorId":1,"met...']);
    expect(told(recordings[0]?.entries)).toEqual(['> [2,"1","MeterValues",{"connectorId":1,"met...']);
    expect(report.facts).toMatchObject({ cut: 1 });
    expect(recordings[0]?.entries[0]).toMatchObject({ unknown: expect.arrayContaining(["exact-bytes"]) });
  });

  test("one recording for each charge point; messages that name none belong to the one that is given, or to the file", () => {
    const lines = [
      '1:00:00 in A [2,"1","Heartbeat",{}]',
      '1:00:01 in B [2,"1","Heartbeat",{}]',
      "1:00:02 in  [9]",
    ];
    expect(read(lines).recordings.map(({ name }) => name)).toEqual(["A", "B", "log"]);
    const named = importLines([{ name: "log", lines }], patternOf(), { ...context, identity: "C" });
    expect(named.recordings.map(({ name }) => name)).toEqual(["A", "B", "C"]);
    expect(read(lines, { identity: "D" }).recordings.map(({ name }) => name)).toEqual(["A", "B", "D"]);
  });

  test("connections change with their names, or where a line says so", () => {
    const beat = (id: number, name: string) => `1:00:0${id} in CP1 #${name} [2,"${id}","Heartbeat",{}]`;
    const kinds = (lines: readonly string[]) =>
      read(lines).recordings[0]?.entries.flatMap((entry) =>
        entry.kind === "frame" || entry.kind.startsWith("connection")
          ? [`${entry.kind} ${"connection" in entry ? entry.connection : ""}`]
          : [],
      );
    const two = ["connection-opened 1", "frame 1", "connection-closed 1", "connection-opened 2", "frame 2"];
    expect(kinds([beat(1, "a"), beat(2, "b"), beat(3, "a")])).toEqual([...two, "frame 2"]);
    expect(
      kinds(["1:00:00 connected CP1", ...log.slice(0, 1), "2:00:00 connected CP1", ...log.slice(1, 2)]),
    ).toEqual(two);
  });

  test("the version is guessed from what is said", () => {
    const opened = (line: string) => read([line]).recordings[0]?.entries[2];
    expect(opened('1:00:00 in A [2,"1","TransactionEvent",{}]')).toMatchObject({ subprotocol: "ocpp2.0.1" });
    expect(opened('1:00:00 in A [2,"1","BootNotification",{"chargingStation":{}}]')).toMatchObject({
      subprotocol: "ocpp2.0.1",
    });
    expect(opened('1:00:00 in A [2,"1","Heartbeat",{}]')).toMatchObject({ subprotocol: "ocpp1.6" });
    expect(read(log, { version: "1.5" }).recordings[0]?.entries[2]).toMatchObject({ subprotocol: "ocpp1.5" });
  });

  test("files follow each other in time, whatever their order", () => {
    const day = (n: number) => [`2026-03-0${n}T00:00:00Z in A [2,"${n}","Heartbeat",{}]`];
    const files = [2, 1].map((n) => ({ name: `${n}`, lines: day(n) }));
    const [recording] = importLines(files, patternOf(), context).recordings;
    expect(told(recording?.entries)).toEqual(['> [2,"1","Heartbeat",{}]', '> [2,"2","Heartbeat",{}]']);
    expect(recording?.entries[0]).toMatchObject({ startedAt: "2026-03-01T00:00:00.000Z" });
  });

  test("the first three lines that are not understood are shown", () => {
    const { report } = read(["a", "b", ...log, "c", "d"]);
    expect(report).toMatchObject({
      taken: 4,
      notUnderstood: 4,
      examples: [
        { line: 1, text: "a" },
        { line: 2, text: "b" },
        { line: 7, text: "c" },
      ],
    });
  });

  test("no lines make it throw, and no message is lost", () => {
    const anyLine = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.constantFrom("in", "out", "-"), fc.string())
        .map(([way, text]) => `1:00:00 ${way} A [${text}`),
    );
    fc.assert(
      fc.property(fc.array(anyLine), (lines) => {
        const { recordings, report } = read(lines);
        const frames = recordings.flatMap(({ entries }) => entries.filter(({ kind }) => kind === "frame"));
        expect(frames).toHaveLength(Number(report.facts?.messages));
        for (const { entries } of recordings)
          expect(readCassette(cassetteBytes(entries, 11), crc32)).toMatchObject({
            state: "whole",
            findings: [],
          });
      }),
    );
  });
});
