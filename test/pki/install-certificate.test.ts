import { describe, expect, test } from "vitest";
import { ocppVersions, versionTable } from "../../src/ocpp/version.js";
import { makeAuthority } from "../../src/pki/authority.js";
import { installCertificate } from "../../src/pki/install-certificate.js";
import { keyKinds, makeKey } from "../../src/pki/key.js";
import { toPem } from "../../src/pki/pem.js";
import { schemaErrors } from "../support/schema/oca-schemas.js";

describe.each(ocppVersions)("for OCPP %s", (version) => {
  test.each(keyKinds)("a root with a key of kind %s makes a payload that the OCA's schema allows", (kind) => {
    const root = makeAuthority({ organization: "O", commonName: "root" }, makeKey(kind), new Date());
    const payload = installCertificate(toPem("CERTIFICATE", root.certificate), version);
    expect(schemaErrors(version, "InstallCertificate", "request", payload)).toEqual([]);
    expect(payload.certificate).toMatch(/^-----BEGIN CERTIFICATE-----\n[\s\S]+\n-----END CERTIFICATE-----$/);
  });

  test("the length limit is that of the OCA's schema", () => {
    const most = versionTable[version].rootLength;
    const payload = installCertificate("x".repeat(most), version);
    expect(schemaErrors(version, "InstallCertificate", "request", payload)).toEqual([]);
    const longer = { ...payload, certificate: "x".repeat(most + 1) };
    expect(schemaErrors(version, "InstallCertificate", "request", longer)).toHaveLength(1);
    expect(() => installCertificate(longer.certificate, version)).toThrow(
      expect.objectContaining({
        code: "CERTIFICATE_UNFIT",
        message: expect.stringContaining(String(most + 1)),
      }),
    );
  });
});
