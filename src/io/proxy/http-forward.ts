// Plain HTTP on the charger's port (firmware, SOAP, health checks): forwarded to the CSMS's host by http-proxy, and recorded
// as an http-exchange with complete heads, and bodies up to a limit.

import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Agent as TlsAgent } from "node:https";
import { isIP, type Socket } from "node:net";
import httpProxy from "http-proxy";
import { fromLatin1 } from "../../base/bytes.js";
import { asError, systemErrorCode, VcrError } from "../../base/errors.js";
import { longestTimerMs } from "../../base/time.js";
import type { StoredHead } from "../../cassette/format/entry.js";
import { hideUserinfo } from "../../cassette/hide-secrets.js";
import { plainAddress } from "../../wire/http/forwarded.js";
import { shownTarget } from "../../wire/http/target.js";
import { dialReason } from "../sockets/dial.js";
import type { CsmsTls } from "../tls/tls-settings.js";
import { loopReason } from "./loop-watch.js";
import { refuseCharger } from "./refuse.js";
import type { CsmsAddress, ProxyContext, ProxyTimes } from "./upgrade-context.js";

const maxStoredBody = 65_536;

const rawHead = (startLine: string, rawHeaders: readonly string[]): Uint8Array => {
  const lines = [startLine];
  for (let i = 0; i < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  return fromLatin1(`${lines.join("\r\n")}\r\n\r\n`);
};

interface Body {
  readonly bytes: () => Uint8Array;
  readonly length: () => number;
}

const collectBody = (stream: IncomingMessage): Body => {
  const parts: Buffer[] = [];
  let length = 0;
  stream.on("data", (chunk: Buffer) => {
    if (length < maxStoredBody) parts.push(chunk.subarray(0, maxStoredBody - length));
    length += chunk.length;
  });
  return { bytes: () => Buffer.concat(parts), length: () => length };
};

class Exchange {
  private readonly context: ProxyContext;
  private readonly request: IncomingMessage;
  private readonly url: string;
  private readonly atNs: number;
  private readonly head: StoredHead;
  private readonly requestBody: Body;
  private recorded = false;

  constructor(context: ProxyContext, request: IncomingMessage, target: string) {
    this.context = context;
    this.request = request;
    this.atNs = context.clock.now();
    this.url = hideUserinfo(`${context.csms.origin.replace(/^ws/, "http")}${shownTarget(target)}`);
    const line = `${request.method} ${request.url} HTTP/${request.httpVersion}`;
    this.head = context.hideHead(rawHead(line, request.rawHeaders));
    this.requestBody = collectBody(request);
  }

  record(response: IncomingMessage | undefined, body: Body | undefined): void {
    if (this.recorded) return;
    this.recorded = true;
    const { remoteAddress, remotePort } = this.request.socket;
    const line = `HTTP/${response?.httpVersion} ${response?.statusCode} ${response?.statusMessage}`;
    this.context.cassettes.ofHttp().record({
      kind: "http-exchange",
      at: this.atNs,
      from: remoteAddress === undefined ? null : `${plainAddress(remoteAddress)}:${remotePort}`,
      url: this.url,
      status: response?.statusCode ?? null,
      request: this.head,
      requestBody: this.requestBody.bytes(),
      requestLength: this.requestBody.length(),
      response: response === undefined ? null : this.context.hideHead(rawHead(line, response.rawHeaders)),
      responseBody: body?.bytes() ?? new Uint8Array(0),
      responseLength: body?.length() ?? 0,
    });
  }

  /** Records an exchange without an answer, and a note with the reason. */
  recordFailure(reason: string): void {
    if (this.recorded) return;
    this.record(undefined, undefined);
    const { cassettes, clock } = this.context;
    const at = clock.now();
    cassettes.ofHttp().record({ kind: "note", connection: null, at, code: "http-failed", message: reason });
  }
}

/** Sends the charger's keep-alive header, but reuses no connection, because the CSMS may close it at that moment. */
const withoutReuse = <Kind extends Agent>(agent: Kind): Kind =>
  Object.assign(agent, { keepSocketAlive: () => false });

const unreadableRequest = (error: NodeJS.ErrnoException): { status: number; reason: string; by: "us" } => {
  if (error.code === "ERR_HTTP_REQUEST_TIMEOUT")
    return { status: 408, reason: "no complete request came in time", by: "us" };
  return { status: 400, reason: `this request cannot be read: ${error.message}`, by: "us" };
};

/** An agent with the TLS of the CSMS. The charger's identity is not known here, so only a client certificate for all chargers can be sent. */
const agentOf = (tls: CsmsTls): TlsAgent => {
  let credentials: ReturnType<CsmsTls["credentials"]> = [];
  try {
    credentials = tls.credentials(undefined);
  } catch (error) {
    if (!(error instanceof VcrError)) throw error;
  }
  return new TlsAgent({
    keepAlive: true,
    minVersion: "TLSv1.2",
    rejectUnauthorized: !tls.insecure,
    // Without a name, an agent uses the dialled host.
    ...(isIP(tls.name) === 0 ? { servername: tls.name } : {}),
    ...(tls.ca === undefined ? {} : { ca: [...tls.ca] }),
    ...(credentials.length === 0
      ? {}
      : { key: credentials.map(({ key }) => key), cert: credentials.map(({ cert }) => cert) }),
  });
};

const answerPlain = (answer: ServerResponse, status: number, reason: string): void => {
  answer.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", Connection: "close" });
  answer.end(`${reason}\n`);
};

/** Tracks a connection to the CSMS, so that a loop is recognised. */
const trackOutgoing = (context: ProxyContext, socket: Socket | null): void => {
  socket?.once("connect", () => {
    const { localAddress, localPort } = socket;
    socket.once("close", context.addressing.loops.trackConnection(localAddress, localPort));
  });
};

const rewriteHeaders = ({ csms, addressing }: ProxyContext, { headers, socket }: IncomingMessage): void => {
  // http-proxy's changeOrigin would write the dialled host, which --csms-connect may have changed.
  if (csms.hostField !== undefined) headers.host = csms.hostField;
  if (addressing.forwarded === "add")
    headers["x-forwarded-for"] = [headers["x-forwarded-for"], socket.remoteAddress]
      .filter((part) => part !== undefined && part !== "")
      .join(", ");
};

const proxyTo = (csms: CsmsAddress, times: ProxyTimes): httpProxy =>
  httpProxy.createProxyServer({
    target: { protocol: csms.tls === undefined ? "http:" : "https:", host: csms.host, port: csms.port },
    agent: withoutReuse(csms.tls === undefined ? new Agent({ keepAlive: true }) : agentOf(csms.tls)),
    ...(csms.tls === undefined ? {} : { secure: !csms.tls.insecure }),
    proxyTimeout: Math.min(longestTimerMs, times.answerMs),
    preserveHeaderKeyCase: true,
  });

/** Answers a head that readHead accepted but Node's parser refuses, instead of just closing. */
const refuseUnreadable = (context: ProxyContext, error: Error, socket: Socket): void => {
  const from = `${plainAddress(`${socket.remoteAddress}`)}:${socket.remotePort}`;
  const request = { socket, from, identity: undefined, url: null, head: undefined };
  if (socket.writable && !socket.destroyed && systemErrorCode(error) !== "ECONNRESET")
    refuseCharger(context, request, unreadableRequest(error));
  else socket.destroy();
};

/**
 * Makes the HTTP server that plain requests are given to; it does not listen. For an upgrade that comes after plain
 * requests, the head is put back into the socket, and the socket is given to `onUpgrade`.
 */
export function createHttpForward(context: ProxyContext, onUpgrade: (socket: Socket) => void): Server {
  const { csms, times } = context;
  const proxy = proxyTo(csms, times);
  const exchanges = new WeakMap<IncomingMessage, Exchange>();
  proxy.on("proxyRes", (response, request) => {
    // Node reads reason phrases that it then refuses to write.
    response.statusMessage = (response.statusMessage ?? "").replace(/[^\t\x20-\x7e\x80-\xff]/g, "?");
    const body = collectBody(response);
    response.once("close", () => exchanges.get(request)?.record(response, body));
  });
  const fail = (
    error: NodeJS.ErrnoException,
    request: IncomingMessage,
    answer: ServerResponse | Socket,
  ): void => {
    const reason = `ocpp-vcr cannot reach the CSMS at ${csms.origin}: ${dialReason(error)}`;
    exchanges.get(request)?.recordFailure(reason);
    if ("headersSent" in answer && !answer.headersSent) {
      answerPlain(answer, 502, reason);
    } else answer.destroy();
  };
  proxy.on("error", fail);
  // The CSMS switched protocols after a plain request, which http-proxy cannot forward.
  proxy.on("proxyReq", (outgoing, request, answer) => {
    trackOutgoing(context, outgoing.socket);
    outgoing.once("upgrade", (_response, tunnel) => {
      tunnel.destroy();
      fail(new Error("it switched protocols after a plain HTTP request"), request, answer);
    });
  });
  // The charger disconnected before the answer came.
  proxy.on("econnreset", (_error, request) => exchanges.get(request)?.record(undefined, undefined));
  const serve = (request: IncomingMessage, answer: ServerResponse): void => {
    const { addressing } = context;
    const target = addressing.targetOf(csms.basePath, request.url ?? "/");
    exchanges.set(request, new Exchange(context, request, target));
    if (addressing.loops.isOwn(request.socket.remoteAddress, request.socket.remotePort)) {
      answerPlain(answer, 508, loopReason);
      exchanges.get(request)?.record(undefined, undefined);
      return;
    }
    request.url = target;
    rewriteHeaders(context, request);
    try {
      proxy.web(request, answer);
    } catch (error) {
      // Node throws for targets that it refuses to send.
      fail(asError(error), request, answer);
    }
  };
  const server = createServer({ connectionsCheckingInterval: Math.min(1000, times.headMs) }, serve);
  server.headersTimeout = times.headMs;
  // Node starts its time limits with this event, and this server never listens.
  server.emit("listening");
  server.on("upgrade", (request, stream, rest) => {
    const socket = stream as Socket;
    const line = `${request.method} ${request.url} HTTP/${request.httpVersion}`;
    socket.pause();
    socket.unshift(Buffer.concat([rawHead(line, request.rawHeaders), rest]));
    onUpgrade(socket);
  });
  server.on("clientError", (error, stream) => refuseUnreadable(context, error, stream as Socket));
  return server;
}
