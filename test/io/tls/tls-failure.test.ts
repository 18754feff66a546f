// The entries of failed handshakes: codes, alerts, and no password in the stored bytes.
import { describe, expect, test } from "vitest";
import { startClock } from "../../../src/io/platform/clock.js";
import { alertOf, causeCode, failureLine, handshakeFailed } from "../../../src/io/tls/tls-failure.js";

const coded = (code: string): Error => Object.assign(new Error(code), { code });

describe("the alert in an error", () => {
  test.each([
    ["ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", 48],
    ["ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", 42],
    ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", 116],
    ["ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE", 40],
    ["ERR_SSL_TLSV1_UNRECOGNIZED_NAME", 112],
    ["ERR_SSL_TLSV1_ALERT_USER_CANCELLED", 90],
    ["ERR_SSL_NO_SHARED_CIPHER", undefined],
    ["ECONNRESET", undefined],
  ])("the error %s means the alert %s", (code, number) => {
    expect(alertOf(coded(code))).toBe(number);
  });

  test("an alert is by the other side of the leg, or by the proxy for its own errors", () => {
    const alertFor = (leg: "charger" | "csms", code: string) =>
      handshakeFailed(startClock(), { leg, cause: coded(code) }).alert;
    expect(alertFor("csms", "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA")).toMatchObject({ by: "csms" });
    expect(alertFor("charger", "ERR_SSL_NO_SHARED_CIPHER")).toEqual({
      number: 40,
      name: "handshake_failure",
      by: "us",
    });
    expect(alertFor("charger", "ECONNRESET")).toBeNull();
  });
});

test("an error without a code counts as a closed connection", () => {
  expect(causeCode(new Error("gone"))).toBe("CLOSED");
  expect(causeCode("TIMEOUT")).toBe("TIMEOUT");
});

test("the stored request has no password, and the line no control characters", () => {
  const bytes = Buffer.from("GET / HTTP/1.1\r\nAuthorization: Basic c2VjcmV0\r\n\r\n");
  const entry = handshakeFailed(startClock(), {
    leg: "csms",
    cause: "TIMEOUT",
    bytes,
    identity: "\u001b[2J",
  });
  expect(Buffer.from(entry.octets ?? []).toString()).toContain("Basic [hidden]");
  expect(failureLine(entry)).not.toContain("\u001b");
  expect(failureLine(entry)).toMatch(/TLS with the CSMS at \? failed \(TIMEOUT\): /);
});
