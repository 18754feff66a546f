// Certificates and verification results as cassettes store them.
import { expect, test } from "vitest";
import { findingCode, storedCertificate } from "../../../src/io/tls/tls-facts.js";
import { testStore } from "../../support/peers/tls-peers.js";

test("a certificate is stored with its names, dates and fingerprint", () => {
  const [pair] = testStore().serverCredentials("csms.example.com");
  expect(storedCertificate(pair?.cert)).toEqual({
    subject: "O=Test CPO, CN=csms.example.com",
    issuer: expect.stringMatching(/^O=Test CPO, CN=ocpp-vcr root RSA /) as string,
    serial: expect.stringMatching(/^[0-9A-F]+$/) as string,
    fingerprint: expect.stringMatching(/^[0-9A-F:]{95}$/) as string,
    notBefore: expect.stringMatching(/Z$/) as string,
    notAfter: expect.stringMatching(/Z$/) as string,
    names: ["DNS:csms.example.com", "IP Address:127.0.0.1"],
  });
  expect(storedCertificate("no certificate")).toBeNull();
  expect(storedCertificate(undefined)).toBeNull();
});

test("a verification result is a code, for texts and errors of Node", () => {
  expect(findingCode("CERT_HAS_EXPIRED")).toBe("CERT_HAS_EXPIRED");
  expect(findingCode(Object.assign(new Error("x"), { code: "ERR_TLS_CERT_ALTNAME_INVALID" }))).toBe(
    "ERR_TLS_CERT_ALTNAME_INVALID",
  );
  expect(findingCode(new Error("odd"))).toBe("odd");
  expect(findingCode(null)).toBe("NOT_ASKED");
});
