// The recording proxy: one listener. The request head of a connection is read as bytes; an upgrade is relayed as raw bytes,
// and any other request is given to the HTTP server. Ambiguous requests are refused.

import { createServer, type Server, type Socket } from "node:net";
import { errorTrace, VcrError } from "../../base/errors.js";
import type { Issue } from "../../base/issue.js";
import { plainAddress } from "../../wire/http/forwarded.js";
import { type Head, headLimits } from "../../wire/http/head.js";
import { ambiguities, asksForUpgrade } from "../../wire/http/request-head.js";
import { startTimer } from "../platform/timers.js";
import { urlOf } from "../sockets/addresses.js";
import { ClosablePort } from "../sockets/closable-port.js";
import { listenRightHint, thisSystem } from "../sockets/listen-right.js";
import { takeProxyHeader } from "../sockets/proxy-header.js";
import { type HeadArrival, readHeadFrom } from "../sockets/read-head.js";
import type { Leg } from "../tls/tls-settings.js";
import { createHttpForward } from "./http-forward.js";
import { type ChargerRequest, recordGone, refuseCharger } from "./refuse.js";
import type { RunningRelay } from "./run-relay.js";
import { runStateOf } from "./run-state.js";
import { type AcceptedCharger, TlsAcceptor } from "./tls-acceptor.js";
import { certificateRefusal } from "./tls-admission.js";
import { runUpgrade } from "./upgrade.js";
import type { ProxyContext } from "./upgrade-context.js";
import { isDown, outageOf } from "./upgrade-faults.js";

/** A listening proxy. */
export interface RunningProxy {
  readonly url: string;
  readonly port: number;
  /** How many connections are open now. */
  readonly open: number;
  /** Stops listening and ends all connections. The caller closes the cassettes. */
  close(): Promise<void>;
}

const closeTimeoutMs = 1000;

/** Waits for all promises, at most for the close timeout. */
const waitFor = (all: Iterable<Promise<void>>): Promise<void> =>
  new Promise((resolve) => {
    const timer = startTimer(resolve, closeTimeoutMs);
    void Promise.all(all).then(() => {
      timer.stop();
      resolve();
    });
  });

class RecordingProxy implements RunningProxy {
  url = "";
  port = 0;
  private readonly context: ProxyContext;
  private readonly server: Server;
  private readonly http: ReturnType<typeof createHttpForward>;
  private readonly sockets = new Set<Socket>();
  private readonly relays = new Map<Socket, RunningRelay>();
  private readonly acceptor: TlsAcceptor;
  private closable: ClosablePort | undefined;
  /** The legs of sockets that were given to the HTTP server, which may give them back. */
  private readonly legs = new WeakMap<Socket, Leg>();
  private readonly peers = new WeakMap<Socket, string>();
  private readonly serving = new Set<Promise<void>>();

