// What tells CSMS calls of one action apart.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keyOfCall } from "../../../src/replay/plan/call-key.js";

describe("the key of a call", () => {
  test("is the thing it is about, whatever else it says", () => {
    expect(keyOfCall({ key: "A", value: "1" })).toBe(keyOfCall({ key: "A", value: "2" }));
    expect(keyOfCall({ key: "A" })).not.toBe(keyOfCall({ key: "B" }));
    expect(keyOfCall({ key: ["A", "B"] })).toBe(keyOfCall({ key: ["B", "A"] }));
    expect(keyOfCall({ requestedMessage: "X", connectorId: 1 })).not.toBe(
      keyOfCall({ requestedMessage: "X", connectorId: 2 }),
    );
    const variable = (name: string): unknown => ({
      getVariableData: [{ component: { name: "C" }, variable: { name } }],
    });
    expect(keyOfCall(variable("a"))).not.toBe(keyOfCall(variable("b")));
  });

  test("exists for every payload", () => {
    fc.assert(fc.property(fc.anything(), (payload) => typeof keyOfCall(payload) === "string"));
  });
});
