// Plain HTTP on the charger's port (firmware, SOAP, health): served by http-proxy from the CSMS's host and
// recorded as an http-exchange, the heads whole and the bodies up to a limit.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import httpProxy from "http-proxy";
import { fromLatin1 } from "../base/bytes.js";
import type { StoredHead } from "../cassette/entry.js";
import { hideSecrets, hideUserinfo } from "../cassette/hide-secrets.js";
import { shownTarget, targetAtCsms } from "../wire/target.js";
import { dialReason } from "./dial.js";
import { keyedHash } from "./digests.js";
import { refuse } from "./refuse.js";
import type { ProxyContext } from "./upgrade-context.js";

const bodyLimit = 65_536;

const rawHead = (startLine: string, rawHeaders: readonly string[]): Uint8Array => {
  const lines = [startLine];
  for (let i = 0; i < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  return fromLatin1(`${lines.join("\r\n")}\r\n\r\n`);
};

interface Body {
  readonly octets: () => Uint8Array;
  readonly length: () => number;
}

const listenTo = (stream: IncomingMessage): Body => {
  const parts: Buffer[] = [];
  let length = 0;
  stream.on("data", (chunk: Buffer) => {
    if (length < bodyLimit) parts.push(chunk.subarray(0, bodyLimit - length));
    length += chunk.length;
  });
  return { octets: () => Buffer.concat(parts), length: () => length };
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
    this.head = hideSecrets(rawHead(line, request.rawHeaders), keyedHash);
    this.requestBody = listenTo(request);
  }

  record(response: IncomingMessage | undefined, body: Body | undefined): void {
    if (this.recorded) return;
    this.recorded = true;
    const { remoteAddress, remotePort } = this.request.socket;
    const line = `HTTP/${response?.httpVersion} ${response?.statusCode} ${response?.statusMessage}`;
    this.context.shelf.ofHttp().record({
      kind: "http-exchange",
      at: this.at,
      from: remoteAddress === undefined ? null : `${remoteAddress}:${remotePort}`,
      url: this.url,
      status: response?.statusCode ?? null,
      request: this.head,
      requestBody: this.requestBody.octets(),
      requestLength: this.requestBody.length(),
      response: response === undefined ? null : hideSecrets(rawHead(line, response.rawHeaders), keyedHash),
      responseBody: body?.octets() ?? new Uint8Array(0),
      responseLength: body?.length() ?? 0,
    });
  }
}

const unreadable = (error: NodeJS.ErrnoException): { status: number; reason: string; by: "us" } => {
  if (error.code === "ERR_HTTP_REQUEST_TIMEOUT")
    return { status: 408, reason: "no whole request came in time", by: "us" };
  return { status: 400, reason: `this request cannot be read: ${error.message}`, by: "us" };
};

/**
 * Makes the HTTP server that plain requests are handed to; it listens nowhere by itself. An upgrade that comes
 * behind plain requests is put back, head and all, and its socket is given to `back`.
 */
export function createHttpForward(context: ProxyContext, back: (socket: Socket) => void): Server {
  const { csms, times } = context;
  const proxy = httpProxy.createProxyServer({
    target: { protocol: "http:", host: csms.host, port: csms.port },
    changeOrigin: csms.hostField !== undefined,
    proxyTimeout: times.answerMs,
  });
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
    exchanges.get(request)?.record(undefined, undefined);
    if ("headersSent" in answer && !answer.headersSent) {
      answer.writeHead(502, { "Content-Type": "text/plain; charset=utf-8", Connection: "close" });
      answer.end(`ocpp-vcr cannot reach the CSMS at ${csms.origin}: ${dialReason(error)}\n`);
    } else answer.destroy();
  };
  proxy.on("error", giveUp);
  // An upgrade without `Connection: Upgrade` behind plain requests: nothing here can carry the tunnel.
  proxy.on("proxyReq", (outgoing, request, answer) => {
    outgoing.once("upgrade", (_response, tunnel) => {
      tunnel.destroy();
      giveUp(new Error("it switched protocols in the middle of plain HTTP"), request, answer);
    });
  });
  // The charger went away before its answer was there.
  proxy.on("econnreset", (_error, request) => exchanges.get(request)?.record(undefined, undefined));
  const serve = (request: IncomingMessage, answer: ServerResponse): void => {
    const target = targetAtCsms(csms.basePath, request.url ?? "/");
    exchanges.set(request, new Exchange(context, request, target));
    request.url = target;
    try {
      proxy.web(request, answer);
    } catch (error) {
      // Targets that Node refuses to send are thrown by it, and not told as an error.
      giveUp(error instanceof Error ? error : new Error(String(error)), request, answer);
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
    const from = `${socket.remoteAddress}:${socket.remotePort}`;
    if (socket.writable && !socket.destroyed && (error as NodeJS.ErrnoException).code !== "ECONNRESET")
      refuse(context, { socket, from, identity: undefined, url: null, head: undefined }, unreadable(error));
    else socket.destroy();
  });
  return server;
}
