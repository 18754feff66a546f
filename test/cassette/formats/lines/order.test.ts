// Logs that are written newest first.
import { expect, test } from "vitest";
import { isNewestFirst } from "../../../../src/cassette/formats/lines/order.js";

const call = (id: string, ns?: bigint) => ({ text: `[2,"${id}","Heartbeat",{}]`, ns });
const answer = (id: string, ns?: bigint) => ({ text: `[3,"${id}",{}]`, ns });

test("falling times and answers before their CALLs tell it, each alone", () => {
  expect(isNewestFirst([call("1", 2n), call("2", 1n)])).toBe(true);
  expect(isNewestFirst([answer("1"), call("1")])).toBe(true);
  expect(isNewestFirst([call("1"), answer("1")])).toBe(false);
  expect(isNewestFirst([call("1", 1n), call("2", 2n)])).toBe(false);
});

test("a clock that was set back once and an id for everything turn nothing round", () => {
  expect(isNewestFirst([call("1", 5n), answer("1", 6n), call("2", 1n), answer("2", 2n)])).toBe(false);
  expect(isNewestFirst([call("1"), answer("1"), call("1"), answer("1")])).toBe(false);
  expect(isNewestFirst([])).toBe(false);
});
