// The embedded CSMS: the shell around `csms/answers`, on `ws`, because here we are a lawful
// endpoint (design section 4). It takes any identity, any path and any password, and nothing that a peer
// sends may end more than that peer's own connection. Knows nothing of what an answer says.

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

/** How an embedded CSMS speaks TLS. */
export interface EmbeddedTls {
  /** The certificates to show for a name asked for by SNI, and without one. */
  readonly credentials: (name: string | undefined) => readonly Credentials[];
  /** Roots of the certificates that chargers have to show, PEM; undefined where they need none. */
  readonly clientCa: readonly string[] | undefined;
}

/** Which connection something happened on. */
export interface CsmsPeer {
  /** Counts the connections of this CSMS from 1. */
  readonly connection: number;
  readonly identity: string;
  readonly version: OcppVersion;
}

/** What happened at the embedded CSMS; texts are the peer's own and nothing has been taken out of them. */
export type CsmsEvent =
  | (CsmsPeer & { readonly kind: "connected"; readonly target: string; readonly subprotocol: string | null })
  | (CsmsPeer & { readonly kind: "received"; readonly text: string })
  | (CsmsPeer & { readonly kind: "sent"; readonly text: string })
  /** A binary message, which OCPP-J does not have. */
  | (CsmsPeer & { readonly kind: "ignored"; readonly octets: number })
  | (CsmsPeer & { readonly kind: "closed"; readonly code: number; readonly why: string });

/** How an embedded CSMS is started. */
export interface EmbeddedCsmsOptions {
  /** 127.0.0.1 unless given. */
  readonly host?: string;
  /** 0, which picks a free one, unless given. */
  readonly port?: number;
  /** The heartbeat interval that charge points are given, in seconds; 300 unless given. */
  readonly interval?: number;
  /** The first 1.6 transaction id; 1 unless given. */
  readonly firstTransactionId?: number;
  /** The time as an RFC 3339 date-time; the clock unless given. */
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
  /** Closes every connection (1001, and without patience for who does not answer) and the listener. */
  close(): Promise<void>;
}

const maxMessage = 16 * 1024 * 1024;
const closePatienceMs = 500;
/** Answers that wait for a peer that does not read them; beyond, nothing more is read from it. */
const maxUnsent = 1024 * 1024;

const isSpoken = (subprotocol: string): boolean =>
  ocppVersions.some((version) => subprotocolOf(version) === subprotocol.toLowerCase());

type Settings = Required<Omit<EmbeddedCsmsOptions, "host" | "port" | "firstTransactionId" | "tls">> & {
  readonly transactionIds: TransactionIds;
};

/** Listens; refuses with LISTEN_FAILED. */
export async function startEmbeddedCsms(options: EmbeddedCsmsOptions = {}): Promise<EmbeddedCsms> {
  const settings: Settings = {
    interval: options.interval ?? 300,
    now: options.now ?? (() => new Date().toISOString()),
    onEvent: options.onEvent ?? (() => undefined),
    transactionIds: { next: options.firstTransactionId ?? 1 },
  };
  const { tls } = options;
  const listener = tls === undefined ? createServer(sayWhat) : secureListener(tls);
  const address = await listen(listener, options.host ?? "127.0.0.1", options.port ?? 0);
  const sockets = new WebSocketServer({
    server: listener,
    maxPayload: maxMessage,
    // OCPP 2.x part 4 section 3.3 asks a CSMS for RFC 7692; below some hundred bytes it gains nothing.
    perMessageDeflate: { threshold: 512 },
    handleProtocols: (offered) => [...offered].find(isSpoken) ?? false,
  });
  // A listener that stands loses single connections by such errors, never itself.
  sockets.on("error", () => undefined);
  let connections = 0;
  sockets.on("connection", (socket, request) => {
    connections++;
    attend(socket, request, connections, settings);
  });
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    url: `${tls === undefined ? "ws" : "wss"}://${host}:${address.port}`,
    port: address.port,
    close: () => closeAll(listener, sockets),
  };
}

const sayWhat: RequestListener = (_request, response) => {
  response.writeHead(426, { Connection: "close", "Content-Type": "text/plain", Upgrade: "websocket" });
  response.end("This is a CSMS: it speaks OCPP over WebSocket.\n");
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
      // One context for every name: on Node 24 a context chosen by SNI serves the last of its two keys alone.
      minVersion: "TLSv1.2",
    },
    sayWhat,
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
const attend = (
  socket: WebSocket,
  request: IncomingMessage,
  connection: number,
  settings: Settings,
): void => {
  const target = request.url ?? "/";
  const version = versionOf(socket.protocol) ?? assumedVersion;
  const identity = identityOf(target) ?? `unknown-${plainAddress(request.socket.remoteAddress ?? "peer")}`;
  const peer: CsmsPeer = { connection, identity, version };
  const { now, onEvent } = settings;
  const csms = createCsms({ version, interval: settings.interval, transactionIds: settings.transactionIds });
  let why = "";
  // `ws` closes the connection itself after an illegal frame or a broken socket.
  socket.on("error", (error) => {
    why = error.message;
  });
  socket.on("close", (code, reason) =>
    onEvent({ ...peer, kind: "closed", code, why: reason.length > 0 ? reason.toString() : why }),
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
  // Without a subprotocol in common the upgrade is finished first and the connection closed then (1.6J 3.2).
  if (subprotocol === null && offersSome(request)) socket.close(1002, "no common subprotocol");
};

const offersSome = (request: IncomingMessage): boolean =>
  (request.headers["sec-websocket-protocol"] ?? "").trim() !== "";

const bytesOf = (data: RawData): Buffer => {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
};

/** Sends an answer; a peer that does not read its answers is not read from either. */
const send = (socket: WebSocket, peer: CsmsPeer, text: string, onEvent: Settings["onEvent"]): void => {
  if (socket.readyState !== socket.OPEN) return;
  socket.send(text, () => {
    if (socket.isPaused && socket.bufferedAmount < maxUnsent) socket.resume();
  });
  onEvent({ ...peer, kind: "sent", text });
  if (socket.bufferedAmount >= maxUnsent) socket.pause();
};

const closeAll = (listener: Server, sockets: WebSocketServer): Promise<void> =>
  new Promise((resolve) => {
    // A connection whose upgrade has not come would keep the listener open for as long as it likes.
    listener.close(() => {
      impatience.stop();
      resolve();
    });
    listener.closeAllConnections();
    for (const socket of sockets.clients) {
      socket.resume();
      socket.close(1001, "the CSMS is shutting down");
    }
    const impatience = startTimer(() => {
      for (const socket of sockets.clients) socket.terminate();
    }, closePatienceMs);
    sockets.close();
  });
