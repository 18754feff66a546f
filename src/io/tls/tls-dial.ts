// The way to the CSMS as a leg: TCP, and TLS on it where the CSMS's URL says wss. What keeps it from coming about is
// told apart: no connection, no handshake, no certificate to show.

import { VcrError } from "../../base/errors.js";
import type { Credentials } from "../../pki/credentials.js";
import { type CsmsProxy, connectThrough } from "../sockets/connect-proxy.js";
import { dial } from "../sockets/dial.js";
import { type ClientFailure, secure } from "./tls-client.js";
import { type CsmsTls, type Leg, plainLeg } from "./tls-settings.js";

/** Where to dial, and how. */
export interface CsmsWay {
  readonly host: string;
  readonly port: number;
  readonly tls?: CsmsTls | undefined;
  readonly proxy?: CsmsProxy | undefined;
}

/** A leg to the CSMS, or why there is none. */
export type LegOutcome =
  | { readonly kind: "leg"; readonly leg: Leg }
  | { readonly kind: "unreachable"; readonly error: NodeJS.ErrnoException }
  | { readonly kind: "handshake"; readonly failure: ClientFailure }
  /** There is no client certificate that could be shown for this charger. */
  | { readonly kind: "no-certificate"; readonly error: VcrError };

/** Dials the CSMS for a charger; the leg's stream is paused. */
export async function dialLeg(
  { host, port, tls, proxy }: CsmsWay,
  identity: string | undefined,
  timeoutMs: number,
): Promise<LegOutcome> {
  let credentials: readonly Credentials[] = [];
  try {
    credentials = tls?.credentials(identity) ?? [];
  } catch (error) {
    if (error instanceof VcrError) return { kind: "no-certificate", error };
    throw error;
  }
  const begun = performance.now();
  const outcome =
    proxy === undefined
      ? await dial(host, port, timeoutMs)
      : await connectThrough(proxy, host, port, timeoutMs);
  if ("error" in outcome) return { kind: "unreachable", error: outcome.error };
  if (tls === undefined) return { kind: "leg", leg: plainLeg(outcome.socket) };
  const left = Math.max(1, timeoutMs - (performance.now() - begun));
  const secured = await secure(outcome.socket, tls, credentials, left);
  return "leg" in secured
    ? { kind: "leg", leg: secured.leg }
    : { kind: "handshake", failure: secured.failure };
}
