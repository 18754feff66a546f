// How a probe recognises a CSMS that requires a client certificate (profile 3). TLS 1.3 has alert 116 for that, which comes
// after the handshake; TLS 1.2 has only alerts that can mean other things too.

import type { ClientFailure } from "../tls/tls-client.js";
import { alertOf } from "../tls/tls-failure.js";

/** The hint to add to a message. */
export const certificateHint = "the CSMS probably requires a client certificate (--cert/--key)";

/** The message of a check that needs a client certificate. */
export const cannotTell = "unknown, this needs a client certificate";

/** handshake_failure, bad_certificate, certificate_required. */
const alerts: readonly number[] = [40, 42, 116];
const certificateAlerts: readonly number[] = [42, 116];

/** Whether a handshake ended with an alert that is only about certificates. */
export function isCertificateAlert(cause: Error | string): boolean {
  return certificateAlerts.includes(alertOf(cause) ?? -1);
}

/** Whether a handshake without a client certificate ended with an alert that may mean that one is required. */
export function mayWantCertificate({ cause, own }: Pick<ClientFailure, "cause" | "own">): boolean {
  return own === null && alerts.includes(alertOf(cause) ?? -1);
}
