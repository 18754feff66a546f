// The thing that a CSMS call is about.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keyOfCall } from "../../../src/replay/plan/call-key.js";

describe("the key of a call", () => {
  test("the key of a call is the thing that it is about, and nothing else of the payload", () => {
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

  test("every payload has a key", () => {
    fc.assert(fc.property(fc.anything(), (payload) => typeof keyOfCall(payload) === "string"));
  });
});
