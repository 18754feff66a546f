// A wait for messages ends when the time is over or when its caller has left.
import { expect, test } from "vitest";
import { LiveTraffic } from "../../../src/admin/live/live-traffic.js";
import { waitForMessages } from "../../../src/admin/live/message-wait.js";
import { startClock } from "../../../src/io/platform/clock.js";

test("a wait ends when its caller leaves", async () => {
  const traffic = new LiveTraffic(startClock());
  const gone = new AbortController();
  const waiting = waitForMessages(
    traffic,
    { conditions: [], count: 1, timeoutMs: 60_000, since: undefined },
    gone.signal,
  );
  gone.abort();
  expect(await waiting).toEqual({ isEnough: false, messages: [], nearMisses: [], seen: 0 });
});

test("a wait ends with too few messages when its time is over", async () => {
  const traffic = new LiveTraffic(startClock());
  const { signal } = new AbortController();
  const waited = await waitForMessages(traffic, { conditions: [], count: 1, timeoutMs: 1, since: 0 }, signal);
  expect(waited.isEnough).toBe(false);
});
