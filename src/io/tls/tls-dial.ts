// Opens a leg to the CSMS: a TCP connection, with TLS if the URL of the CSMS is wss. The outcome tells a failed connection, a
// failed handshake and a missing client certificate apart.

import { VcrError } from "../../base/errors.js";
import type { Credentials } from "../../pki/credentials.js";
import { type CsmsProxy, connectThrough } from "../sockets/connect-proxy.js";
import { dial } from "../sockets/dial.js";
import { type ClientFailure, runClientHandshake } from "./tls-client.js";
import { type CsmsTls, type Leg, plainLeg } from "./tls-settings.js";

/** The address of a CSMS, and how to connect to it. */
export interface CsmsEndpoint {
  readonly host: string;
  readonly port: number;
  readonly tls?: CsmsTls | undefined;
  readonly proxy?: CsmsProxy | undefined;
}

/** A leg to the CSMS, or why it failed. */
export type LegOutcome =
  | { readonly kind: "leg"; readonly leg: Leg }
  | { readonly kind: "unreachable"; readonly error: NodeJS.ErrnoException }
  | { readonly kind: "handshake"; readonly failure: ClientFailure }
  /** There is no client certificate for this charger. */
  | { readonly kind: "no-certificate"; readonly error: VcrError };

/** Connects to the CSMS for a charger. The stream of the leg is paused. */
export async function dialLeg(
  { host, port, tls, proxy }: CsmsEndpoint,
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
  const secured = await runClientHandshake(outcome.socket, tls, credentials, left);
  return "leg" in secured
    ? { kind: "leg", leg: secured.leg }
    : { kind: "handshake", failure: secured.failure };
}
