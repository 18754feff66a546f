// The recording proxy: one listener; every connection's head is read as bytes, an upgrade goes the raw way,
// anything else is handed to the HTTP server (design 4.1). Requests that can be read in two ways are refused.

import { createServer, type Server, type Socket } from "node:net";
import { errorTrace, VcrError } from "../../base/errors.js";
import type { Issue } from "../../base/issue.js";
import { plainAddress } from "../../wire/http/forwarded.js";
import { type Head, headLimits } from "../../wire/http/head.js";
import { ambiguities, asksForUpgrade } from "../../wire/http/request-head.js";
import { startTimer } from "../platform/timers.js";
import { urlOf } from "../sockets/addresses.js";
import { ClosablePort } from "../sockets/closable-port.js";
import { rightToListen, thisSystem } from "../sockets/listen-right.js";
import { takeProxyHeader } from "../sockets/proxy-header.js";
import { readHeadFrom } from "../sockets/read-head.js";
import type { Leg } from "../tls/tls-settings.js";
import { createHttpForward } from "./http-forward.js";
import { type Asker, noteGone, refuse } from "./refuse.js";
import type { RunningRelay } from "./run-relay.js";
import { runStateOf } from "./run-state.js";
import { type AcceptedCharger, TlsAcceptor } from "./tls-acceptor.js";
import { certificateRefusal } from "./tls-admission.js";
import { carryUpgrade } from "./upgrade.js";
import type { ProxyContext } from "./upgrade-context.js";
import { isDown, outageOf } from "./upgrade-faults.js";

/** A listening proxy. */
export interface RunningProxy {
  readonly url: string;
  readonly port: number;
  /** Connections that are open now. */
  readonly open: number;
  /** Stops listening and ends what is open; the cassettes are the caller's to close. */
  close(): Promise<void>;
}

const endPatienceMs = 1000;

