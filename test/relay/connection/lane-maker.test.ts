import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import { createRelay } from "../../../src/relay/connection/connection.js";
import { relayLimits } from "../../../src/relay/limits.js";
import { createDecider } from "../../../src/rules/deciding/decide.js";
import { LiveRules } from "../../../src/rules/deciding/live-rules.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { ruleSet } from "../../rules/sample.js";

/** Whether a lane with these rules forwards half a frame at once, as a tap does and a gate does not. */
const isTap = (rules: LiveRules | undefined): boolean => {
  const decider = rules === undefined ? undefined : createDecider(rules, 1);
  const common = { connection: 1, identity: "CP1", ordinal: 1, limits: relayLimits };
  const chunk = encodeFrame({ opcode: 1, payload: utf8("hello") }).subarray(0, 3);
  const commands = createRelay({ ...common, rules: decider }).handle({
    kind: "bytes",
    from: "csms",
    atNs: 0,
    chunk,
  });
  return commands.some(({ kind }) => kind === "write");
};

describe("a lane", () => {
  test("is a tap where no rule can touch it, and a gate where one can", () => {
    expect(isTap(undefined)).toBe(true);
    expect(isTap(LiveRules.armed(ruleSet("{ id: a, when: { identity: X }, then: [ drop: ] }")))).toBe(true);
    expect(isTap(LiveRules.armed(ruleSet("{ id: a, then: [ drop: ] }")))).toBe(false);
  });

  test("begins as a tap where rules may still be armed", () => {
    expect(isTap(new LiveRules({ mayChange: true }))).toBe(true);
  });
});
