// A cassette that is stopped and started: what goes on it, and what is only heard.
import { expect, test } from "vitest";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { StoppableCassette } from "../../../src/io/cassette/stoppable-cassette.js";
import { startClock } from "../../../src/io/platform/clock.js";

const frame = (raw: Uint8Array): Entry => ({
  kind: "frame",
  connection: 1,
  direction: "cp-to-csms",
  rx: 0,
  tx: 0,
  seen: 0,
  raw,
});

test("what is left out is heard and counted; ends of connections, notes and markers stay on the cassette", async () => {
  const [written, heard]: [Entry[], Entry[]] = [[], []];
  const cassette = new StoppableCassette({
    identity: "CP1",
    writer: {
      write: (entry) => void written.push(entry),
      flush: () => Promise.resolve(),
      path: "p",
      get entries() {
        return written.length;
      },
    },
    clock: startClock(),
    listen: (entry) => heard.push(entry),
  });
  cassette.start("me");
  cassette.stop("me");
  cassette.stop("you");
  for (const length of [3, 4]) cassette.record(frame(new Uint8Array(length)));
  cassette.record({ kind: "connection-closed", connection: 1, at: 0, ends: [] });
  cassette.mark("here");
  expect(cassette.isRecording).toBe(false);
  cassette.start("me");
  cassette.end();
  expect(written.map(({ kind }) => kind)).toEqual(["note", "connection-closed", "marker", "gap", "note"]);
  expect(written[3]).toMatchObject({ entries: 2, octets: 7, why: "recording was stopped by me" });
  expect(heard).toHaveLength(7);
  expect([cassette.path, cassette.entries, cassette.nextConnection(), cassette.nextConnection()]).toEqual([
    "p",
    5,
    1,
    2,
  ]);
  await cassette.flush();
});
