// tls-alert: sends a fatal alert instead of the ServerHello (RFC 8446 section 6.2).

import { alertNumber, alertWords } from "../../../wire/tls/tls-names.js";
import { word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";

/** Refuses a TLS handshake with an alert. */
export const tlsAlert: Fault = defineFault({
  name: "tls-alert",
  layer: "tls",
  points: ["tls"],
  final: true,
  summary: "Answers the ClientHello with a fatal alert instead of a ServerHello, and closes the connection.",
  goodPeer:
    "Logs the name of the alert and connects again after a pause. Does not fall back to plain TCP or an older TLS version.",
  example: "tls-alert: { alert: handshake_failure }",
  settings: { alert: word("the name of the alert in RFC 8446 section 6", alertWords, "handshake_failure") },
  short: "alert",
  apply: ({ alert }, { copies }) => ({
    outcome: `alerted ${alert}`,
    copies,
    draw: null,
    actions: [{ kind: "tls", tls: { kind: "alert", number: alertNumber(alert) ?? 40 } }],
  }),
  explain: ({ alert }, { words }) => `refuses ${words} with alert ${alert}`,
});
