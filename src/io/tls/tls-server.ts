// The server side of a TLS handshake on a raw socket whose first bytes were read before. The caller checks the peer's
// certificate afterwards, because Node would close the connection without an alert.

import { constants, createHash, randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { createServer, DEFAULT_CIPHERS, type TLSSocket, type TlsOptions } from "node:tls";
import { longestTimerMs } from "../../base/time.js";
import type { Credentials } from "../../pki/credentials.js";
import { refuseClientCertificate } from "./client-certificate-refusal.js";
import type { ChargerTls } from "./tls-settings.js";

/** The result of a handshake. */
export type HandshakeOutcome = { readonly socket: TLSSocket } | { readonly error: Error };

/** The same keys for all connections, so that a charger can resume its session. */
const ticketKeys = randomBytes(48);
const sessionIdContext = createHash("sha256").update("ocpp-vcr").digest("hex").slice(0, 32);

/** Without TLS_RSA_WITH_AES_128_CBC_SHA, which OCPP 1.6 allows only for old chargers. */
const defaultCiphers = `${DEFAULT_CIPHERS}:!AES128-SHA`;
/** With that suite, for old chargers. OpenSSL accepts SHA-1 only at this security level. */
const legacyCiphers = "DEFAULT:AES128-SHA:@SECLEVEL=0";

/** TLS options that rules set for a handshake. */
export type HandshakeOverrides = Pick<
  TlsOptions,
  "minVersion" | "maxVersion" | "ciphers" | "requestCert" | "ticketKeys"
>;

/** Runs a handshake that refuses the client's certificate with this alert. Gives an error if it ends before that. */
export function runRefusedHandshake(
  raw: Socket,
  first: Buffer,
  tls: ChargerTls,
  credentials: readonly Credentials[],
  timeoutMs: number,
  overrides: HandshakeOverrides,
  alert: number,
): Promise<"refused" | Error> {
  return new Promise((resolve) => {
    const handshakeTimeout = Math.min(longestTimerMs, Math.max(1, timeoutMs));
    const server = createServer({ ...optionsOf(tls, credentials, overrides), handshakeTimeout });
    server.on("tlsClientError", (error) => resolve(error));
    server.on("secureConnection", (socket) => {
      socket.destroy();
      resolve(new Error("the handshake ended without a Certificate message"));
    });
    const stream = refuseClientCertificate(raw, first, alert, () => resolve("refused"));
    stream.on("error", (error) => resolve(error));
    server.emit("connection", stream);
  });
}

const optionsOf = (
  tls: ChargerTls,
  credentials: readonly Credentials[],
  overrides: HandshakeOverrides,
): TlsOptions => ({
  key: credentials.map(({ key }) => key),
  cert: credentials.map(({ cert }) => cert),
  minVersion: tls.minVersion,
  ciphers: tls.minVersion === "TLSv1" ? legacyCiphers : defaultCiphers,
  ...(tls.clientCertificate === "off" ? {} : { requestCert: true, ca: [...tls.clientCa] }),
  rejectUnauthorized: false,
  // Renegotiation is not needed, and attackers use it to exhaust servers.
  secureOptions: constants.SSL_OP_NO_RENEGOTIATION | constants.SSL_OP_NO_COMPRESSION,
  ticketKeys,
  sessionIdContext,
  ...overrides,
});

/** Runs the handshake. `raw` is paused and open; `first` is what was read from it. */
export function runHandshake(
  raw: Socket,
  first: Buffer,
  tls: ChargerTls,
  credentials: readonly Credentials[],
  timeoutMs: number,
  overrides: HandshakeOverrides = {},
): Promise<HandshakeOutcome> {
  return new Promise((resolve) => {
    // A server that does not listen: its events report both results of a handshake.
    const handshakeTimeout = Math.min(longestTimerMs, Math.max(1, timeoutMs));
    const server = createServer({ ...optionsOf(tls, credentials, overrides), handshakeTimeout });
    server.on("tlsClientError", (error) => resolve({ error }));
    server.on("secureConnection", (socket) => {
      socket.allowHalfOpen = true;
      raw.allowHalfOpen = true;
      resolve({ socket });
    });
    // A charger that ends its stream during the handshake has hung up; a half-open socket would not report that.
    raw.allowHalfOpen = false;
    const { keylog } = tls;
    if (keylog !== undefined) server.on("keylog", keylog);
    raw.unshift(first);
    server.emit("connection", raw);
  });
}
