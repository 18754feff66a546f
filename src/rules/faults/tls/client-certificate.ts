// client-certificate: requests the charger's certificate and rejects it with an alert. The handshake uses TLS 1.2, because
// TLS 1.3 would encrypt the alert.

import { alertNumber, alertWords } from "../../../wire/tls/tls-names.js";
import { word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";

/** Rejects the charger's certificate. */
export const clientCertificate: Fault = defineFault({
  name: "client-certificate",
  layer: "tls",
  points: ["tls"],
  summary:
    "Requests the charger's certificate and then refuses it with this alert, whether or not the charger sent one. The handshake uses TLS 1.2.",
  goodPeer: "Logs the name of the alert, keeps its certificate, and connects again after a pause.",
  example: "client-certificate: { refuse: certificate_revoked }",
  settings: { refuse: word("the name of the alert in RFC 8446 section 6", alertWords, "bad_certificate") },
  short: "refuse",
  apply: ({ refuse }, { copies }) => ({
    outcome: `client certificate refused ${refuse}`,
    copies,
    draw: null,
    actions: [{ kind: "tls", tls: { kind: "client-certificate", alert: alertNumber(refuse) ?? 42 } }],
  }),
  explain: ({ refuse }, { words }) =>
    `requests a client certificate in ${words} and rejects it with alert ${refuse}`,
});
