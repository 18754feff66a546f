// Upgrades that come back, and others that only look so.
import { expect, test } from "vitest";
import { LoopWatch } from "../../../src/io/proxy/loop-watch.js";

test("a key that comes back from a port of ours is a loop while it waits", () => {
  const loops = new LoopWatch();
  const outgoing = loops.begin("a key");
  expect(loops.isLoop("a key", 50_000)).toBe(false);
  outgoing.dialled(50_000);
  expect(loops.isLoop("a key", 50_000)).toBe(true);
  expect(loops.isLoop("another", 50_000)).toBe(false);
  outgoing.over();
  expect(loops.isLoop("a key", 50_000)).toBe(false);
});

test("chargers with one key for ever are no loop, until a third one waits", () => {
  const loops = new LoopWatch();
  const first = loops.begin("a key");
  first.dialled(50_000);
  expect(loops.isLoop("a key", 40_000)).toBe(false);
  loops.begin("a key").dialled(50_001);
  expect(loops.isLoop("a key", 40_001)).toBe(true);
  first.over();
  expect(loops.isLoop("a key", 40_001)).toBe(false);
});

test("an upgrade without a key is never known again", () => {
  const loops = new LoopWatch();
  loops.begin(undefined).dialled(1);
  expect(loops.isLoop(undefined, 1)).toBe(false);
  expect(loops.isLoop("", 1)).toBe(false);
});

test("a plain request over a connection of ours is a loop while that is open", () => {
  const loops = new LoopWatch();
  const over = loops.leaves("127.0.0.1", 50_000);
  expect(loops.isOwn("::ffff:127.0.0.1", 50_000)).toBe(true);
  expect(loops.isOwn("192.168.1.9", 50_000)).toBe(false);
  over();
  expect(loops.isOwn("127.0.0.1", 50_000)).toBe(false);
  loops.leaves(undefined, undefined);
  expect(loops.isOwn(undefined, undefined)).toBe(false);
});
