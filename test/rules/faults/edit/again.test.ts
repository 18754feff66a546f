import { expect, test } from "vitest";
import { again } from "../../../../src/rules/faults/edit/again.js";
import { ruledMessage, textFrame } from "../../sample.js";
import { textOf } from "../trial.js";

const call = '[2,"1","A",{}]';

const input = (text: string) => ({
  message: ruledMessage(text),
  copies: [textFrame(text).raw],
  draw: (part = "id1") => Number(part.slice(2)) / 16,
});

test("a CALL is sent again with other ids, and their answers are not forwarded", () => {
  const made = again(2, input(call), "done");
  expect(made.copies.map(textOf)).toEqual([
    call,
    '[2,"vcr-1000000000000","A",{}]',
    '[2,"vcr-2000000000000","A",{}]',
  ]);
  expect(
    made.actions?.map(
      (action) => action.kind === "answer" && [action.direction, action.id, action.plan.kind],
    ),
  ).toEqual([
    ["csms-to-cp", "vcr-1000000000000", "keep"],
    ["csms-to-cp", "vcr-2000000000000", "keep"],
  ]);
});

test.each([
  [{ ...input(call), copies: [] }, "nothing goes out"],
  [input('[3,"1",{}]'), "the message is no CALL"],
  [{ ...input(call), copies: [textFrame("[2]").raw] }, "the message has no id"],
])("what cannot be sent again is left alone", (given, why) => {
  const made = again(1, given, "done");
  expect(made.outcome).toBe(`not applied: ${why}`);
  expect(made.copies).toBe(given.copies);
});
