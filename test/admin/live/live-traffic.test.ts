// What is kept of live traffic, and its bounds.
import { describe, expect, test } from "vitest";
import { LiveBook } from "../../../src/admin/live/live-book.js";
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

describe("the live book", () => {
  test("keeps the last messages in number and in bytes, and goes on counting", () => {
    const book = new LiveBook(startClock(), { messages: 10, bytes: 1e6 });
    book.hear(opened(1, "CP1"), "CP1");
    for (let i = 1; i <= 35; i++) book.hear(frame(1, beat(`${i}`)), "CP1");
    expect(book.messages().map(({ id }) => Number(id))).toEqual([26, 27, 28, 29, 30, 31, 32, 33, 34, 35]);
    expect([book.firstSeq, book.lastSeq]).toEqual([26, 35]);
    const narrow = new LiveBook(startClock(), { messages: 100, bytes: 5000 });
    narrow.hear(opened(1, "CP1"), "CP1");
    for (let i = 1; i <= 20; i++) narrow.hear(frame(1, beat("x".repeat(1000))), "CP1");
    expect(narrow.messages().length).toBe(3);
    narrow.hear(frame(1, beat("x".repeat(9000))), "CP1");
    expect([narrow.messages().length, narrow.firstSeq, narrow.lastSeq]).toEqual([0, 22, 21]);
  });

  test("numbers connections over all charge points, and forgets those that are over", () => {
    const book = new LiveBook(startClock());
    for (const identity of ["A", "B"]) book.hear(opened(1, identity), identity);
    expect(book.connectionsOpen().map(({ id, opened: { identity } }) => [id, identity])).toEqual([
      ["1", "A"],
      ["2", "B"],
    ]);
    book.hear({ kind: "connection-closed", connection: 1, at: 1, ends: [] }, "A");
    expect([book.find("1"), book.find("2")?.opened.identity]).toEqual([undefined, "B"]);
    expect(book.hear(frame(1, beat("1")), "A")).toBeUndefined();
    expect(book.hear(frame(1, beat("1")), null)).toBeUndefined();
  });
});
