// certificate: presents a certificate with one flaw to the charger. The certificate store makes it when it is needed and
// does not keep it.

import { word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { type CertificateFlaw, certificateFlaws } from "../../contract/handshake-action.js";

/** Presents a certificate with one flaw. */
export const certificate: Fault = defineFault({
  name: "certificate",
  layer: "tls",
  points: ["tls"],
  summary:
    "Presents a certificate to the charger that is valid except for one flaw. The certificate store makes it for the host name that the charger asks for.",
  breaks: "OCPP security profile 2: the charge point verifies the certificate of the CSMS (A00.FR.305-309)",
  goodPeer: "Refuses the handshake with the matching alert, logs a security event, and connects again later.",
  example: "certificate: { flaw: expired }",
  settings: { flaw: word("the flaw", certificateFlaws) },
  short: "flaw",
  apply: ({ flaw }, { copies }) => ({
    outcome: `certificate ${flaw}`,
    copies,
    draw: null,
    actions: [{ kind: "tls", tls: { kind: "certificate", flaw } }],
  }),
  explain: ({ flaw }, { words }) => `presents ${flawWords[flaw]} in ${words}`,
});

const flawWords: Readonly<Record<CertificateFlaw, string>> = {
  expired: "an expired certificate",
  "not-yet-valid": "a certificate that is not valid yet",
  "wrong-host": "a certificate for another host",
  "untrusted-ca": "a certificate signed by an unknown CA",
  "no-chain": "a certificate without its intermediate",
  "self-signed": "a self-signed certificate",
};
