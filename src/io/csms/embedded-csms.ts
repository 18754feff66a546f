// The embedded CSMS: a WebSocket server (on `ws`) around the answers of `csms/answers`. It accepts any identity, path and
// password. Nothing that a charger sends can affect more than its own connection.

import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { VcrError } from "../../base/errors.js";
import { createCsms } from "../../csms/answers.js";
import type { TransactionIds } from "../../csms/payloads.js";
import {
  assumedVersion,
  type OcppVersion,
  ocppVersions,
  subprotocolOf,
  versionOf,
} from "../../ocpp/version.js";
import type { Credentials } from "../../pki/credentials.js";
import { plainAddress } from "../../wire/http/forwarded.js";
import { identityOf, shownTarget } from "../../wire/http/target.js";
import { startTimer } from "../platform/timers.js";

/** The TLS of an embedded CSMS. */
export interface EmbeddedTls {
  /** The certificates for a server name (SNI), or without one. */
  readonly credentials: (name: string | undefined) => readonly Credentials[];
  /** The roots of chargers' certificates, PEM; undefined: chargers need no certificate. */
  readonly clientCa: readonly string[] | undefined;
}

/** A connection of the embedded CSMS. */
export interface CsmsPeer {
  /** Counts the connections of this CSMS from 1. */
  readonly connection: number;
  readonly identity: string;
  readonly version: OcppVersion;
}

/** An event of the embedded CSMS. Texts are exactly what the peer sent. */
export type CsmsEvent =
  | (CsmsPeer & { readonly kind: "connected"; readonly target: string; readonly subprotocol: string | null })
  | (CsmsPeer & { readonly kind: "received"; readonly text: string })
  | (CsmsPeer & { readonly kind: "sent"; readonly text: string })
  /** A binary message, which OCPP-J does not have. */
  | (CsmsPeer & { readonly kind: "ignored"; readonly octets: number })
  | (CsmsPeer & { readonly kind: "closed"; readonly code: number; readonly why: string });

/** The options of an embedded CSMS. */
export interface EmbeddedCsmsOptions {
  /** 127.0.0.1 unless given. */
  readonly host?: string;
  /** 0, which picks a free one, unless given. */
  readonly port?: number;
  /** The heartbeat interval for charge points, in seconds; 300 unless given. */
  readonly interval?: number;
  /** The first 1.6 transaction id; 1 unless given. */
  readonly firstTransactionId?: number;
  /** Gives the time as an RFC 3339 date-time; the system clock unless given. */
  readonly now?: () => string;
  /** Plain unless given. */
  readonly tls?: EmbeddedTls;
  readonly onEvent?: (event: CsmsEvent) => void;
}

/** A running embedded CSMS. */
export interface EmbeddedCsms {
  /** `ws://host:port`, to which a charge point appends its path. */
  readonly url: string;
  readonly port: number;
  /** Closes every connection (code 1001) and the listener. A peer that does not answer in time is terminated. */
  close(): Promise<void>;
}

const maxMessageBytes = 16 * 1024 * 1024;
const closeTimeoutMs = 500;
/** Bytes of unsent answers above which the CSMS stops reading from a peer. */
const maxUnsentBytes = 1024 * 1024;

const isSupported = (subprotocol: string): boolean =>
  ocppVersions.some((version) => subprotocolOf(version) === subprotocol.toLowerCase());

type Settings = Required<Omit<EmbeddedCsmsOptions, "host" | "port" | "firstTransactionId" | "tls">> & {
  readonly transactionIds: TransactionIds;
};

/** Starts an embedded CSMS. Throws VcrError LISTEN_FAILED. */
export async function startEmbeddedCsms(options: EmbeddedCsmsOptions = {}): Promise<EmbeddedCsms> {
  const settings: Settings = {
    interval: options.interval ?? 300,
    now: options.now ?? (() => new Date().toISOString()),
    onEvent: options.onEvent ?? (() => undefined),
    transactionIds: { next: options.firstTransactionId ?? 1 },
  };
  const { tls } = options;
  const listener = tls === undefined ? createServer(refusePlainHttp) : secureListener(tls);
  const address = await listen(listener, options.host ?? "127.0.0.1", options.port ?? 0);
  const sockets = new WebSocketServer({
    server: listener,
    maxPayload: maxMessageBytes,
    // OCPP 2.x part 4 section 3.3 requires a CSMS to support RFC 7692. Small messages do not get smaller.
    perMessageDeflate: { threshold: 512 },
    handleProtocols: (offered) => [...offered].find(isSupported) ?? false,
  });
  // Such errors concern single connections, not the listener.
  sockets.on("error", () => undefined);
  let connections = 0;
  sockets.on("connection", (socket, request) => {
    connections++;
    serve(socket, request, connections, settings);
  });
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    url: `${tls === undefined ? "ws" : "wss"}://${host}:${address.port}`,
    port: address.port,
    close: () => closeAll(listener, sockets),
  };
}

