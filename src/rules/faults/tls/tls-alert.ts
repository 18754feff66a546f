// tls-alert: a fatal alert in place of the ServerHello (RFC 8446 section 6.2). Final.

import { alertNumber, alertWords } from "../../../wire/tls/tls-names.js";
import { word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";

/** Refuses handshakes. */
export const tlsAlert: Fault = defineFault({
  name: "tls-alert",
  layer: "tls",
  points: ["tls"],
  final: true,
  summary:
    "The ClientHello is answered with a fatal alert in place of a ServerHello, and the connection ended.",
  goodPeer:
    "Logs the alert by its name and dials again after a pause; does not fall back to plain or older TLS.",
  example: "tls-alert: { alert: handshake_failure }",
  settings: { alert: word("its name in RFC 8446 section 6", alertWords, "handshake_failure") },
  short: "alert",
  apply: ({ alert }, { copies }) => ({
    outcome: `alerted ${alert}`,
    copies,
    draw: null,
    actions: [{ kind: "tls", tls: { kind: "alert", number: alertNumber(alert) ?? 40 } }],
  }),
  explain: ({ alert }) => `refused with the alert ${alert}`,
});
