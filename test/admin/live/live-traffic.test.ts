// The live traffic of a run: its open connections and last messages, within bounds.
import { describe, expect, test } from "vitest";
import { LiveTraffic } from "../../../src/admin/live/live-traffic.js";
import { startClock } from "../../../src/io/platform/clock.js";
import { beat, up } from "../../support/worlds/admin-talk.js";

const opened = (connection: number, identity: string) =>
  ({
    kind: "connection-opened",
    connection,
    ordinal: connection,
    at: 0,
    identity,
    from: null,
    url: null,
    subprotocol: null,
    request: null,
    response: null,
  }) as const;

const frame = (connection: number, text: string) =>
  ({
    kind: "frame",
    connection,
    direction: "cp-to-csms",
    rx: 5,
    tx: 5,
    seen: 0,
    raw: up(text),
  }) as const;

describe("live traffic", () => {
  test("live traffic keeps the last messages, bounded in number and bytes, and goes on counting", () => {
    const traffic = new LiveTraffic(startClock(), { messages: 10, bytes: 1e6 });
    traffic.add(opened(1, "CP1"), "CP1");
    for (let i = 1; i <= 35; i++) traffic.add(frame(1, beat(`${i}`)), "CP1");
    expect(traffic.messages().map(({ id }) => Number(id))).toEqual([26, 27, 28, 29, 30, 31, 32, 33, 34, 35]);
    expect([traffic.firstSeq, traffic.lastSeq]).toEqual([26, 35]);
    const narrow = new LiveTraffic(startClock(), { messages: 100, bytes: 5000 });
    narrow.add(opened(1, "CP1"), "CP1");
    for (let i = 1; i <= 20; i++) narrow.add(frame(1, beat("x".repeat(1000))), "CP1");
    expect(narrow.messages().length).toBe(3);
    narrow.add(frame(1, beat("x".repeat(9000))), "CP1");
    expect([narrow.messages().length, narrow.firstSeq, narrow.lastSeq]).toEqual([0, 22, 21]);
  });

  test("live traffic numbers the connections of all charge points, and forgets closed ones", () => {
    const traffic = new LiveTraffic(startClock());
    for (const identity of ["A", "B"]) traffic.add(opened(1, identity), identity);
    expect(traffic.openConnections().map(({ id, opened: { identity } }) => [id, identity])).toEqual([
      ["1", "A"],
      ["2", "B"],
    ]);
    traffic.add({ kind: "connection-closed", connection: 1, at: 1, ends: [] }, "A");
    expect([traffic.find("1"), traffic.find("2")?.opened.identity]).toEqual([undefined, "B"]);
    expect(traffic.add(frame(1, beat("1")), "A")).toBeUndefined();
    expect(traffic.add(frame(1, beat("1")), null)).toBeUndefined();
  });
});
