import { expect, test } from "vitest";
import { dropPing } from "../../../../src/rules/faults/frame/drop-ping.js";
import { meet } from "../../../support/worlds/frame-fault.js";
import { collector, plainValue } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';

test("pings are dropped, and everything else is forwarded", () => {
  const { wire, recorded } = meet(
    "{ drop-ping: {} }",
    "charger",
    `text ${hi}`,
    "ping a",
    "pong b",
    "begin x",
    "ping c",
    "rest y",
  );
  expect(wire).toEqual([
    `fin op 1 masked 7:15 ${hi}`,
    "fin op 10 masked 7:1 b",
    "more op 1 masked 7:1 x",
    "fin op 0 masked 7:1 y",
  ]);
  expect(recorded).toEqual(["drop-ping dropped", "drop-ping dropped"]);
});

test("the cassette records dropped pings with their ordinals", () => {
  const { decisions } = meet("{ drop-ping: {} }", "csms", "ping a", "ping b");
  expect(decisions).toMatchObject([
    { type: "ping", action: null, ordinal: 1, direction: "csms-to-cp", sent: [] },
    { type: "ping", ordinal: 2 },
  ]);
});

test("drop-ping reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(dropPing.read(plainValue({}), report)).toEqual({});
  expect(said).toEqual([]);
  for (const wrong of [{ x: 1 }, 7]) dropPing.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
