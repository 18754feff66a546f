import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idAt, listAt, numberAt, textAt, valueAt } from "../../src/ocpp/payload.js";

const payload = { a: [{ b: "x", n: "12.5", big: 7 }], __proto__: null };

describe("looking into payloads", () => {
  test("finds values of the kind that was asked for", () => {
    expect(textAt(payload, "a", 0, "b")).toBe("x");
    expect(numberAt(payload, "a", 0, "n")).toBe(12.5);
    expect(idAt(payload, "a", 0, "big")).toBe("7");
    expect(listAt(payload, "a")).toHaveLength(1);
  });

  test("finds nothing of another kind, and no inherited member", () => {
    expect(textAt(payload, "a")).toBeUndefined();
    expect(numberAt(payload, "a", 0, "b")).toBeUndefined();
    expect(valueAt({}, "constructor")).toBeUndefined();
    expect(listAt(payload, "b")).toEqual([]);
    expect(idAt(null, "a")).toBeUndefined();
  });

  test("never throws, whatever the payload is", () => {
    fc.assert(
      fc.property(fc.anything(), fc.array(fc.oneof(fc.string(), fc.nat(5))), (value, steps) => {
        for (const look of [valueAt, textAt, numberAt, listAt, idAt]) look(value, ...steps);
      }),
    );
  });
});
