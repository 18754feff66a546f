import { describe, expect, test } from "vitest";
import { clientCertificate } from "../../../../src/rules/faults/tls/client-certificate.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf } from "../sample.js";

describe("client-certificate", () => {
  test("client-certificate reads its settings and asks for its effect", () => {
    const { report, said } = collector();
    const settings = clientCertificate.read(plainValue({}), report);
    expect(said).toEqual([]);
    if (settings === undefined) throw new Error("not read");
    expect(settings).toEqual({ refuse: "bad_certificate" });
    expect(clientCertificate.apply(settings, inputOf())).toMatchObject({
      outcome: "client certificate refused bad_certificate",
      actions: [{ kind: "tls", tls: { kind: "client-certificate", alert: 42 } }],
    });
  });

  test.each([{ refuse: "no" }, { refuse: 42 }])(
    "client-certificate reports the invalid settings %j",
    (plain) => {
      const { report, said } = collector();
      clientCertificate.read(plainValue(plain), report);
      expect(said).toHaveLength(1);
    },
  );
});
