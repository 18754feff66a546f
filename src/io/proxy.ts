// The recording proxy: one listener; every connection's head is read as octets, an upgrade goes the raw way,
// anything else is handed to the HTTP server (design 4.1). Requests that can be read in two ways are refused.

import { createServer, type Server, type Socket } from "node:net";
import { VcrError } from "../base/errors.js";
import { headLimits } from "../wire/head.js";
import { ambiguities, asksForUpgrade, requestLine } from "../wire/request-head.js";
import { identityOf } from "../wire/target.js";
import { createHttpForward } from "./http-forward.js";
import { readHeadFrom } from "./read-head.js";
import { type Asker, noteGone, refuse } from "./refuse.js";
import type { RunningRelay } from "./run-relay.js";
import { carryUpgrade } from "./upgrade.js";
import type { ProxyContext } from "./upgrade-context.js";

/** A listening proxy. */
export interface RunningProxy {
  readonly url: string;
  readonly port: number;
  /** Connections that are open now. */
  readonly open: number;
  /** Stops listening and ends what is open; the tapes are the caller's to close. */
  close(): Promise<void>;
}

const endPatienceMs = 1000;

class RecordingProxy implements RunningProxy {
  url = "";
  port = 0;
  private readonly context: ProxyContext;
  private readonly server: Server;
  private readonly http: ReturnType<typeof createHttpForward>;
  private readonly sockets = new Set<Socket>();
  private readonly relays = new Map<Socket, RunningRelay>();
  /** Connections whose outcome is not on a tape yet. */
  private readonly undecided = new Set<Promise<void>>();

  constructor(context: ProxyContext) {
    this.context = context;
    this.http = createHttpForward(context, (socket) => this.attend(socket));
    this.server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (socket) => {
      this.sockets.add(socket);
      socket.once("close", () => this.sockets.delete(socket));
      this.attend(socket);
    });
  }

  get open(): number {
    return this.relays.size;
  }

  listen(host: string, port: number): Promise<this> {
    return new Promise((resolve, reject) => {
      this.server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
      this.server.listen({ host, port }, () => {
        const address = this.server.address();
        this.port = typeof address === "object" && address !== null ? address.port : port;
        this.url = `ws://${host.includes(":") ? `[${host}]` : host}:${this.port}`;
        resolve(this);
      });
    });
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.http.closeAllConnections();
    for (const relay of this.relays.values()) relay.stop("end");
    const timer = setTimeout(() => {
      for (const relay of this.relays.values()) relay.stop("reset");
      for (const socket of this.sockets) socket.destroy();
    }, endPatienceMs);
    for (const socket of this.sockets) if (!this.relays.has(socket)) socket.destroy();
    await closed;
    clearTimeout(timer);
    // What became of the last connections must be on the tapes; a CSMS that cannot be reached is not waited for.
    await settledWithin(this.undecided, endPatienceMs);
  }

  private attend(socket: Socket): void {
    const outcome = this.take(socket).catch((error: unknown) => {
      this.context.say(`a defect of ocpp-vcr: ${error instanceof Error ? error.stack : String(error)}`);
      socket.destroy();
    });
    this.undecided.add(outcome);
    void outcome.then(() => this.undecided.delete(outcome));
  }

  private async take(socket: Socket): Promise<void> {
    const { context } = this;
    const from = `${socket.remoteAddress}:${socket.remotePort}`;
    const arrival = await readHeadFrom(socket, headLimits, context.times.headMs, Buffer.alloc(0));
    const nobody: Asker = { socket, from, identity: undefined, url: null, head: undefined };
    switch (arrival.kind) {
      case "bad": {
        const status = arrival.tooLarge ? 431 : 400;
        refuse(context, nobody, { status, reason: arrival.why, by: "us", octets: arrival.octets });
        return;
      }
      case "timeout":
        refuse(context, nobody, {
          status: 408,
          reason: "no whole request head came in time",
          by: "us",
          octets: arrival.octets,
        });
        return;
      case "ended":
        // A port scan or a charger that only tries the port says nothing and is not worth a tape.
        if (arrival.octets.length > 0)
          noteGone(context, nobody, "closed in the middle of the request head", arrival.octets);
        else socket.destroy();
        return;
      case "head":
        break;
    }
    const { head, rest } = arrival;
    const issues = ambiguities(head);
    if (issues.length > 0) {
      const identity = identityOf(requestLine(head)?.target ?? "");
      const reason = issues.map((issue) => issue.message).join("; ");
      refuse(context, { ...nobody, identity, head }, { status: 400, reason, by: "us" });
    } else if (asksForUpgrade(head)) await this.carry({ socket, from, head, rest });
    else {
      socket.unshift(Buffer.concat([head.raw, rest]));
      this.http.emit("connection", socket);
      socket.resume();
    }
  }

  private async carry(upgrade: Parameters<typeof carryUpgrade>[1]): Promise<void> {
    const relay = await carryUpgrade(this.context, upgrade);
    if (relay === undefined) return;
    if (upgrade.socket.destroyed) return;
    this.relays.set(upgrade.socket, relay);
    upgrade.socket.once("close", () => this.relays.delete(upgrade.socket));
  }
}

const settledWithin = (outcomes: Iterable<Promise<void>>, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void Promise.allSettled(outcomes).then(() => {
      clearTimeout(timer);
      resolve();
    });
  });

const listenError = (error: NodeJS.ErrnoException, host: string, port: number): VcrError => {
  const hint =
    error.code === "EADDRINUSE"
      ? "Another program listens there. Choose another port with --listen, or 0 for any free one."
      : error.code === "EACCES"
        ? "Ports below 1024 need the right to open them. Choose a higher one with --listen."
        : "Check the address given with --listen.";
  return new VcrError(
    "LISTEN_FAILED",
    `cannot listen on ${host}:${port} (${error.code ?? error.message})`,
    hint,
    error,
  );
};

/** Starts the proxy; throws VcrError LISTEN_FAILED. */
export function startProxy(context: ProxyContext, host: string, port: number): Promise<RunningProxy> {
  return new RecordingProxy(context).listen(host, port);
}
