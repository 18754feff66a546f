import { expect, test } from "vitest";
import { replacement } from "../../../../src/ocpp/json/edits.js";
import { changeValues } from "../../../../src/rules/faults/edit/payload-place.js";
import { ruledMessage, textFrame } from "../../sample.js";
import { textOf } from "../trial.js";

const message = '[2,"1","A",{"a":[1,2],"b":"x"}]';
const words = { done: "zeroed", none: "there is no number" };

const change = (pointer: string | undefined, drawn = 0) => {
  const place = pointer === undefined ? undefined : { pointer, steps: pointer.split("/").slice(1) };
  const made = changeValues(
    place,
    { message: ruledMessage(message), copies: [textFrame(message).raw], draw: () => drawn },
    ({ node }) => (typeof node.value === "number" ? replacement(node, "0") : undefined),
    words,
  );
  return [made.outcome, made.draw, made.copies.map(textOf)[0]];
};

test("all values at a place are changed, without a draw", () => {
  expect(change("/a/*")).toEqual(["zeroed at /a/*", null, '[2,"1","A",{"a":[0,0],"b":"x"}]']);
});

test("without a place, one of the changeable values is drawn", () => {
  expect(change(undefined, 0.9)).toEqual(["zeroed at /a/1", 0.9, '[2,"1","A",{"a":[1,0],"b":"x"}]']);
});

test.each([
  ["/b", "there is no number"],
  ["/c", "there is nothing at /c"],
])("%s: %s", (pointer, why) => {
  expect(change(pointer)).toEqual([`not applied: ${why}`, null, message]);
});
