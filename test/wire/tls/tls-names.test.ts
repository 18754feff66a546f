// The names of TLS numbers.
import { describe, expect, test } from "vitest";
import {
  alertIn,
  alertName,
  alertNumber,
  beginsAlert,
  groupNamesOf,
  schemeNamesOf,
  suiteNamesOf,
  versionNamesOf,
} from "../../../src/wire/tls/tls-names.js";

describe("TLS names", () => {
  test("are those of IANA's registries; unknown values are shown as numbers", () => {
    expect(versionNamesOf([0x0304, 0x0303, 0x0301])).toEqual(["TLS 1.3", "TLS 1.2", "TLS 1.0"]);
    expect(suiteNamesOf([0xc02b, 0xc02c, 0x009c, 0x009d, 0xfefe])).toEqual([
      "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
      "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
      "TLS_RSA_WITH_AES_128_GCM_SHA256",
      "TLS_RSA_WITH_AES_256_GCM_SHA384",
      "0xfefe",
    ]);
    expect(groupNamesOf([23, 29])).toEqual(["secp256r1", "x25519"]);
    expect(schemeNamesOf([0x0403, 0x0804])).toEqual(["ecdsa_secp256r1_sha256", "rsa_pss_rsae_sha256"]);
  });

  test("leave out GREASE values", () => {
    expect(suiteNamesOf([0x0a0a, 0x1301, 0xfafa])).toEqual(["TLS_AES_128_GCM_SHA256"]);
  });
});

describe("TLS alerts", () => {
  test("are converted between name and number", () => {
    expect(alertName(48)).toBe("unknown_ca");
    expect(alertName(200)).toBe("alert 200");
    expect(alertNumber("bad_certificate")).toBe(42);
    expect(alertNumber("no_such_alert")).toBeUndefined();
  });

  test("are read from an unencrypted record", () => {
    expect(alertIn(Uint8Array.of(21, 3, 3, 0, 2, 2, 40))).toBe(40);
    expect(alertIn(Uint8Array.of(21, 3, 3, 0, 2, 2))).toBeUndefined();
    expect(alertIn(Uint8Array.of(72, 84, 84, 80, 47, 49, 46))).toBeUndefined();
  });

  test.each([
    [[21, 3], true],
    [[21, 3, 3, 0, 2, 2, 40], true],
    [[21], false],
    [[22, 3, 3], false],
    [[72, 84], false],
    [[], false],
  ])("are recognised by the first bytes of a record: %j: %s", (bytes, expected) => {
    expect(beginsAlert(Uint8Array.from(bytes))).toBe(expected);
  });
});
