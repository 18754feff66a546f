// Plain HTTP on the charger's port (firmware, SOAP, health): served by http-proxy from the CSMS's host and
// recorded as an http-exchange, the heads whole and the bodies up to a limit.

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
import { refuse } from "./refuse.js";
import type { CsmsAddress, ProxyContext, ProxyTimes } from "./upgrade-context.js";

const bodyLimit = 65_536;

const rawHead = (startLine: string, rawHeaders: readonly string[]): Uint8Array => {
  const lines = [startLine];
  for (let i = 0; i < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  return fromLatin1(`${lines.join("\r\n")}\r\n\r\n`);
};

interface Body {
  readonly bytes: () => Uint8Array;
  readonly length: () => number;
}

const listenTo = (stream: IncomingMessage): Body => {
  const parts: Buffer[] = [];
  let length = 0;
  stream.on("data", (chunk: Buffer) => {
    if (length < bodyLimit) parts.push(chunk.subarray(0, bodyLimit - length));
    length += chunk.length;
  });
  return { bytes: () => Buffer.concat(parts), length: () => length };
};

class Exchange {
  private readonly context: ProxyContext;
  private readonly request: IncomingMessage;
  private readonly url: string;
  private readonly at: number;
  private readonly head: StoredHead;
  private readonly requestBody: Body;
  private recorded = false;

  constructor(context: ProxyContext, request: IncomingMessage, target: string) {
    this.context = context;
    this.request = request;
    this.at = context.clock.now();
    this.url = hideUserinfo(`${context.csms.origin.replace(/^ws/, "http")}${shownTarget(target)}`);
    const line = `${request.method} ${request.url} HTTP/${request.httpVersion}`;
    this.head = context.hideHead(rawHead(line, request.rawHeaders));
    this.requestBody = listenTo(request);
  }

  record(response: IncomingMessage | undefined, body: Body | undefined): void {
    if (this.recorded) return;
    this.recorded = true;
    const { remoteAddress, remotePort } = this.request.socket;
    const line = `HTTP/${response?.httpVersion} ${response?.statusCode} ${response?.statusMessage}`;
    this.context.cassettes.ofHttp().record({
      kind: "http-exchange",
      at: this.at,
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

  /** The CSMS gave no answer: the exchange without one, and a note that says why. */
  recordFailure(reason: string): void {
    if (this.recorded) return;
    this.record(undefined, undefined);
    const { cassettes, clock } = this.context;
    const at = clock.now();
    cassettes.ofHttp().record({ kind: "note", connection: null, at, code: "http-failed", message: reason });
  }
}

/** Asks for keep-alive as the charger did, but keeps no connection: a kept one may be closed as it is taken. */
const keepingNothing = <Kind extends Agent>(agent: Kind): Kind =>
  Object.assign(agent, { keepSocketAlive: () => false });

const unreadable = (error: NodeJS.ErrnoException): { status: number; reason: string; by: "us" } => {
  if (error.code === "ERR_HTTP_REQUEST_TIMEOUT")
    return { status: 408, reason: "no whole request came in time", by: "us" };
  return { status: 400, reason: `this request cannot be read: ${error.message}`, by: "us" };
};

/** Verifies the CSMS as an upgrade would; no charger is known here, so only a certificate for all can be shown. */
const agentOf = (tls: CsmsTls): TlsAgent => {
  let shown: ReturnType<CsmsTls["credentials"]> = [];
  try {
    shown = tls.credentials(undefined);
  } catch (error) {
    if (!(error instanceof VcrError)) throw error;
  }
  return new TlsAgent({
    keepAlive: true,
    minVersion: "TLSv1.2",
    rejectUnauthorized: !tls.insecure,
    // Agents take the dialled host for the name where none is given.
    ...(isIP(tls.name) === 0 ? { servername: tls.name } : {}),
    ...(tls.ca === undefined ? {} : { ca: [...tls.ca] }),
    ...(shown.length === 0 ? {} : { key: shown.map(({ key }) => key), cert: shown.map(({ cert }) => cert) }),
  });
};

const answerPlain = (answer: ServerResponse, status: number, reason: string): void => {
  answer.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", Connection: "close" });
  answer.end(`${reason}\n`);
};

/** Remembers a connection of ours, to know it again if it comes back. */
const noteOutgoing = (context: ProxyContext, socket: Socket | null): void => {
  socket?.once("connect", () => {
    const { localAddress, localPort } = socket;
    socket.once("close", context.reach.loops.leaves(localAddress, localPort));
  });
};

const rewriteHeaders = ({ csms, reach }: ProxyContext, { headers, socket }: IncomingMessage): void => {
  // Not http-proxy's changeOrigin: it would write where it dials, which --csms-connect may have moved.
  if (csms.hostField !== undefined) headers.host = csms.hostField;
  if (reach.forwarded === "add")
    headers["x-forwarded-for"] = [headers["x-forwarded-for"], socket.remoteAddress]
      .filter((part) => part !== undefined && part !== "")
      .join(", ");
};

const proxyTo = (csms: CsmsAddress, times: ProxyTimes): httpProxy =>
  httpProxy.createProxyServer({
    target: { protocol: csms.tls === undefined ? "http:" : "https:", host: csms.host, port: csms.port },
    agent: keepingNothing(csms.tls === undefined ? new Agent({ keepAlive: true }) : agentOf(csms.tls)),
    ...(csms.tls === undefined ? {} : { secure: !csms.tls.insecure }),
    proxyTimeout: Math.min(longestTimerMs, times.answerMs),
    preserveHeaderKeyCase: true,
  });

/**
 * Makes the HTTP server that plain requests are handed to; it listens nowhere by itself. An upgrade that comes
 * behind plain requests is put back, head and all, and its socket is given to `back`.
 */
export function createHttpForward(context: ProxyContext, back: (socket: Socket) => void): Server {
  const { csms, times } = context;
  const proxy = proxyTo(csms, times);
  const exchanges = new WeakMap<IncomingMessage, Exchange>();
  proxy.on("proxyRes", (response, request) => {
    // Node reads reason phrases that it refuses to write.
    response.statusMessage = (response.statusMessage ?? "").replace(/[^\t\x20-\x7e\x80-\xff]/g, "?");
    const body = listenTo(response);
    response.once("close", () => exchanges.get(request)?.record(response, body));
  });
  const giveUp = (
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
  proxy.on("error", giveUp);
  // An upgrade without `Connection: Upgrade` behind plain requests: nothing here can carry the tunnel.
  proxy.on("proxyReq", (outgoing, request, answer) => {
    noteOutgoing(context, outgoing.socket);
    outgoing.once("upgrade", (_response, tunnel) => {
      tunnel.destroy();
      giveUp(new Error("it switched protocols in the middle of plain HTTP"), request, answer);
    });
  });
  // The charger went away before its answer was there.
  proxy.on("econnreset", (_error, request) => exchanges.get(request)?.record(undefined, undefined));
  const serve = (request: IncomingMessage, answer: ServerResponse): void => {
    const { reach } = context;
    const target = reach.targetOf(csms.basePath, request.url ?? "/");
    exchanges.set(request, new Exchange(context, request, target));
    if (reach.loops.isOwn(request.socket.remoteAddress, request.socket.remotePort)) {
      answerPlain(answer, 508, loopReason);
      exchanges.get(request)?.record(undefined, undefined);
      return;
    }
    request.url = target;
    rewriteHeaders(context, request);
    try {
      proxy.web(request, answer);
    } catch (error) {
      // Targets that Node refuses to send are thrown by it, and not told as an error.
      giveUp(asError(error), request, answer);
    }
  };
  const server = createServer({ connectionsCheckingInterval: Math.min(1000, times.headMs) }, serve);
  server.headersTimeout = times.headMs;
  // Node watches its time limits from the moment it listens, which this server never does.
  server.emit("listening");
  server.on("upgrade", (request, stream, rest) => {
    const socket = stream as Socket;
    const line = `${request.method} ${request.url} HTTP/${request.httpVersion}`;
    socket.pause();
    socket.unshift(Buffer.concat([rawHead(line, request.rawHeaders), rest]));
    back(socket);
  });
  // A head that our reader let pass and Node's does not: say so instead of hanging up.
  server.on("clientError", (error, stream) => {
    const socket = stream as Socket;
    const from = `${plainAddress(`${socket.remoteAddress}`)}:${socket.remotePort}`;
    if (socket.writable && !socket.destroyed && systemErrorCode(error) !== "ECONNRESET")
      refuse(context, { socket, from, identity: undefined, url: null, head: undefined }, unreadable(error));
    else socket.destroy();
  });
  return server;
}
