import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import { relayLimits } from "../../../src/relay/connection/connection.js";
import { laneMaker } from "../../../src/relay/connection/lane-maker.js";
import { OwnMessages } from "../../../src/relay/own/own-messages.js";
import type { RelayCommand } from "../../../src/relay/protocol.js";
import { createDecider } from "../../../src/rules/deciding/decide.js";
import { LiveRules } from "../../../src/rules/deciding/live-rules.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { ruleSet } from "../../rules/sample.js";

const nothing = (): undefined => undefined;

/** What a lane of these rules does with half a frame: a tap lets it go, a gate does not. */
const passesHalf = (rules: LiveRules | undefined): boolean => {
  const own = new OwnMessages({ connection: 1, isOver: () => false, wakeLanes: nothing });
  const decider = rules === undefined ? undefined : createDecider(rules, 1);
  const common = { identity: "CP1", ordinal: 1, limits: relayLimits, close: nothing, perform: nothing };
  const frames = { "cp-to-csms": 0, "csms-to-cp": 0 };
  const lane = laneMaker({ ...common, rules: decider, own })({
    connection: 1,
    direction: "csms-to-cp",
    to: "charger",
    maxFrame: 1000,
    frames,
    other: "cp-to-csms",
  });
  const out: RelayCommand[] = [];
  lane.bytes(encodeFrame({ opcode: 1, payload: utf8("hello") }).subarray(0, 3), 0, out);
  return out.some(({ kind }) => kind === "write");
};

describe("a lane", () => {
  test("is a tap where no rule can touch it, and a gate where one can", () => {
    expect(passesHalf(undefined)).toBe(true);
    expect(passesHalf(LiveRules.armed(ruleSet("{ id: a, when: { identity: X }, then: [ drop: ] }")))).toBe(
      true,
    );
    expect(passesHalf(LiveRules.armed(ruleSet("{ id: a, then: [ drop: ] }")))).toBe(false);
  });

  test("listens where rules may come to life", () => {
    expect(passesHalf(new LiveRules({ mayChange: true }))).toBe(true);
  });
});
