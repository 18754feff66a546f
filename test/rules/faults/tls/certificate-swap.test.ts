import { describe, expect, test } from "vitest";
import { certificateSwap } from "../../../../src/rules/faults/tls/certificate-swap.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf } from "../sample.js";

describe("certificate-swap", () => {
  test("certificate-swap reads its settings and asks for its effect", () => {
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

  test.each([{ to: "x" }, "x"])("certificate-swap reports the invalid settings %j", (plain) => {
    const { report, said } = collector();
    certificateSwap.read(plainValue(plain), report);
    expect(said).toHaveLength(1);
  });
});
