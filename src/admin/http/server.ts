// The HTTP server of the admin API: it checks who calls, finds the route, and sends the answer or the refusal as JSON. No
// answer has CORS headers, none may be cached, and no request head is logged.

import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";

import { WebSocketServer } from "ws";
import { errorText, VcrError } from "../../base/errors.js";
import { startTimer } from "../../io/platform/timers.js";
import { plainAddress } from "../../wire/http/forwarded.js";
import { readBody } from "./body.js";
import { findRoute } from "./find-route.js";
import { chosenProtocol, Guard } from "./guard.js";
import { AdminProblem } from "./problem.js";
import type { Reply, Route } from "./route.js";

/** How an admin server is started. */
export interface AdminServerOptions<Run> {
  readonly host: string;
  readonly port: number;
  readonly token: string;
  /** Further names that the Host header may have. */
  readonly names: readonly string[];
  readonly routes: readonly Route<Run>[];
  /** What the handlers of the routes work on. */
  readonly run: Run;
  /** Called with an internal error. */
  readonly onDefect: (error: unknown) => void;
}

/** A running admin server. */
export interface AdminServer {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** How long open requests may take to end before their connections are closed. */
const closeTimeoutMs = 500;
/** Messages of a WebSocket's reader are ignored, and so need no room. */
const maxSocketMessageBytes = 1024;

const defect = (error: unknown): AdminProblem =>
  new AdminProblem("defect", `internal error: ${errorText(error)}`, "Please report it.");

const commonHeaders = {
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
} as const;

const sendJson = (
  response: ServerResponse,
  status: number,
  type: string,
  value: unknown,
  fields: Readonly<Record<string, string>> = {},
): void => {
  const text = `${JSON.stringify(value)}\n`;
  response.writeHead(status, { ...commonHeaders, "Content-Type": type, ...fields });
  response.end(text);
};

const fieldsOf = ({ status, details }: AdminProblem): Readonly<Record<string, string>> => {
  if (status === 401) return { "WWW-Authenticate": 'Bearer realm="ocpp-vcr"' };
  return typeof details.allowed === "string" ? { Allow: details.allowed } : {};
};

class Listener<Run> implements AdminServer {
  readonly host: string;
  url = "";
  port = 0;
  private readonly options: AdminServerOptions<Run>;
  private readonly guard: Guard;
  private readonly http: Server;
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxSocketMessageBytes,
    handleProtocols: chosenProtocol,
  });

  constructor(options: AdminServerOptions<Run>) {
    this.options = options;
    this.host = options.host;
    this.guard = new Guard({ token: options.token, hosts: [options.host, ...options.names] });
    this.http = createServer({ maxHeaderSize: 16_384, requestTimeout: 30_000 }, (request, response) => {
      void this.serve(request, response);
    });
    this.http.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.upgrade(request, socket, head),
    );
    // A request that is not HTTP: close its connection.
    this.http.on("clientError", (_error, socket) => void socket.destroy());
  }

  async listen(): Promise<this> {
    const { host, port } = this.options;
    this.http.listen(port, host);
    try {
      await once(this.http, "listening");
    } catch (error) {
      throw new VcrError(
        "LISTEN_FAILED",
        `the admin API cannot listen on ${host}:${port}: ${errorText(error)}`,
        "Choose another port with --admin, or 0 for any free one.",
        error,
      );
    }
    this.port = (this.http.address() as AddressInfo).port;
    this.url = `http://${host.includes(":") ? `[${host}]` : host}:${this.port}`;
    return this;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      const timer = startTimer(() => this.http.closeAllConnections(), closeTimeoutMs);
      this.http.close(() => {
        timer.stop();
        resolve();
      });
      for (const socket of this.sockets.clients) socket.close(1001, "the program ends");
      this.http.closeIdleConnections();
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on("error", () => undefined);
    try {
      const reply = await this.reply(request, response);
      await this.send(reply, response);
    } catch (error) {
      this.refuse(error, response);
    }
  }

  private async reply(request: IncomingMessage, response: ServerResponse): Promise<Reply> {
    this.guard.admit(request);
    const { path, query } = targetOf(request);
    const { routes, run } = this.options;
    const isOpen = routes.some((route) => route.isOpen === true && route.path === path);
    if (!isOpen) this.guard.authorize(request);
    const found = findRoute(routes, request.method ?? "GET", path);
    return found.route.serve({
      run,
      response,
      by: `the admin API (${plainAddress(request.socket.remoteAddress ?? "?")})`,
      path: found.path,
      query,
      body: (content) => readBody(request, content),
    });
  }

  private async send(reply: Reply, response: ServerResponse): Promise<void> {
    switch (reply.kind) {
      case "json":
        sendJson(response, reply.status, "application/json", reply.value);
        return;
      case "text":
        response.writeHead(200, { ...commonHeaders, "Content-Type": reply.type });
        response.end(reply.text);
        return;
      case "lines":
        response.writeHead(200, { ...commonHeaders, "Content-Type": "application/x-ndjson" });
        for await (const line of reply.lines) {
          if (response.destroyed) return;
          if (!response.write(line)) await Promise.race([once(response, "drain"), once(response, "close")]);
        }
        response.end();
        return;
      case "sent":
        return;
    }
  }

  private refuse(error: unknown, response: ServerResponse): void {
    const problem = error instanceof AdminProblem ? error : defect(error);
    if (problem.status === 500) this.options.onDefect(error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { status, code, message, hint, details } = problem;
    const fields = { ...fieldsOf(problem), ...(status === 413 ? { Connection: "close" } : {}) };
    sendJson(response, status, "application/problem+json", { code, message, mend: hint, ...details }, fields);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", () => undefined);
    try {
      this.guard.admit(request);
      this.guard.authorize(request);
      const { path, query } = targetOf(request);
      const { route } = findRoute(this.options.routes, "GET", path);
      if (route.openSocket === undefined)
        throw new AdminProblem(
          "no-such-address",
          "this path takes no WebSocket",
          "See docs/reference/admin.md.",
        );
      const onOpen = route.openSocket(this.options.run, query);
      this.sockets.handleUpgrade(request, socket, head, onOpen);
    } catch (error) {
      const { status, code, message, hint } = error instanceof AdminProblem ? error : defect(error);
      const text = `${JSON.stringify({ code, message, mend: hint })}\n`;
      socket.end(
        `HTTP/1.1 ${status} Refused\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
      );
    }
  }
}

const targetOf = ({ url = "/" }: IncomingMessage): { path: string; query: URLSearchParams } => {
  const at = url.indexOf("?");
  const path = at < 0 ? url : url.slice(0, at);
  return { path, query: new URLSearchParams(at < 0 ? "" : url.slice(at + 1)) };
};

/** Starts the HTTP server of the admin API. Throws VcrError LISTEN_FAILED. */
export function startAdminServer<Run>(options: AdminServerOptions<Run>): Promise<AdminServer> {
  return new Listener(options).listen();
}
