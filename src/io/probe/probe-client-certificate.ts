// What a probe makes of a CSMS that ends a connection because it wants a client certificate (profile 3). TLS has no
// plain word for it: 1.3 has alert 116, which comes behind the handshake, 1.2 has alerts that mean other things, too.

import type { ClientFailure } from "../tls/tls-client.js";
import { alertOf } from "../tls/tls-failure.js";

/** What likely mends it. */
export const likelyWanted = "it likely wants a client certificate (--cert/--key)";

/** What a look says that found out nothing for the want of a certificate. */
export const cannotTell = "cannot tell without a client certificate";

/** handshake_failure, bad_certificate, certificate_required. */
const alerts: readonly number[] = [40, 42, 116];
const certificateAlerts: readonly number[] = [42, 116];

/** Whether it was an alert that stands for nothing but certificates. */
export function isCertificateAlert(cause: Error | string): boolean {
  return certificateAlerts.includes(alertOf(cause) ?? -1);
}

/** Whether a CSMS to which no certificate was shown ended the handshake with an alert that may mean this. */
export function mayWant({ cause, own }: Pick<ClientFailure, "cause" | "own">): boolean {
  return own === null && alerts.includes(alertOf(cause) ?? -1);
}
