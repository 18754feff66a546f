import { expect, test } from "vitest";
import { duplicate } from "../../../src/rules/faults/duplicate.js";
import { collector, observe, plainValue, textFrame } from "../sample.js";

const given = { observation: observe("[2]"), copies: [textFrame("[2]").raw], draw: () => 0 };

test("a duplicate goes out again, octet for octet", () => {
  const [copy] = given.copies;
  expect(duplicate.apply({ times: 1 }, given)).toEqual({
    outcome: "duplicated 1 time",
    copies: [copy, copy],
    draw: null,
  });
  expect(duplicate.apply({ times: 3 }, given)).toMatchObject({
    outcome: "duplicated 3 times",
    copies: [copy, copy, copy, copy],
  });
});

test("duplicates of duplicates multiply, up to a thousand copies", () => {
  const once = duplicate.apply({ times: 1 }, given);
  expect(duplicate.apply({ times: 2 }, { ...given, copies: once.copies }).copies).toHaveLength(6);
  const many = duplicate.apply({ times: 100 }, given);
  expect(duplicate.apply({ times: 100 }, { ...given, copies: many.copies }).copies).toHaveLength(1000);
});

test("settings: once more by default, at most 100 times", () => {
  const { report, said } = collector();
  expect(duplicate.read(plainValue({}), report)).toEqual({ times: 1 });
  expect(duplicate.read(plainValue({ times: 100 }), report)).toEqual({ times: 100 });
  for (const plain of [{ times: 0 }, { times: 101 }, { time: 1 }, 2])
    duplicate.read(plainValue(plain), report);
  expect(said).toHaveLength(4);
  expect([duplicate.explain({ times: 1 }), duplicate.explain({ times: 2 })]).toEqual([
    "sent twice",
    "sent 3 times",
  ]);
});
