import { expect, test } from "vitest";
import { hex } from "../../../../src/base/bytes.js";
import { oversizedControl } from "../../../../src/rules/faults/frame/oversized-control.js";
import { meet } from "../../../support/worlds/frame-fault.js";
import { collector, plainValue } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';

test("a ping of 126 bytes comes before the message", () => {
  const { wire, recorded } = meet("{ oversized-control: {} }", "charger", `text ${hi}`);
  expect(wire).toEqual([`fin op 9 masked 16:126 ${".".repeat(126)}`, `fin op 1 masked 7:15 ${hi}`]);
  expect(recorded).toEqual([
    `oversized-control preceded ping of 126 bytes | fin op 9 masked 16:126 ${".".repeat(126)} | fin op 1 masked 7:15 ${hi}`,
  ]);
});

test("an oversized close frame has a valid code", () => {
  const { world } = meet("{ oversized-control: { frame: close, size: 200 } }", "csms", `text ${hi}`);
  expect(hex(world.sentTo("charger").subarray(0, 6))).toBe("887e00c803e8");
});

test("oversized-control reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(oversizedControl.read(plainValue({}), report)).toEqual({ frame: "ping", size: 126 });
  expect(oversizedControl.read(plainValue(130), report)).toEqual({ frame: "ping", size: 130 });
  expect(said).toEqual([]);
  for (const wrong of [{ size: 125 }, { frame: "text" }]) oversizedControl.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
