// client-certificate: the charger is asked for its certificate, and an alert answers it as if it were bad. The alert
// of TLS 1.2 is not encrypted there, which is why the handshake is held to that version.

import { alertNumber, alertWords } from "../../../wire/tls/tls-names.js";
import { word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";

/** Refuses the certificates of chargers. */
export const clientCertificate: Fault = defineFault({
  name: "client-certificate",
  layer: "tls",
  points: ["tls"],
  summary:
    "The charger is asked for its certificate, and what it shows, even none, is answered with this alert as if it were bad. The handshake is held to TLS 1.2.",
  goodPeer: "Logs the alert by its name, keeps its certificate, and dials again after a pause.",
  example: "client-certificate: { refuse: certificate_revoked }",
  settings: { refuse: word("the alert, by its name in RFC 8446 section 6", alertWords, "bad_certificate") },
  short: "refuse",
  apply: ({ refuse }, { copies }) => ({
    outcome: `client certificate refused ${refuse}`,
    copies,
    draw: null,
    actions: [{ kind: "tls", tls: { kind: "client-certificate", alert: alertNumber(refuse) ?? 42 } }],
  }),
  explain: ({ refuse }) => `asked for a client certificate and refused with ${refuse}`,
});
