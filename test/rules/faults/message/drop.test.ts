import { expect, test } from "vitest";
import { drop } from "../../../../src/rules/faults/message/drop.js";
import { collector, plainValue, ruledMessage, textFrame } from "../../sample.js";

test("drop leaves no copy and needs no draw", () => {
  const copies = [textFrame("[2]").raw, textFrame("[2]").raw];
  expect(drop.apply({}, { message: ruledMessage("[2]"), copies, draw: () => 0 })).toEqual({
    outcome: "dropped",
    copies: [],
    draw: null,
  });
  expect(drop.final).toBe(true);
});

test("drop has no settings", () => {
  const { report, said } = collector();
  expect(drop.read(plainValue({}), report)).toEqual({});
  expect(drop.read(plainValue("now"), report)).toBeUndefined();
  drop.read(plainValue({ times: 1 }), report);
  expect(said).toHaveLength(2);
});
