// The payload of InstallCertificate, by which a CSMS (or whoever stands in its place) gives a charger another root.
// The length limits are those of the OCA's schemas: a certificate that is longer is refused by the charger.

import { VcrError } from "../base/errors.js";

/** The versions of OCPP that have InstallCertificate. */
export type InstallVersion = "1.6" | "2.0.1" | "2.1";

/** A request to trust a root for the connection to the CSMS. */
export interface InstallCertificate {
  readonly certificateType: "CentralSystemRootCertificate" | "CSMSRootCertificate";
  readonly certificate: string;
}

/** How many characters the certificate may have. */
export const longestCertificate: Readonly<Record<InstallVersion, number>> = {
  "1.6": 5500,
  "2.0.1": 5500,
  "2.1": 10_000,
};

/** The payload for a root (PEM). Throws VcrError CERTIFICATE_UNFIT where it is too long. */
export function installCertificate(pem: string, version: InstallVersion): InstallCertificate {
  const certificate = pem.trimEnd();
  const most = longestCertificate[version];
  if (certificate.length > most)
    throw new VcrError(
      "CERTIFICATE_UNFIT",
      `the certificate has ${certificate.length} characters, and InstallCertificate of OCPP ${version} takes ${most}`,
      "Use a root with an ECDSA key (--key ec), or one without long extensions.",
    );
  return {
    certificateType: version === "1.6" ? "CentralSystemRootCertificate" : "CSMSRootCertificate",
    certificate,
  };
}
