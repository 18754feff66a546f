// The client side of a TLS handshake, with the CSMS. Nothing is sent before the certificate is verified. The certificate is
// checked here and not by node:tls, because node:tls drops a certificate that it refuses.

import { constants } from "node:crypto";
import type { Socket } from "node:net";
import { isIP } from "node:net";
import { connect, createSecureContext, type SecureContext, type TLSSocket } from "node:tls";
import type { StoredCertificate } from "../../cassette/format/entry.js";
import type { Credentials } from "../../pki/credentials.js";
import { startTimer } from "../platform/timers.js";
import { findingCode, peerDer, storedCertificate, tlsLegOf } from "./tls-facts.js";
import type { CsmsTls, Leg } from "./tls-settings.js";

/** A failed handshake with the CSMS. */
export interface ClientFailure {
  readonly cause: Error | string;
  readonly own: StoredCertificate | null;
  readonly peer: StoredCertificate | null;
}

/** A leg with TLS, or why the handshake failed. */
export type ClientOutcome = { readonly leg: Leg } | { readonly failure: ClientFailure };

const noCredentials: Credentials = { kind: "rsa", key: "", cert: "" };

/** A context holds all roots, parsed, so there is one for each client certificate. */
const contexts = new WeakMap<CsmsTls, WeakMap<Credentials, SecureContext>>();

const contextOf = (tls: CsmsTls, credentials: readonly Credentials[]): SecureContext => {
  const known = contexts.get(tls) ?? new WeakMap<Credentials, SecureContext>();
  contexts.set(tls, known);
  const key = credentials[0] ?? noCredentials;
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = createSecureContext({
    minVersion: "TLSv1.2",
    secureOptions: constants.SSL_OP_NO_COMPRESSION,
    ...(tls.ca === undefined ? {} : { ca: [...tls.ca] }),
    ...(credentials.length === 0
      ? {}
      : { key: credentials.map((one) => one.key), cert: credentials.map((one) => one.cert) }),
  });
  known.set(key, made);
  return made;
};

/** Does the handshake on a connected raw socket; closes the socket if it fails. */
export function runClientHandshake(
  raw: Socket,
  tls: CsmsTls,
  credentials: readonly Credentials[],
  timeoutMs: number,
): Promise<ClientOutcome> {
  const own = storedCertificate(credentials[0]?.cert);
  return new Promise((resolve) => {
    const isName = isIP(tls.name) === 0;
    const socket: TLSSocket = connect({
      socket: raw,
      host: tls.name,
      ...(isName ? { servername: tls.name } : {}),
      secureContext: contextOf(tls, credentials),
      rejectUnauthorized: false,
    });
    raw.on("error", () => undefined);
    if (tls.keylog !== undefined) socket.on("keylog", tls.keylog);
    const settle = (outcome: ClientOutcome): void => {
      timer.stop();
      socket
        .off("error", failed)
        .off("close", closed)
        .off("end", closed)
        .on("error", () => undefined);
      if ("failure" in outcome) socket.destroy();
      resolve(outcome);
    };
    const fail = (cause: Error | string): void =>
      settle({ failure: { cause, own, peer: storedCertificate(peerDer(socket)) } });
    const failed = (error: Error): void => fail(error);
    const closed = (): void => fail("CLOSED");
    const timer = startTimer(() => fail("TIMEOUT"), timeoutMs);
    socket.on("error", failed).on("close", closed).on("end", closed);
    socket.once("secureConnect", () => {
      socket.pause();
      if (socket.authorized || tls.insecure)
        settle({ leg: { stream: socket, raw, tls: tlsLegOf(socket, isName ? tls.name : undefined) } });
      else fail(findingCode(socket.authorizationError));
    });
  });
}