/** Waits for all of them, but not for ever. */
const waitFor = (all: Iterable<Promise<void>>): Promise<void> =>
  new Promise((resolve) => {
    const timer = startTimer(resolve, endPatienceMs);
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
  private readonly door: TlsAcceptor;
  private closable: ClosablePort | undefined;
  /** The legs of sockets that the HTTP server has had and may give back. */
  private readonly legs = new WeakMap<Socket, Leg>();
  private readonly peers = new WeakMap<Socket, string>();
  private readonly taking = new Set<Promise<void>>();

  constructor(context: ProxyContext) {
    this.context = context;
    this.door = new TlsAcceptor(context);
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
        const scheme = this.context.tls?.mode === "on" ? "wss" : "ws";
        this.url = urlOf(scheme, host, this.port);
        this.becomeClosable(host);
        resolve(this);
      });
    });
  }

  /** A rule may close the port for a while. */
  private becomeClosable(host: string): void {
    const { context, server, port } = this;
    if (context.rules === undefined) return;
    const isOver = (): boolean => outageOf(context, undefined)?.isClosed !== true;
    this.closable = new ClosablePort({ server, host, port, isOver, say: context.say });
    runStateOf(context).listensOn(this.closable);
  }

  async close(): Promise<void> {
    this.closable?.stop();
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.door.close();
    this.http.closeAllConnections();
    for (const relay of this.relays.values()) relay.stop("end");
    const timer = startTimer(() => {
      for (const relay of this.relays.values()) relay.stop("reset");
      for (const socket of this.sockets) socket.destroy();
    }, endPatienceMs);
    for (const socket of this.sockets) if (!this.relays.has(socket)) socket.destroy();
    await closed;
    timer.stop();
    // Upgrades that were under way are noted on cassettes, which are closed next; one that still dials is not waited for.
    await waitFor(this.taking);
    // The server says so before the last of its sockets does.
    this.relays.clear();
  }

  private attend(socket: Socket): void {
    const taking = this.take(socket)
      .catch((error: unknown) => {
        this.context.say(`a defect of ocpp-vcr: ${errorTrace(error)}`);
        socket.destroy();
      })
      .finally(() => this.taking.delete(taking));
    this.taking.add(taking);
  }

  private async take(socket: Socket): Promise<void> {
    const { context } = this;
    const { reach } = context;
    const peer = await this.peerOf(socket);
    if (peer === undefined) return;
    const stranger: Asker = { socket, from: peer, identity: undefined, url: null, head: undefined };
    if (isDown(context, stranger, socket)) return;
    const guest = await this.admit(socket, peer);
    if (guest === undefined) return;
    const { leg, first, spentMs } = guest;
    const { stream } = leg;
    const headMs = Math.max(1, context.times.headMs - spentMs);
    const arrival = await readHeadFrom(stream, headLimits, headMs, first);
    const nobody: Asker = { socket: stream, from: peer, identity: undefined, url: null, head: undefined };
    switch (arrival.kind) {
      case "bad": {
        const status = arrival.tooLarge ? 431 : 400;
        refuse(context, nobody, { status, reason: arrival.why, by: "us", bytes: arrival.bytes });
        return;
      }
      case "timeout":
        refuse(context, nobody, {
          status: 408,
          reason: "no whole request head came in time",
          by: "us",
          bytes: arrival.bytes,
        });
        return;
      case "ended":
        // A port scan or a charger that only tries the port says nothing and is not worth a cassette.
        if (arrival.bytes.length > 0)
          noteGone(context, nobody, "closed in the middle of the request head", arrival.bytes);
        else if (leg.tls !== undefined) this.door.leftSilently(leg, peer, arrival.error);
        else socket.destroy();
        return;
      case "head":
        break;
    }
    const { head, rest } = arrival;
    const issues = ambiguities(head);
    const from = reach.originOf(head, peer);
    const asker: Asker = { ...nobody, from, identity: reach.nameOf(head, leg.tls?.peerNames[0]), head };
    const barred = certificateRefusal(context, leg);
    if (issues.length > 0) {
      refuse(context, asker, { status: 400, reason: ambiguityReason(head, issues), by: "us" });
    } else if (barred !== undefined) refuse(context, asker, { status: 403, reason: barred, by: "us" });
    else if (asksForUpgrade(head)) await this.carry({ leg, from, head, rest });
    else {
      this.legs.set(stream, leg);
      this.peers.set(stream, peer);
      stream.unshift(Buffer.concat([head.raw, rest]));
      this.http.emit("connection", stream);
      stream.resume();
    }
  }

  /** Whose connection this is: what a trusted PROXY header says, else the socket's peer; undefined where it is over. */
  private async peerOf(socket: Socket): Promise<string | undefined> {
    const { context } = this;
    const peer = this.peers.get(socket) ?? `${plainAddress(`${socket.remoteAddress}`)}:${socket.remotePort}`;
    if (context.reach.forwarded !== "trust" || this.legs.has(socket)) return peer;
    const outcome = await takeProxyHeader(socket, context.times.headMs);
    if (outcome.kind === "taken") return outcome.from ?? peer;
    const nobody: Asker = { socket, from: peer, identity: undefined, url: null, head: undefined };
    const { bytes } = outcome;
    if (outcome.kind === "bad")
      refuse(context, nobody, { status: 400, reason: outcome.why, by: "us", bytes });
    else if (bytes.length > 0) noteGone(context, nobody, "closed in the middle of the PROXY header", bytes);
    else socket.on("error", () => undefined).destroy();
    return undefined;
  }

  /** The leg that a socket stands for: one that the HTTP server gave back was let in before. */
  private async admit(socket: Socket, from: string): Promise<AcceptedCharger | undefined> {
    const leg = this.legs.get(socket);
    if (leg !== undefined) return { leg, first: Buffer.alloc(0), spentMs: 0 };
    return this.door.admit(socket, from);
  }

  private async carry(upgrade: Parameters<typeof carryUpgrade>[1]): Promise<void> {
    const relay = await carryUpgrade(this.context, upgrade);
    if (relay === undefined) return;
    const { raw } = upgrade.leg;
    if (raw.destroyed) return;
    this.relays.set(raw, relay);
    raw.once("close", () => this.relays.delete(raw));
  }
}

const ambiguityReason = (head: Head, issues: readonly Issue[]): string => {
  const reasons = issues.map((issue) => issue.message);
  if (head.startLine.startsWith("PROXY "))
    reasons.push("this is a PROXY protocol header, which --forwarded trust reads");
  return reasons.join("; ");
};

const listenError = (error: NodeJS.ErrnoException, host: string, port: number): VcrError => {
  const message = `cannot listen on ${host}:${port} (${error.code ?? error.message})`;
  if (error.code === "EACCES")
    return new VcrError("LISTEN_FORBIDDEN", message, rightToListen(port, thisSystem()), error);
  const hint =
    error.code === "EADDRINUSE"
      ? "Another program listens there. Choose another port with --listen, or 0 for any free one."
      : error.code === "EADDRNOTAVAIL"
        ? "This machine has no such address; ocpp-vcr doctor lists those it has."
        : "Check the address given with --listen.";
  return new VcrError("LISTEN_FAILED", message, hint, error);
};

/** Starts the proxy; throws VcrError LISTEN_FAILED or LISTEN_FORBIDDEN. */
export function startProxy(context: ProxyContext, host: string, port: number): Promise<RunningProxy> {
  return new RecordingProxy(context).listen(host, port);
}
