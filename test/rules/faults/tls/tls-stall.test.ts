import { describe, expect, test } from "vitest";
import { tlsStall } from "../../../../src/rules/faults/tls/tls-stall.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf } from "../sample.js";

describe("tls-stall", () => {
  test("tls-stall reads its settings and asks for its effect", () => {
    const { report, said } = collector();
    const settings = tlsStall.read(plainValue({}), report);
    expect(said).toEqual([]);
    if (settings === undefined) throw new Error("not read");
    expect(settings).toEqual({ ms: 0 });
    expect(tlsStall.apply(settings, inputOf())).toMatchObject({
      outcome: "stalled for ever",
      actions: [{ kind: "tls", tls: { kind: "stall", ms: 0 } }],
    });
  });

  test.each([{ ms: "soon" }, { for: "1s" }])("tls-stall reports the invalid settings %j", (plain) => {
    const { report, said } = collector();
    tlsStall.read(plainValue(plain), report);
    expect(said).toHaveLength(1);
  });
});
