import { expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import type { Desk } from "../../../src/relay/own/gate-controls.js";
import { OwnMessages, ownMessagesTimer } from "../../../src/relay/own/own-messages.js";
import type { RelayCommand } from "../../../src/relay/protocol.js";

const call = {
  kind: "inject",
  direction: "csms-to-cp",
  payload: utf8('[2,"own","Reset",{}]'),
  isText: true,
  when: "idle",
  by: "someone",
} as const;

const withDesk = (answer: "sent" | "later" | "never") => {
  const told: string[] = [];
  const own = new OwnMessages({ connection: 1, isOver: () => false, wakeLanes: () => told.push("woken") });
  const desk = {
    inject: () => {
      told.push("injected");
      return answer;
    },
    free: (what: string) => told.push(`free ${what}`),
    passed: () => told.push("passed"),
  } as unknown as Desk;
  own.enter("csms-to-cp", desk);
  return { own, told, out: [] as RelayCommand[] };
};

test("a person's message wakes the lanes, stands on the cassette, and its CALL is waited for", () => {
  const { own, told, out } = withDesk("sent");
  own.byHand(call, 0, out);
  own.setTimer(0, out);
  expect([own.wanted, told]).toEqual([1, ["woken", "injected"]]);
  expect(out).toMatchObject([
    { kind: "record", entry: { kind: "injected", by: "someone" } },
    { kind: "timer", id: ownMessagesTimer, ms: 30_000 },
  ]);
});

test("what cannot be sent is told on the cassette", () => {
  const { own, out } = withDesk("never");
  own.byHand({ ...call, when: "now" }, 0, out);
  expect(out).toMatchObject([{ kind: "record", entry: { kind: "note", code: "not-injected" } }]);
});

test("a person lets go what is held, and what passes is told to the gates once something waits for it", () => {
  const { own, told, out } = withDesk("sent");
  own.release(0, out);
  own.passed("cp-to-csms", { type: "CALL", id: "1", action: "A" }, 0, out);
  expect(told).toEqual(["free command"]);
  own.parks();
  own.passed("cp-to-csms", { type: "CALL", id: "1", action: "A" }, 0, out);
  expect(told).toEqual(["free command", "passed"]);
});
