// Logs of frames: whatever a line's text is, it comes out as it went in.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { text } from "../../../src/base/bytes.js";
import type { Entry, FrameEntry } from "../../../src/cassette/format/entry.js";
import { importFrames } from "../../../src/cassette/formats/frames.js";
import type { Imported } from "../../../src/cassette/message-recording.js";
import { payloadOf, readFrame } from "../../../src/wire/websocket/frame.js";
import { linesOf, sample, shared } from "../../support/cassettes/samples.js";

const context = { salt: () => 7, wall: "2026-01-01T00:00:00.000Z", tool: "test" };
const read = (lines: readonly object[]): Imported =>
  importFrames(
    lines.map((line) => JSON.stringify(line)),
    "file",
    context,
  );
const framesOf = (entries: readonly Entry[] = []): readonly FrameEntry[] =>
  entries.filter((entry) => entry.kind === "frame");
const textOf = ({ raw }: FrameEntry): string => text(payloadOf(readFrame(raw)!));
const ways = (imported: Imported): readonly string[] =>
  framesOf(imported.recordings[0]?.entries).map(({ direction }) => direction);

const up = "cp->csms";
const down = "csms->cp";

describe("importFrames", () => {
  test("keeps any text as it was", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (texts) => {
        const { recordings } = read(texts.map((raw) => ({ dir: up, raw })));
        expect(framesOf(recordings[0]?.entries).map(textOf)).toEqual(
          texts.map((raw) => raw.replace(/\p{Surrogate}/gu, "\ufffd")),
        );
      }),
    );
  });

  test("makes one recording a session, in order, with what the lines tell of it", () => {
    const { recordings } = read([
      { session: "a", dir: up, raw: "1", chargePointId: "CP1", ocpp: "2.0.1" },
      { session: "b", dir: up, raw: "2" },
      { session: "a", dir: down, raw: "3" },
    ]);
    expect(recordings.map(({ name }) => name)).toEqual(["a", "b"]);
    const [first, second] = recordings.map(({ entries }) =>
      entries.find((entry) => entry.kind === "connection-opened"),
    );
    expect(first).toMatchObject({ identity: "CP1", subprotocol: "ocpp2.0.1", request: null });
    expect(second).toMatchObject({ identity: "b", subprotocol: "ocpp1.6" });
    expect(framesOf(recordings[0]?.entries).map((entry) => [textOf(entry), entry.seen])).toEqual([
      ["1", 0],
      ["3", 1],
    ]);
    expect(recordings[0]?.entries.map(({ kind }) => kind)).toEqual([
      "session",
      "checkpoint",
      "connection-opened",
      "frame",
      "frame",
      "end",
    ]);
    expect(recordings[0]?.entries[0]).toMatchObject({
      capture: "messages",
      salt: 7,
      source: "import frames",
    });
  });

  test("finds the direction of a line that does not know it", () => {
    const unknown = (raw: string): object => ({ dir: "unknown", raw });
    const lines = [
      '[2,"1","Heartbeat",{}]',
      '[3,"1",{}]',
      '[2,"1","Reset",{}]',
      '[3,"1",{}]',
      '[3,"9",{}]',
      "junk",
      '[2,"2","Mine",{}]',
    ];
    expect(ways(read(lines.map(unknown)))).toEqual([
      "cp-to-csms",
      "csms-to-cp",
      "csms-to-cp",
      "cp-to-csms",
      "cp-to-csms",
      "cp-to-csms",
      "cp-to-csms",
    ]);
  });

  test("believes a line that knows its direction, under any of its names", () => {
    const lines = ["cp>csms", "csms-to-cp", "cs-to-csms", down].map((dir) => ({
      dir,
      raw: '[2,"1","Reset",{}]',
    }));
    expect(ways(read(lines))).toEqual(["cp-to-csms", "csms-to-cp", "cp-to-csms", "csms-to-cp"]);
  });

  test("keeps times as they stood and counts from the first", () => {
    const times = ["2025-09-08 11:06:56,036", "2025-09-08T11:06:57.036Z", "nonsense", null, "11:07:00"];
    const { recordings } = read(times.map((time) => ({ dir: up, raw: "x", time })));
    const frames = framesOf(recordings[0]?.entries);
    expect(frames.map(({ rx }) => rx)).toEqual([0, 1e9, null, null, null]);
    expect(frames.map(({ loggedAt }) => loggedAt ?? null)).toEqual(times);
    expect(recordings[0]?.entries[0]).toMatchObject({ startedAt: "2025-09-08T11:06:56.036Z" });
  });

  test("reads times that are numbers", () => {
    const { recordings } = read(
      [1_700_000_000, 1_700_000_001_500].map((time) => ({ dir: up, raw: "x", time })),
    );
    expect(framesOf(recordings[0]?.entries).map(({ rx, loggedAt }) => [rx, loggedAt])).toEqual([
      [0, "1700000000"],
      [1.5e9, "1700000001500"],
    ]);
  });

  test("says where a text could not be kept", () => {
    const { recordings } = read([{ dir: up, raw: "\ud800" }]);
    expect(recordings[0]?.entries.find((entry) => entry.kind === "note")).toMatchObject({
      code: "not-utf-8",
    });
  });

  test("tells the lines that are none", () => {
    const { report } = importFrames(
      ["", "{", '{"dir":"x","raw":""}', '{"dir":"cp>csms"}', '{"raw":"x"}', "7"],
      "f",
      context,
    );
    expect(report).toMatchObject({ taken: 0, notUnderstood: 5 });
    expect(report.examples.map(({ line }) => line)).toEqual([2, 3, 4]);
  });

  test("keeps every frame of the collection of quirks", () => {
    const lines = linesOf(sample("quirk-frames.ndjson"));
    const { recordings } = importFrames(lines, "quirks", context);
    const wanted = lines.map((line) => (JSON.parse(line) as { raw: string }).raw);
    expect(framesOf(recordings[0]?.entries).map(textOf)).toEqual(wanted);
  });

  const logs = ["corpus/public.ndjson", "corpus/public-2.ndjson"].flatMap((path) => shared(path) ?? []);
  test.runIf(logs.length > 0).each(logs)("keeps every frame of %s", (path) => {
    const lines = linesOf(readFileSync(path, "utf8"));
    const { recordings, report } = importFrames(lines, "x", context);
    expect(report.taken).toBe(lines.length);
    const got = new Map(recordings.map(({ name, entries }) => [name, framesOf(entries).map(textOf)]));
    const wanted = lines.map((line) => JSON.parse(line) as { raw: string; session: string });
    for (const { raw, session } of wanted) expect(got.get(session)?.shift()).toBe(raw);
  });
});
