import { describe, expect, test } from "vitest";
import { subprotocol } from "../../../../src/rules/faults/transport/subprotocol.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf } from "../sample.js";

describe("subprotocol", () => {
  test("subprotocol reads its settings and asks for its effect", () => {
    const { report, said } = collector();
    const settings = subprotocol.read(plainValue({ answer: "ocpp9.9" }), report);
    expect(said).toEqual([]);
    if (settings === undefined) throw new Error("not read");
    expect(settings).toEqual({ answer: "ocpp9.9" });
    expect(subprotocol.apply(settings, inputOf())).toMatchObject({
      outcome: "subprotocol ocpp9.9",
      actions: [{ kind: "upgrade", upgrade: { kind: "subprotocol", answer: "ocpp9.9" } }],
    });
  });

  test.each([{}, { answer: "two words" }])("subprotocol reports the invalid settings %j", (plain) => {
    const { report, said } = collector();
    subprotocol.read(plainValue(plain), report);
    expect(said).toHaveLength(1);
  });
});
