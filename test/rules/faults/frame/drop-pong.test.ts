import { expect, test } from "vitest";
import { dropPong } from "../../../../src/rules/faults/frame/drop-pong.js";
import { meet } from "../../../support/worlds/frame-fault.js";
import { collector, plainValue } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';

test("pongs are dropped, and everything else is forwarded", () => {
  const { wire, recorded } = meet(
    "{ drop-pong: {} }",
    "charger",
    `text ${hi}`,
    "pong a",
    "ping b",
    "begin x",
    "pong c",
    "rest y",
  );
  expect(wire).toEqual([
    `fin op 1 masked 7:15 ${hi}`,
    "fin op 9 masked 7:1 b",
    "more op 1 masked 7:1 x",
    "fin op 0 masked 7:1 y",
  ]);
  expect(recorded).toEqual(["drop-pong dropped", "drop-pong dropped"]);
});

test("the cassette records dropped pongs with their ordinals", () => {
  const { decisions } = meet("{ drop-pong: {} }", "csms", "pong a", "pong b");
  expect(decisions).toMatchObject([
    { type: "pong", action: null, ordinal: 1, direction: "csms-to-cp", sent: [] },
    { type: "pong", ordinal: 2 },
  ]);
});

test("drop-pong reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(dropPong.read(plainValue({}), report)).toEqual({});
  expect(said).toEqual([]);
  for (const wrong of [{ x: 1 }, 7]) dropPong.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
