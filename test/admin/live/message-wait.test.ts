// Waiting for messages ends when enough have come, when the time is over, or when nobody waits any more.
import { expect, test } from "vitest";
import { LiveBook } from "../../../src/admin/live/live-book.js";
import { readFilter } from "../../../src/admin/live/message-filter.js";
import { waitForMessages } from "../../../src/admin/live/message-wait.js";
import { startClock } from "../../../src/io/platform/clock.js";

const everything = readFilter(new URLSearchParams());

test("a wait ends when its caller leaves, and listens no more", async () => {
  const book = new LiveBook(startClock());
  const gone = new AbortController();
  const waiting = waitForMessages(
    book,
    { filter: everything, count: 1, timeoutMs: 60_000, since: undefined },
    gone.signal,
  );
  gone.abort();
  expect(await waiting).toEqual({ isEnough: false, messages: [], nearMisses: [], seen: 0 });
});

test("a wait is over with its time", async () => {
  const book = new LiveBook(startClock());
  const { signal } = new AbortController();
  const waited = await waitForMessages(
    book,
    { filter: everything, count: 1, timeoutMs: 1, since: 0 },
    signal,
  );
  expect(waited.isEnough).toBe(false);
});
