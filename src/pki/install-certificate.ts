// The payload of InstallCertificate, with which a CSMS gives a charger another root. The length limits are those of the
// OCA's schemas; a charger refuses a longer certificate.

import { VcrError } from "../base/errors.js";

/** The OCPP versions that have InstallCertificate. */
export type InstallVersion = "1.6" | "2.0.1" | "2.1";

/** The payload that makes a charger trust a root for its connection to the CSMS. */
export interface InstallCertificatePayload {
  readonly certificateType: "CentralSystemRootCertificate" | "CSMSRootCertificate";
  readonly certificate: string;
}

/** The most characters that the certificate may have. */
export const maxCertificateLength: Readonly<Record<InstallVersion, number>> = {
  "1.6": 5500,
  "2.0.1": 5500,
  "2.1": 10_000,
};

/** The payload for a root (PEM). Throws VcrError CERTIFICATE_UNFIT if the root is too long. */
export function installCertificate(pem: string, version: InstallVersion): InstallCertificatePayload {
  const certificate = pem.trimEnd();
  const maxLength = maxCertificateLength[version];
  if (certificate.length > maxLength)
    throw new VcrError(
      "CERTIFICATE_UNFIT",
      `the certificate has ${certificate.length} characters, but InstallCertificate of OCPP ${version} takes at most ${maxLength}`,
      "Use a root with an ECDSA key (--key ec), or one without long extensions.",
    );
  return {
    certificateType: version === "1.6" ? "CentralSystemRootCertificate" : "CSMSRootCertificate",
    certificate,
  };
}
