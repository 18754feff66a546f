// Loops, and requests that only look like loops.
import { expect, test } from "vitest";
import { LoopWatch } from "../../../src/io/proxy/loop-watch.js";

test("an upgrade with a waiting key from a port of the proxy is a loop", () => {
  const loops = new LoopWatch();
  const outgoing = loops.trackUpgrade("a key");
  expect(loops.isLoop("a key", 50_000)).toBe(false);
  outgoing.sentFrom(50_000);
  expect(loops.isLoop("a key", 50_000)).toBe(true);
  expect(loops.isLoop("another", 50_000)).toBe(false);
  outgoing.end();
  expect(loops.isLoop("a key", 50_000)).toBe(false);
});

test("chargers that share a key are no loop, until a third one waits", () => {
  const loops = new LoopWatch();
  const first = loops.trackUpgrade("a key");
  first.sentFrom(50_000);
  expect(loops.isLoop("a key", 40_000)).toBe(false);
  loops.trackUpgrade("a key").sentFrom(50_001);
  expect(loops.isLoop("a key", 40_001)).toBe(true);
  first.end();
  expect(loops.isLoop("a key", 40_001)).toBe(false);
});

test("an upgrade without a key is never a loop", () => {
  const loops = new LoopWatch();
  loops.trackUpgrade(undefined).sentFrom(1);
  expect(loops.isLoop(undefined, 1)).toBe(false);
  expect(loops.isLoop("", 1)).toBe(false);
});

test("a plain request from an open connection of the proxy is a loop", () => {
  const loops = new LoopWatch();
  const over = loops.trackConnection("127.0.0.1", 50_000);
  expect(loops.isOwn("::ffff:127.0.0.1", 50_000)).toBe(true);
  expect(loops.isOwn("192.168.1.9", 50_000)).toBe(false);
  over();
  expect(loops.isOwn("127.0.0.1", 50_000)).toBe(false);
  loops.trackConnection(undefined, undefined);
  expect(loops.isOwn(undefined, undefined)).toBe(false);
});
