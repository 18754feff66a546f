import { expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import { MessageNames } from "../../../src/relay/messages/message-names.js";
import type { GateControls, SendOutcome } from "../../../src/relay/own/gate-controls.js";
import { OwnMessages, ownMessagesTimer } from "../../../src/relay/own/own-messages.js";
import type { RelayCommand } from "../../../src/relay/protocol.js";
import { ruledMessage } from "../../rules/sample.js";

const call = {
  kind: "inject",
  direction: "csms-to-cp",
  payload: utf8('[2,"own","Reset",{}]'),
  isText: true,
  when: "idle",
  by: "someone",
} as const;

const withLanes = (outcome: SendOutcome) => {
  const did: string[] = [];
  const lane = (name: string): GateControls => ({
    sendOwn: () => {
      did.push(`${name} sends`);
      return outcome;
    },
    messageSent: () => did.push(`${name} looks for waiting messages`),
    release: (what) => did.push(`${name} releases ${what}`),
  });
  const lanes = { "cp-to-csms": lane("up"), "csms-to-cp": lane("down") };
  return { own: new OwnMessages(1, lanes, new MessageNames()), did, out: [] as RelayCommand[] };
};

test("a message of the operator is recorded, and a timer bounds the wait for its answer", () => {
  const { own, did, out } = withLanes("sent");
  own.injectForOperator(call, 0, out);
  own.setTimer(0, out);
  expect(did).toEqual(["down sends"]);
  expect(out).toMatchObject([
    { kind: "record", entry: { kind: "injected", by: "someone" } },
    { kind: "timer", id: ownMessagesTimer, ms: 30_000 },
  ]);
});

test("a message that cannot be sent leaves a note on the cassette", () => {
  const { own, out } = withLanes("never");
  own.injectForOperator({ ...call, when: "now" }, 0, out);
  expect(out).toMatchObject([{ kind: "record", entry: { kind: "note", code: "not-injected" } }]);
});

test("both lanes release what waits, for the operator and after a message", () => {
  const { own, did, out } = withLanes("sent");
  own.release(0, out);
  own.messageSent(ruledMessage('[2,"1","A",{}]'), 0, out);
  expect(did).toEqual([
    "up releases command",
    "down releases command",
    "up looks for waiting messages",
    "down looks for waiting messages",
  ]);
});
