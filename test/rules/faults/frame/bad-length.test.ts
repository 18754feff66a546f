import { expect, test } from "vitest";
import { hex } from "../../../../src/base/bytes.js";
import { badLength } from "../../../../src/rules/faults/frame/bad-length.js";
import { meet } from "../../../support/worlds/frame-fault.js";
import { collector, plainValue } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';

test("the header declares more bytes than the payload has", () => {
  const { wire, recorded } = meet("{ bad-length: {} }", "csms", `text ${hi}`);
  expect(wire).toEqual([`fin op 1 7:25 ${hi}`]);
  expect(recorded).toEqual([`bad-length misdeclared more by 10 | fin op 1 7:25 ${hi}`]);
});

test("the header declares fewer bytes than the payload has, and the rest comes where the next frame should start", () => {
  const { wire, recorded } = meet("{ bad-length: { declared: less, by: 2 } }", "csms", `text ${hi}`);
  expect(wire).toEqual([`fin op 1 7:13 [2,"1","Hi",{`, `more rsv 7 op 13 7:93`]);
  expect(recorded).toEqual([
    `bad-length misdeclared less by 2 | fin op 1 7:13 [2,"1","Hi",{ | more rsv 7 op 13 7:93`,
  ]);
});

test("the header declares 2^63, whose highest bit is set", () => {
  const { wire, recorded } = meet("{ bad-length: 2^63 }", "csms", `text ${hi}`);
  expect(wire).toEqual([`fin op 1 64:9223372036854776000 ${hi}`]);
  expect(recorded).toEqual([`bad-length misdeclared 2^63 | fin op 1 64:9223372036854776000 ${hi}`]);
});

test("messages after a bad length are not changed", () => {
  const { world } = meet("{ bad-length: less }", "charger", `text ${hi}`, "ping p");
  expect(hex(world.sentTo("csms"))).toMatch(/898101020304..$/);
});

test("an empty frame cannot declare fewer bytes", () => {
  const { wire, recorded, decisions } = meet("{ bad-length: less }", "csms", "text ");
  expect(recorded).toEqual([`bad-length not applied: its last frame is empty | ${wire.join(" | ")}`]);
  expect(decisions[0]?.sent).toEqual([decisions[0]?.original]);
});

test("bad-length reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(badLength.read(plainValue({}), report)).toEqual({ declared: "more", by: 10 });
  expect(badLength.read(plainValue("2^63"), report)).toEqual({ declared: "2^63", by: 10 });
  expect(said).toEqual([]);
  for (const wrong of [{ by: 0 }, "fewer"]) badLength.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
