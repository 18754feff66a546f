import { describe, expect, test } from "vitest";
import { tlsAlert } from "../../../../src/rules/faults/tls/tls-alert.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf } from "../sample.js";

describe("tls-alert", () => {
  test("tls-alert reads its settings and asks for its effect", () => {
    const { report, said } = collector();
    const settings = tlsAlert.read(plainValue({ alert: "internal_error" }), report);
    expect(said).toEqual([]);
    if (settings === undefined) throw new Error("not read");
    expect(settings).toEqual({ alert: "internal_error" });
    expect(tlsAlert.apply(settings, inputOf())).toMatchObject({
      outcome: "alerted internal_error",
      actions: [{ kind: "tls", tls: { kind: "alert", number: 80 } }],
    });
  });

  test.each([{ alert: 80 }, { alert: "internal-error" }])(
    "tls-alert reports the invalid settings %j",
    (plain) => {
      const { report, said } = collector();
      tlsAlert.read(plainValue(plain), report);
      expect(said).toHaveLength(1);
    },
  );
});
