import { describe, expect, test } from "vitest";
import type { OutgoingMessage } from "../../../src/relay/lane/outgoing-message.js";
import { WaitingMessages } from "../../../src/relay/lane/waiting-messages.js";
import { ruledMessage } from "../../rules/sample.js";
import { outgoing } from "./sample.js";

const second = 1_000_000_000;

const item = (name: number): OutgoingMessage => outgoing({ writes: [Uint8Array.of(name)] });

const names = (items: readonly OutgoingMessage[]): readonly number[] =>
  items.map(({ writes }) => writes[0]?.[0] ?? -1);

const call = '[2,"1","A",{}]';
const up = ruledMessage(call);
const down = { direction: "csms-to-cp" } as const;
const answer = ruledMessage('[3,"1",{}]');
const messages = { kind: "messages", count: 2, only: undefined, withinMs: 1000 } as const;
const command = { kind: "command", withinMs: 5000 } as const;
const time = { kind: "time", withinMs: 500 } as const;
const ownCall = { kind: "own-call" } as const;

describe("a waiting message is released", () => {
  test("after so many messages of its own direction", () => {
    const waiting = new WaitingMessages("cp-to-csms", 10_000);
    waiting.add(item(1), messages, 0);
    waiting.add(item(2), { ...messages, count: 1, only: "CALL" }, 0);
    expect(names(waiting.takeAfter(ruledMessage(call, down)))).toEqual([]);
    expect(names(waiting.takeAfter(answer))).toEqual([]);
    expect(names(waiting.takeAfter(up))).toEqual([1, 2]);
    expect(waiting.isEmpty).toBe(true);
  });

  test("after the message that it awaits, of either direction", () => {
    const waiting = new WaitingMessages("cp-to-csms", 10_000);
    const awaited = { direction: undefined, type: "CALLRESULT", action: undefined, id: undefined } as const;
    waiting.add(item(1), { kind: "message", awaited, withinMs: 1000 }, 0);
    expect(names(waiting.takeAfter(ruledMessage(call, down)))).toEqual([]);
    expect(names(waiting.takeAfter(ruledMessage('[3,"1",{}]', down)))).toEqual([1]);
  });

  test("when its time is over, except where it waits for the answer to our own CALL", () => {
    const waiting = new WaitingMessages("cp-to-csms", 10_000);
    waiting.add(item(1), command, 0);
    waiting.add(item(2), time, 0);
    waiting.add(item(3), ownCall, 0);
    expect(waiting.nextAtNs()).toBe(second / 2);
    expect(names(waiting.takeDue(second / 2))).toEqual([2]);
    expect(names(waiting.takeDue(100 * second))).toEqual([1]);
    expect(waiting.nextAtNs()).toBeUndefined();
    expect(names(waiting.takeReleased("own-call"))).toEqual([3]);
  });

  test("by the operator, except where it only waits for its time or for our own CALL", () => {
    const waiting = new WaitingMessages("cp-to-csms", 10_000);
    for (const [i, what] of [command, time, ownCall, messages].entries()) waiting.add(item(i), what, 0);
    expect(waiting.heldBack).toBe(3);
    expect(names(waiting.takeReleased("command"))).toEqual([0, 3]);
    expect(names(waiting.takeAll())).toEqual([1, 2]);
  });

  test("when too much waits, the oldest first", () => {
    const waiting = new WaitingMessages("cp-to-csms", 300);
    expect(names(waiting.add(item(1), command, 0))).toEqual([]);
    expect(names(waiting.add(item(2), command, 0))).toEqual([]);
    expect(names(waiting.add(item(3), command, 0))).toEqual([1]);
    const large = outgoing({ writes: [Uint8Array.of(4), new Uint8Array(1000)] });
    expect(names(waiting.add(large, command, 0))).toEqual([2, 3, 4]);
    expect(waiting.isEmpty).toBe(true);
  });
});
