// What waits outside the order of a lane, and what lets it go.
import { describe, expect, test } from "vitest";
import { type WaitingMessage, WaitingMessages } from "../../../src/relay/lane/waiting-messages.js";

const second = 1_000_000_000;

const item = (name: number, waitsFor: WaitingMessage["waitsFor"]): WaitingMessage => ({
  bytes: [Uint8Array.of(name)],
  actions: [],
  waitsFor,
  delayMs: 0,
  holdsLane: false,
});

const names = (items: readonly WaitingMessage[]): readonly number[] =>
  items.map(({ bytes }) => bytes[0]?.[0] ?? -1);

const call = { type: "CALL", id: "1", action: "A" } as const;
const answer = { type: "CALLRESULT", id: "1", action: "A" } as const;
const messages = { kind: "messages", count: 2, only: undefined, withinMs: 1000 } as const;
const command = { kind: "command", withinMs: 5000 } as const;
const time = { kind: "time", withinMs: 500 } as const;
const ownCall = { kind: "own-call" } as const;

describe("what waits goes", () => {
  test("behind so many messages of its own direction", () => {
    const parking = new WaitingMessages("cp-to-csms", 10_000);
    parking.add(item(1, messages), 0);
    parking.add(item(2, { ...messages, count: 1, only: "CALL" }), 0);
    expect(names(parking.passed("csms-to-cp", call))).toEqual([]);
    expect(names(parking.passed("cp-to-csms", answer))).toEqual([]);
    expect(names(parking.passed("cp-to-csms", call))).toEqual([1, 2]);
    expect(parking.isEmpty).toBe(true);
  });

  test("behind the message that it awaits, of either direction", () => {
    const parking = new WaitingMessages("cp-to-csms", 10_000);
    const awaited = { direction: undefined, type: "CALLRESULT", action: undefined, id: undefined } as const;
    parking.add(item(1, { kind: "message", awaited, withinMs: 1000 }), 0);
    expect(names(parking.passed("csms-to-cp", call))).toEqual([]);
    expect(names(parking.passed("csms-to-cp", answer))).toEqual([1]);
  });

  test("when its time is up, a CALL of our own that is open apart", () => {
    const parking = new WaitingMessages("cp-to-csms", 10_000);
    parking.add(item(1, command), 0);
    parking.add(item(2, time), 0);
    parking.add(item(3, ownCall), 0);
    expect(parking.nextAt()).toBe(second / 2);
    expect(names(parking.due(second / 2))).toEqual([2]);
    expect(names(parking.due(100 * second))).toEqual([1]);
    expect(parking.nextAt()).toBeUndefined();
    expect(names(parking.afterOwnCall())).toEqual([3]);
  });

  test("by a command, what only waits for its time or for our CALL apart", () => {
    const parking = new WaitingMessages("cp-to-csms", 10_000);
    for (const [i, what] of [command, time, ownCall, messages].entries()) parking.add(item(i, what), 0);
    expect(parking.heldBack).toBe(3);
    expect(names(parking.released())).toEqual([0, 3]);
    expect(names(parking.all())).toEqual([1, 2]);
  });

  test("when too much waits, the oldest first", () => {
    const parking = new WaitingMessages("cp-to-csms", 300);
    expect(names(parking.add(item(1, command), 0))).toEqual([]);
    expect(names(parking.add(item(2, command), 0))).toEqual([]);
    expect(names(parking.add(item(3, command), 0))).toEqual([1]);
    const large = { ...item(4, command), bytes: [Uint8Array.of(4), new Uint8Array(1000)] };
    expect(names(parking.add(large, 0))).toEqual([2, 3, 4]);
    expect(parking.isEmpty).toBe(true);
  });
});
