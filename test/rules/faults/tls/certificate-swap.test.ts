import { describe, expect, test } from "vitest";
import { certificateSwap } from "../../../../src/rules/faults/tls/certificate-swap.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf } from "../sample.js";

describe("certificate-swap", () => {
  test("is read, explained, and asks for what it says", () => {
    const { report, said } = collector();
    const settings = certificateSwap.read(plainValue({}), report);
    expect(said).toEqual([]);
    if (settings === undefined) throw new Error("not read");
    expect(settings).toEqual({});
    expect(certificateSwap.apply(settings, inputOf())).toMatchObject({
      outcome: "certificate swapped",
      actions: [{ kind: "tls", tls: { kind: "certificate-swap" } }],
    });
  });

  test.each([{ to: "x" }, "x"])("%j is reported", (plain) => {
    const { report, said } = collector();
    certificateSwap.read(plainValue(plain), report);
    expect(said).toHaveLength(1);
  });
});
