// The server's half of a TLS handshake on a raw socket whose first bytes were read before. What is chosen for it
// stands in the settings; what the peer's certificate is worth is judged by the caller, because Node would end the
// connection without a word (design 4.1).

import { constants, createHash, randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { createServer, DEFAULT_CIPHERS, type TLSSocket, type TlsOptions } from "node:tls";
import { longestTimerMs } from "../../base/time.js";
import type { Credentials } from "../../pki/credentials.js";
import { refuseClientCertificate } from "./client-certificate-refusal.js";
import type { ChargerTls } from "./tls-settings.js";

/** How a handshake ended. */
export type HandshakeOutcome = { readonly socket: TLSSocket } | { readonly error: Error };

/** One for all connections, so that a charger can resume its session on the next. */
const ticketKeys = randomBytes(48);
const sessionIdContext = createHash("sha256").update("ocpp-vcr").digest("hex").slice(0, 32);

/** OCPP 1.6 allows TLS_RSA_WITH_AES_128_CBC_SHA to old chargers alone. */
const usualCiphers = `${DEFAULT_CIPHERS}:!AES128-SHA`;
/** They speak nothing else; OpenSSL takes SHA-1 and its like at this level alone. */
const legacyCiphers = "DEFAULT:AES128-SHA:@SECLEVEL=0";

/** What rules hold a handshake to; nothing where it is empty. */
export type HandshakeCaps = Pick<
  TlsOptions,
  "minVersion" | "maxVersion" | "ciphers" | "requestCert" | "ticketKeys"
>;

/** Begins a handshake that ends with this alert in answer to the client's certificate, or before; says how it ended. */
export function shakeHandsInVain(
  raw: Socket,
  first: Buffer,
  tls: ChargerTls,
  credentials: readonly Credentials[],
  timeoutMs: number,
  caps: HandshakeCaps,
  alert: number,
): Promise<"refused" | Error> {
  return new Promise((resolve) => {
    const handshakeTimeout = Math.min(longestTimerMs, Math.max(1, timeoutMs));
    const server = createServer({ ...optionsOf(tls, credentials, caps), handshakeTimeout });
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
  caps: HandshakeCaps,
): TlsOptions => ({
  key: credentials.map(({ key }) => key),
  cert: credentials.map(({ cert }) => cert),
  minVersion: tls.leastVersion,
  ciphers: tls.leastVersion === "TLSv1" ? legacyCiphers : usualCiphers,
  ...(tls.clientCertificate === "off" ? {} : { requestCert: true, ca: [...tls.clientCa] }),
  rejectUnauthorized: false,
  // Nobody needs a second handshake on a connection, and some have used it to exhaust servers.
  secureOptions: constants.SSL_OP_NO_RENEGOTIATION | constants.SSL_OP_NO_COMPRESSION,
  ticketKeys,
  sessionIdContext,
  ...caps,
});

/** Does the handshake; `raw` is paused and has ended nothing, `first` is what was read from it. */
export function shakeHands(
  raw: Socket,
  first: Buffer,
  tls: ChargerTls,
  credentials: readonly Credentials[],
  timeoutMs: number,
  caps: HandshakeCaps = {},
): Promise<HandshakeOutcome> {
  return new Promise((resolve) => {
    // A server that listens nowhere: its events are the documented way to both ends of a handshake.
    const handshakeTimeout = Math.min(longestTimerMs, Math.max(1, timeoutMs));
    const server = createServer({ ...optionsOf(tls, credentials, caps), handshakeTimeout });
    server.on("tlsClientError", (error) => resolve({ error }));
    server.on("secureConnection", (socket) => {
      socket.allowHalfOpen = true;
      raw.allowHalfOpen = true;
      resolve({ socket });
    });
    // A charger that ends its stream within the handshake has hung up, which nobody would tell of a half-open one.
    raw.allowHalfOpen = false;
    const { keylog } = tls;
    if (keylog !== undefined) server.on("keylog", keylog);
    raw.unshift(first);
    server.emit("connection", raw);
  });
}
