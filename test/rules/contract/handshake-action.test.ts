import { expect, test } from "vitest";
import { certificateFlaws, tlsVersions } from "../../../src/rules/contract/handshake-action.js";

test("the words of TLS orders are those of the rule files", () => {
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
