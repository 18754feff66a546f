import { expect, test } from "vitest";
import { wrongPong } from "../../../../src/rules/faults/frame/wrong-pong.js";
import { meet } from "../../../support/worlds/frame-fault.js";
import { collector, plainValue, ruledMessage } from "../../sample.js";

test("a pong gets other bytes of the same number, and pings are not changed", () => {
  const { world, wire, recorded } = meet("{ wrong-pong: {} }", "csms", "pong abcd", "ping p");
  expect(wire).toHaveLength(2);
  expect(wire[0]).toMatch(/^fin op 10 7:4 /);
  expect(wire[0]).not.toBe("fin op 10 7:4 abcd");
  expect(wire[1]).toBe("fin op 9 7:1 p");
  expect(recorded).toHaveLength(1);
  expect(recorded[0]).toContain("wrong-pong altered 4 bytes | fin op 10 7:4 ");
  expect(world.ended.charger).toBeUndefined();
});

test("a pong to an empty ping gets some bytes", () => {
  expect(meet("{ wrong-pong: {} }", "charger", "pong ").wire[0]).toMatch(/^fin op 10 masked 7:4 /);
});

test("a pong changes even if the random bytes equal the old ones", () => {
  const input = { message: ruledMessage("[2]"), copies: [Uint8Array.of(0x8a, 1, 0)], draw: () => 0 };
  expect(wrongPong.apply({}, input).copies).toEqual([Uint8Array.of(0x8a, 1, 0xff)]);
  expect(wrongPong.apply({}, { ...input, copies: [] }).outcome).toBe("not applied: there is no pong");
});

test("wrong-pong reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(wrongPong.read(plainValue({}), report)).toEqual({});
  expect(said).toEqual([]);
  for (const wrong of [{ x: 1 }, 7]) wrongPong.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
