// certificate: the charger is shown a certificate that is right but for one thing. It is made on the fly by the
// certificate store; nothing is filed.

import { word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { type CertificateFlaw, certificateFlaws } from "../../contract/handshake-action.js";

/** Shows a bad certificate. */
export const certificate: Fault = defineFault({
  name: "certificate",
  layer: "tls",
  points: ["tls"],
  summary:
    "The charger is shown a certificate for the name it asked for that is right but for one thing. It is made by the certificate store.",
  breaks: "OCPP security profile 2: the charge point verifies the certificate of the CSMS (A00.FR.305-309)",
  goodPeer: "Refuses the handshake with the alert for it, logs a security event, and dials again later.",
  example: "certificate: { flaw: expired }",
  settings: { flaw: word("what is wrong with it", certificateFlaws) },
  short: "flaw",
  apply: ({ flaw }, { copies }) => ({
    outcome: `certificate ${flaw}`,
    copies,
    draw: null,
    actions: [{ kind: "tls", tls: { kind: "certificate", flaw } }],
  }),
  explain: ({ flaw }) => `shown a certificate that is ${flawWords[flaw]}`,
});

const flawWords: Readonly<Record<CertificateFlaw, string>> = {
  expired: "expired",
  "not-yet-valid": "not valid yet",
  "wrong-host": "for another host",
  "untrusted-ca": "signed by a foreign authority",
  "no-chain": "sent without its intermediate",
  "self-signed": "signed by itself",
};
