import { describe, expect, test } from "vitest";
import { tlsSuites } from "../../../../src/rules/faults/tls/tls-suites.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf } from "../sample.js";

describe("tls-suites", () => {
  test("tls-suites reads its settings and asks for its effect", () => {
    const { report, said } = collector();
    const settings = tlsSuites.read(plainValue("TLS_RSA_WITH_AES_128_GCM_SHA256"), report);
    expect(said).toEqual([]);
    if (settings === undefined) throw new Error("not read");
    expect(settings).toEqual({ only: ["TLS_RSA_WITH_AES_128_GCM_SHA256"] });
    expect(tlsSuites.apply(settings, inputOf())).toMatchObject({
      outcome: "tls-suites TLS_RSA_WITH_AES_128_GCM_SHA256",
      actions: [{ kind: "tls", tls: { kind: "suites", only: ["TLS_RSA_WITH_AES_128_GCM_SHA256"] } }],
    });
  });

  test.each([{}, { only: [] }, { only: ["AES128-SHA"] }])(
    "tls-suites reports the invalid settings %j",
    (plain) => {
      const { report, said } = collector();
      tlsSuites.read(plainValue(plain), report);
      expect(said).toHaveLength(1);
    },
  );
});
