import { describe, expect, test } from "vitest";
import { certificate } from "../../../../src/rules/faults/tls/certificate.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf } from "../sample.js";

describe("certificate", () => {
  test("certificate reads its settings and asks for its effect", () => {
    const { report, said } = collector();
    const settings = certificate.read(plainValue("expired"), report);
    expect(said).toEqual([]);
    if (settings === undefined) throw new Error("not read");
    expect(settings).toEqual({ flaw: "expired" });
    expect(certificate.apply(settings, inputOf())).toMatchObject({
      outcome: "certificate expired",
      actions: [{ kind: "tls", tls: { kind: "certificate", flaw: "expired" } }],
    });
  });

  test.each([{}, { flaw: "ugly" }])("certificate reports the invalid settings %j", (plain) => {
    const { report, said } = collector();
    certificate.read(plainValue(plain), report);
    expect(said).toHaveLength(1);
  });
});
