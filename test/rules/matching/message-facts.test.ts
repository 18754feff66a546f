import { describe, expect, test } from "vitest";
import { type AskedPath, AskedPaths } from "../../../src/rules/matching/asked-paths.js";
import { AskedMessage } from "../../../src/rules/matching/message-facts.js";
import { FollowedStation } from "../../../src/rules/matching/station-state.js";
import { ruledMessage } from "../sample.js";

const paths = new AskedPaths();
const path = (pointer: string): AskedPath =>
  paths.of({ pointer, steps: pointer.slice(1).split("/"), tests: [] });

const asked = (text: string, at = 0) => {
  const message = ruledMessage(text, { at });
  let parsed = 0;
  const payload = (): unknown => {
    parsed++;
    return message.payload();
  };
  const station = new FollowedStation();
  const surroundings = { startedWallMs: 5000, stateOf: () => station };
  return {
    facts: new AskedMessage({ ...message, payload }, 1_000_000, surroundings),
    parsed: () => parsed,
    station,
  };
};

describe("the facts of a message", () => {
  test("tell what it is, its age and its time", () => {
    const { facts, station } = asked('[2,"1","Heartbeat",{}]', 3_000_000);
    expect(facts).toMatchObject({
      identity: "CP1",
      direction: "cp-to-csms",
      version: "1.6",
      type: "CALL",
      action: "Heartbeat",
      connection: 1,
      age: 2_000_000,
      wall: 5003,
    });
    expect(facts.state()).toBe(station);
  });

  test("parse the payload when it is asked for, and once", () => {
    const { facts, parsed } = asked('[2,"1","A",{"x":{"y":[1,null]}}]');
    expect(parsed()).toBe(0);
    expect(facts.valueAt(path("/x/y/0"))).toEqual({ found: true, value: 1 });
    expect(facts.valueAt(path("/x/y/1"))).toEqual({ found: true, value: null });
    expect(facts.valueAt(path("/x/z"))).toEqual({ found: false, value: undefined });
    expect(facts.valueAt(path("/x/y/0"))).toEqual({ found: true, value: 1 });
    expect(facts.payload()).toEqual({ x: { y: [1, null] } });
    expect(parsed()).toBe(1);
  });

  test("know every pointer, however many are asked", () => {
    const { facts } = asked(`[2,"1","A",${JSON.stringify(Array.from({ length: 50 }, (_, i) => i))}]`);
    for (const round of [1, 2])
      for (let i = 0; i < 50; i++) expect([round, facts.valueAt(path(`/${i}`)).value]).toEqual([round, i]);
  });

  test("have no value where there is no payload", () => {
    const message = ruledMessage('[2,"1","A",{}]', { payload: () => undefined });
    const surroundings = { startedWallMs: 0, stateOf: () => new FollowedStation() };
    const facts = new AskedMessage(message, 0, surroundings);
    expect(facts.payload()).toBeUndefined();
    expect(facts.valueAt(path("/x")).found).toBe(false);
  });
});
