import { describe, expect, test } from "vitest";
import { tlsVersion } from "../../../../src/rules/faults/tls/tls-version.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf } from "../sample.js";

describe("tls-version", () => {
  test("tls-version reads its settings and asks for its effect", () => {
    const { report, said } = collector();
    const settings = tlsVersion.read(plainValue({ min: 1.1, max: "1.2" }), report);
    expect(said).toEqual([]);
    if (settings === undefined) throw new Error("not read");
    expect(settings).toEqual({ min: "1.1", max: "1.2" });
    expect(tlsVersion.apply(settings, inputOf())).toMatchObject({
      outcome: "tls-version 1.1 to 1.2",
      actions: [{ kind: "tls", tls: { kind: "version", min: "1.1", max: "1.2" } }],
    });
  });

  test.each([{}, { max: 1.4 }, { min: 1.3, max: 1.2 }, { max: [1.2] }])(
    "tls-version reports the invalid settings %j",
    (plain) => {
      const { report, said } = collector();
      tlsVersion.read(plainValue(plain), report);
      expect(said).toHaveLength(1);
    },
  );
});