const refusePlainHttp: RequestListener = (_request, response) => {
  response.writeHead(426, { Connection: "close", "Content-Type": "text/plain", Upgrade: "websocket" });
  response.end("This is a CSMS: connect with OCPP over WebSocket.\n");
};

const pairOf = (credentials: readonly Credentials[]): { key: string[]; cert: string[] } => ({
  key: credentials.map(({ key }) => key),
  cert: credentials.map(({ cert }) => cert),
});

const secureListener = ({ credentials, clientCa }: EmbeddedTls): Server => {
  const trust =
    clientCa === undefined ? {} : { ca: [...clientCa], requestCert: true, rejectUnauthorized: true };
  return createSecureServer(
    {
      ...pairOf(credentials(undefined)),
      ...trust,
      // One context for every name, because on Node 24 a context chosen by SNI uses only the last of its two keys.
      minVersion: "TLSv1.2",
    },
    refusePlainHttp,
  );
};

const listen = (listener: Server, host: string, port: number): Promise<AddressInfo> =>
  new Promise((resolve, reject) => {
    listener.once("error", (error) =>
      reject(
        new VcrError(
          "LISTEN_FAILED",
          `the embedded CSMS cannot listen on ${host}:${port}: ${error.message}`,
          "Choose another address, or port 0 for any free one.",
          error,
        ),
      ),
    );
    listener.listen(port, host, () => resolve(listener.address() as AddressInfo));
  });

/** Serves one charge point until its connection ends. */
const serve = (socket: WebSocket, request: IncomingMessage, connection: number, settings: Settings): void => {
  const target = request.url ?? "/";
  const version = versionOf(socket.protocol) ?? assumedVersion;
  const identity = identityOf(target) ?? `unknown-${plainAddress(request.socket.remoteAddress ?? "peer")}`;
  const peer: CsmsPeer = { connection, identity, version };
  const { now, onEvent } = settings;
  const csms = createCsms({ version, interval: settings.interval, transactionIds: settings.transactionIds });
  let closeReason = "";
  // `ws` closes the connection itself after an invalid frame or a socket error.
  socket.on("error", (error) => {
    closeReason = error.message;
  });
  socket.on("close", (code, reason) =>
    onEvent({ ...peer, kind: "closed", code, why: reason.length > 0 ? reason.toString() : closeReason }),
  );
  socket.on("message", (data, isBinary) => {
    const bytes = bytesOf(data);
    if (isBinary) {
      onEvent({ ...peer, kind: "ignored", octets: bytes.length });
      return;
    }
    const message = bytes.toString();
    onEvent({ ...peer, kind: "received", text: message });
    for (const text of csms.answer(message, now())) send(socket, peer, text, onEvent);
  });
  const subprotocol = socket.protocol === "" ? null : socket.protocol;
  onEvent({ ...peer, kind: "connected", target: shownTarget(target), subprotocol });
  // Without a common subprotocol, the upgrade is completed and then the connection closed (OCPP-J 1.6 section 3.2).
  if (subprotocol === null && offersSubprotocol(request)) socket.close(1002, "no common subprotocol");
};

const offersSubprotocol = (request: IncomingMessage): boolean =>
  (request.headers["sec-websocket-protocol"] ?? "").trim() !== "";

const bytesOf = (data: RawData): Buffer => {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
};

/** Sends an answer. Stops reading from a peer that does not read its answers. */
const send = (socket: WebSocket, peer: CsmsPeer, text: string, onEvent: Settings["onEvent"]): void => {
  if (socket.readyState !== socket.OPEN) return;
  socket.send(text, () => {
    if (socket.isPaused && socket.bufferedAmount < maxUnsentBytes) socket.resume();
  });
  onEvent({ ...peer, kind: "sent", text });
  if (socket.bufferedAmount >= maxUnsentBytes) socket.pause();
};

const closeAll = (listener: Server, sockets: WebSocketServer): Promise<void> =>
  new Promise((resolve) => {
    // A connection without an upgrade would keep the listener open.
    listener.close(() => {
      timer.stop();
      resolve();
    });
    listener.closeAllConnections();
    for (const socket of sockets.clients) {
      socket.resume();
      socket.close(1001, "the CSMS is shutting down");
    }
    const timer = startTimer(() => {
      for (const socket of sockets.clients) socket.terminate();
    }, closeTimeoutMs);
    sockets.close();
  });
