// The client's half of a TLS handshake, towards the CSMS: nothing is sent before the certificate was verified, and a
// refusal says what was wrong with it. Certificates are judged here and not by node:tls, which would forget them.

import { constants } from "node:crypto";
import type { Socket } from "node:net";
import { isIP } from "node:net";
import { connect, createSecureContext, type SecureContext, type TLSSocket } from "node:tls";
import type { StoredCertificate } from "../../cassette/format/entry.js";
import type { Credentials } from "../../pki/credentials.js";
import { startTimer } from "../platform/timers.js";
import { findingOf, peerDer, storedCertificate, tlsLegOf } from "./tls-facts.js";
import type { CsmsTls, Leg } from "./tls-settings.js";

/** A handshake towards the CSMS that came to nothing. */
export interface ClientFailure {
  readonly cause: Error | string;
  readonly own: StoredCertificate | null;
  readonly peer: StoredCertificate | null;
}

/** A secured leg, or why there is none. */
export type ClientOutcome = { readonly leg: Leg } | { readonly failure: ClientFailure };

const oneForAll: Credentials = { kind: "rsa", key: "", cert: "" };

/** Contexts hold every root, parsed: made once for each certificate that is shown. */
const contexts = new WeakMap<CsmsTls, WeakMap<Credentials, SecureContext>>();

const contextOf = (tls: CsmsTls, credentials: readonly Credentials[]): SecureContext => {
  const known = contexts.get(tls) ?? new WeakMap<Credentials, SecureContext>();
  contexts.set(tls, known);
  const key = credentials[0] ?? oneForAll;
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

/** Secures a connected raw socket; closes it where that does not come about. */
export function secure(
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
      else fail(findingOf(socket.authorizationError));
    });
  });
}
