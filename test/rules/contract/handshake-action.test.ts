import { expect, test } from "vitest";
import { certificateFlaws, tlsVersions } from "../../../src/rules/contract/handshake-action.js";

test("flaws of certificates and versions of TLS are named as in rule files", () => {
  expect(certificateFlaws).toEqual([
    "expired",
    "not-yet-valid",
    "wrong-host",
    "untrusted-ca",
    "no-chain",
    "self-signed",
  ]);
  expect([...tlsVersions].sort()).toEqual([...tlsVersions]);
});
