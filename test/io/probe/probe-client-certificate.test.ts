// Which alerts of a CSMS may mean that it requires a client certificate.
import { expect, test } from "vitest";
import { isCertificateAlert, mayWantCertificate } from "../../../src/io/probe/probe-client-certificate.js";

test.each([
  ["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", false, true],
  ["ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", true, true],
  ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", true, true],
  ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", false, false],
  ["ECONNRESET", false, false],
])("the alert %s: only about certificates %s, may require one %s", (code, alone, wanted) => {
  const cause = Object.assign(new Error(code), { code });
  expect(isCertificateAlert(cause)).toBe(alone);
  expect(mayWantCertificate({ cause, own: null })).toBe(wanted);
});

test("no client certificate is missing if one was sent", () => {
  const cause = Object.assign(new Error("x"), { code: "ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE" });
  const own = { subject: "CN=CP1" } as unknown as NonNullable<
    Parameters<typeof mayWantCertificate>[0]["own"]
  >;
  expect(mayWantCertificate({ cause, own })).toBe(false);
});
