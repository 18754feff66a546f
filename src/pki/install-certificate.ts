// The payload of InstallCertificate, with which a CSMS gives a charger another root. The length limits are those of the
// OCA's schemas; a charger refuses a longer certificate.

import { VcrError } from "../base/errors.js";
import { familyOf, type OcppVersion, versionTable } from "../ocpp/version.js";

/** The payload that makes a charger trust a root for its connection to the CSMS. */
export interface InstallCertificatePayload {
  readonly certificateType: "CentralSystemRootCertificate" | "CSMSRootCertificate";
  readonly certificate: string;
}

/** The payload for a root (PEM). Throws VcrError CERTIFICATE_UNFIT if the root is too long. */
export function installCertificate(pem: string, version: OcppVersion): InstallCertificatePayload {
  const certificate = pem.trimEnd();
  const maxLength = versionTable[version].rootLength;
  if (certificate.length > maxLength)
    throw new VcrError(
      "CERTIFICATE_UNFIT",
      `the certificate has ${certificate.length} characters, but InstallCertificate of OCPP ${version} takes at most ${maxLength}`,
      "Use a root with an ECDSA key (--key ec), or one without long extensions.",
    );
  return {
    certificateType: familyOf(version) === "1.6" ? "CentralSystemRootCertificate" : "CSMSRootCertificate",
    certificate,
  };
}