  constructor(context: ProxyContext) {
    this.context = context;
    this.acceptor = new TlsAcceptor(context);
    this.http = createHttpForward(context, (socket) => this.serve(socket));
    this.server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (socket) => {
      this.sockets.add(socket);
      socket.once("close", () => this.sockets.delete(socket));
      this.serve(socket);
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
        const scheme = this.context.tls?.mode === "on" ? "wss" : "ws";
        this.url = urlOf(scheme, host, this.port);
        this.makeClosable(host);
        resolve(this);
      });
    });
  }

  /** Lets rules close the port for a while. */
  private makeClosable(host: string): void {
    const { context, server, port } = this;
    if (context.rules === undefined) return;
    const isOver = (): boolean => outageOf(context, undefined)?.isClosed !== true;
    this.closable = new ClosablePort({ server, host, port, isOver, log: context.log });
    runStateOf(context).addPort(this.closable);
  }

  async close(): Promise<void> {
    this.closable?.stop();
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.acceptor.close();
    this.http.closeAllConnections();
    for (const relay of this.relays.values()) relay.stop("end");
    const timer = startTimer(() => {
      for (const relay of this.relays.values()) relay.stop("reset");
      for (const socket of this.sockets) socket.destroy();
    }, closeTimeoutMs);
    for (const socket of this.sockets) if (!this.relays.has(socket)) socket.destroy();
    await closed;
    timer.stop();
    // Pending upgrades still write to the cassettes, which are closed next. One that is still connecting is not waited for.
    await waitFor(this.serving);
    // The server reports its close before its last socket does.
    this.relays.clear();
  }

  private serve(socket: Socket): void {
    const serving = this.serveOne(socket)
      .catch((error: unknown) => {
        this.context.log(`internal error, please report it with this trace: ${errorTrace(error)}`);
        socket.destroy();
      })
      .finally(() => this.serving.delete(serving));
    this.serving.add(serving);
  }

  private async serveOne(socket: Socket): Promise<void> {
    const { context } = this;
    const peer = await this.peerOf(socket);
    if (peer === undefined) return;
    if (isDown(context, unreadRequest(socket, peer), socket)) return;
    const accepted = await this.accept(socket, peer);
    if (accepted === undefined) return;
    const { leg, first, spentMs } = accepted;
    const { stream } = leg;
    const headMs = Math.max(1, context.times.headMs - spentMs);
    const arrival = await readHeadFrom(stream, headLimits, headMs, first);
    const unread = unreadRequest(stream, peer);
    switch (arrival.kind) {
      case "bad": {
        const status = arrival.tooLarge ? 431 : 400;
        refuseCharger(context, unread, { status, reason: arrival.reason, by: "us", bytes: arrival.bytes });
        return;
      }
      case "timeout":
        refuseCharger(context, unread, {
          status: 408,
          reason: "no complete request head came in time",
          by: "us",
          bytes: arrival.bytes,
        });
        return;
      case "ended":
        // A port scan, or a charger that only tests the port, sends nothing and is not recorded.
        if (arrival.bytes.length > 0)
          recordGone(context, unread, "closed in the middle of the request head", arrival.bytes);
        else if (leg.tls !== undefined) this.acceptor.recordSilentClose(leg, peer, arrival.error);
        else socket.destroy();
        return;
      case "head":
        await this.serveRequest(leg, peer, arrival);
    }
  }

  private async serveRequest(
    leg: Leg,
    peer: string,
    { head, rest }: Extract<HeadArrival, { kind: "head" }>,
  ): Promise<void> {
    const { context } = this;
    const { addressing } = context;
    const { stream } = leg;
    const issues = ambiguities(head);
    const from = addressing.clientAddress(head, peer);
    const identity = addressing.identityOf(head, leg.tls?.peerNames[0]);
    const request: ChargerRequest = { ...unreadRequest(stream, from), identity, head };
    const certificateReason = certificateRefusal(context, leg);
    if (issues.length > 0) {
      refuseCharger(context, request, { status: 400, reason: ambiguityReason(head, issues), by: "us" });
    } else if (certificateReason !== undefined)
      refuseCharger(context, request, { status: 403, reason: certificateReason, by: "us" });
    else if (asksForUpgrade(head)) await this.upgrade({ leg, from, head, rest });
    else {
      this.legs.set(stream, leg);
      this.peers.set(stream, peer);
      stream.unshift(Buffer.concat([head.raw, rest]));
      this.http.emit("connection", stream);
      stream.resume();
    }
  }

  /** The peer's address: from a trusted PROXY header, or else of the socket. Undefined if the connection has ended. */
  private async peerOf(socket: Socket): Promise<string | undefined> {
    const { context } = this;
    const peer = this.peers.get(socket) ?? `${plainAddress(`${socket.remoteAddress}`)}:${socket.remotePort}`;
    if (context.addressing.forwarded !== "trust" || this.legs.has(socket)) return peer;
    const outcome = await takeProxyHeader(socket, context.times.headMs);
    if (outcome.kind === "taken") return outcome.from ?? peer;
    const unread = unreadRequest(socket, peer);
    const { bytes } = outcome;
    if (outcome.kind === "bad")
      refuseCharger(context, unread, { status: 400, reason: outcome.reason, by: "us", bytes });
    else if (bytes.length > 0) recordGone(context, unread, "closed in the middle of the PROXY header", bytes);
    else socket.on("error", () => undefined).destroy();
    return undefined;
  }

  /** The leg of a socket. A socket that the HTTP server gave back was accepted before. */
  private async accept(socket: Socket, from: string): Promise<AcceptedCharger | undefined> {
    const leg = this.legs.get(socket);
    if (leg !== undefined) return { leg, first: Buffer.alloc(0), spentMs: 0 };
    return this.acceptor.accept(socket, from);
  }

  private async upgrade(upgrade: Parameters<typeof runUpgrade>[1]): Promise<void> {
    const relay = await runUpgrade(this.context, upgrade);
    if (relay === undefined) return;
    const { raw } = upgrade.leg;
    if (raw.destroyed) return;
    this.relays.set(raw, relay);
    raw.once("close", () => this.relays.delete(raw));
  }
}

/** A request whose head is not read yet. */
const unreadRequest = (socket: Socket, from: string): ChargerRequest => ({
  ...{ socket, from, identity: undefined, url: null, head: undefined },
});

const ambiguityReason = (head: Head, issues: readonly Issue[]): string => {
  const reasons = issues.map((issue) => issue.message);
  if (head.startLine.startsWith("PROXY "))
    reasons.push("this is a PROXY protocol header; to accept it, use --forwarded trust");
  return reasons.join("; ");
};

const listenError = (error: NodeJS.ErrnoException, host: string, port: number): VcrError => {
  const message = `cannot listen on ${host}:${port} (${error.code ?? error.message})`;
  if (error.code === "EACCES")
    return new VcrError("LISTEN_FORBIDDEN", message, listenRightHint(port, thisSystem()), error);
  const hint =
    error.code === "EADDRINUSE"
      ? "Another program uses this port. Choose another with --listen, or 0 for any free one."
      : error.code === "EADDRNOTAVAIL"
        ? "This machine has no such address; ocpp-vcr doctor lists its addresses."
        : "Check the address given with --listen.";
  return new VcrError("LISTEN_FAILED", message, hint, error);
};

/** Starts the proxy. Throws VcrError LISTEN_FAILED or LISTEN_FORBIDDEN. */
export function startProxy(context: ProxyContext, host: string, port: number): Promise<RunningProxy> {
  return new RecordingProxy(context).listen(host, port);
}
