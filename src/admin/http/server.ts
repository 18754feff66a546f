// The listener of the admin API: every request is admitted, authorised, routed, and its refusals become JSON. No answer
// ever allows another origin, none is cached, and nothing of a request's head is logged.

import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { errorText, VcrError } from "../../base/errors.js";
import { startTimer } from "../../io/platform/timers.js";
import { plainAddress } from "../../wire/http/forwarded.js";
import { readBody } from "./body.js";
import { chosenProtocol, Guard } from "./guard.js";
import { AdminProblem } from "./problem.js";
import { type Call, checkQuery, findRoute, type Reply, type Route } from "./route.js";

/** How an admin listener is started. */
export interface AdminServerOptions {
  readonly host: string;
  readonly port: number;
  readonly token: string;
  /** Further names in Host. */
  readonly names: readonly string[];
  readonly routes: readonly Route[];
  /** Where a WebSocket may be opened, and who takes it. */
  readonly sockets: {
    readonly path: string;
    readonly take: (socket: WebSocket, query: URLSearchParams) => void;
  };
  /** Checks a WebSocket's query before it is opened, by throwing. */
  readonly checkSocket: (query: URLSearchParams) => void;
  /** Told of a defect of ours. */
  readonly onDefect: (error: unknown) => void;
}

/** A running admin listener. */
export interface AdminServer {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

const patienceMs = 500;
/** What a foreign listener could be told by a WebSocket: nothing that is listened to. */
const longestSocketMessage = 1024;

const defect = (error: unknown): AdminProblem =>
  new AdminProblem(500, "defect", `a defect of ocpp-vcr: ${errorText(error)}`, "Please report it.");

const always = {
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
  response.writeHead(status, { ...always, "Content-Type": type, ...fields });
  response.end(text);
};

const fieldsOf = ({ status, details }: AdminProblem): Readonly<Record<string, string>> => {
  if (status === 401) return { "WWW-Authenticate": 'Bearer realm="ocpp-vcr"' };
  return typeof details.allowed === "string" ? { Allow: details.allowed } : {};
};

class Listener implements AdminServer {
  readonly host: string;
  url = "";
  port = 0;
  private readonly options: AdminServerOptions;
  private readonly guard: Guard;
  private readonly http: Server;
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: longestSocketMessage,
    handleProtocols: chosenProtocol,
  });

  constructor(options: AdminServerOptions) {
    this.options = options;
    this.host = options.host;
    this.guard = new Guard({ token: options.token, hosts: [options.host, ...options.names] });
    this.http = createServer({ maxHeaderSize: 16_384, requestTimeout: 30_000 }, (request, response) => {
      void this.serve(request, response);
    });
    this.http.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.upgrade(request, socket, head),
    );
    // A broken request ends its own connection; Node's answer to it is enough.
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
      const impatience = startTimer(() => this.http.closeAllConnections(), patienceMs);
      this.http.close(() => {
        impatience.stop();
        resolve();
      });
      for (const socket of this.sockets.clients) socket.close(1001, "the recording ends");
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
    const open = this.options.routes.some((route) => route.isOpen === true && route.path === path);
    if (!open) this.guard.authorize(request);
    const { route, places } = findRoute(this.options.routes, request.method ?? "GET", path);
    checkQuery(route, query);
    const body = await readBody(request, route.body);
    const by = plainAddress(request.socket.remoteAddress ?? "?");
    const call: Call = { request, response, places, query, body, by };
    return route.handle(call);
  }

  private async send(reply: Reply, response: ServerResponse): Promise<void> {
    switch (reply.kind) {
      case "json":
        sendJson(response, reply.status, "application/json", reply.value);
        return;
      case "text":
        response.writeHead(200, { ...always, "Content-Type": reply.type });
        response.end(reply.text);
        return;
      case "lines":
        response.writeHead(200, { ...always, "Content-Type": "application/x-ndjson" });
        for await (const line of reply.lines) {
          if (response.destroyed) return;
          if (!response.write(line)) await Promise.race([once(response, "drain"), once(response, "close")]);
        }
        response.end();
        return;
      case "taken":
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
    const { status, code, message, mend, details } = problem;
    const fields = { ...fieldsOf(problem), ...(status === 413 ? { Connection: "close" } : {}) };
    sendJson(response, status, "application/problem+json", { code, message, mend, ...details }, fields);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", () => undefined);
    const { sockets, checkSocket } = this.options;
    try {
      this.guard.admit(request);
      this.guard.authorize(request);
      const { path, query } = targetOf(request);
      if (path !== sockets.path)
        throw new AdminProblem(
          404,
          "no-such-address",
          "no WebSocket here",
          `There is one at ${sockets.path}.`,
        );
      checkSocket(query);
      this.sockets.handleUpgrade(request, socket, head, (opened) => sockets.take(opened, query));
    } catch (error) {
      const { status, code, message, mend } = error instanceof AdminProblem ? error : defect(error);
      const text = `${JSON.stringify({ code, message, mend })}\n`;
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

/** Starts the listener of the admin API; throws VcrError LISTEN_FAILED. */
export function startAdminServer(options: AdminServerOptions): Promise<AdminServer> {
  return new Listener(options).listen();
}
