// One connection of a simulated charge point to the CSMS: connects, with TLS for a wss URL, writes the upgrade, and passes
// bytes in both directions. Decides nothing; it stops reading while the CSMS does not take what was written.

import type { Socket } from "node:net";
import { assertNever } from "../../base/assert-never.js";
import type { HandshakeFailedEntry } from "../../cassette/format/entry.js";
import { hideUserinfo } from "../../cassette/hide-secrets.js";
import type { StationEvent } from "../../replay/protocol.js";
import { fieldValue, type Head, parseHead } from "../../wire/http/head.js";
import { requestLine } from "../../wire/http/request-head.js";
import { bodyEnd, statusOf } from "../../wire/http/response-head.js";
import { shownTarget } from "../../wire/http/target.js";
import type { Clock } from "../platform/clock.js";
import { startTimer } from "../platform/timers.js";
import { dialReason } from "../sockets/dial.js";
import { type HeadArrival, readHeadFrom } from "../sockets/read-head.js";
import { refusalWords } from "../sockets/refusal-words.js";
import { retryAfterMs } from "../sockets/retry-after.js";
import { dialLeg, type LegOutcome } from "../tls/tls-dial.js";
import { alertOf, type FailureFacts, handshakeFailed } from "../tls/tls-failure.js";
import type { CsmsTls, Leg, TlsLeg } from "../tls/tls-settings.js";

/** What a connection is made with. */
export interface StationSocketOptions {
  readonly connection: number;
  readonly host: string;
  readonly port: number;
  /** TLS towards the CSMS, and the identity whose client certificate is sent; undefined for none. */
  readonly tls?: CsmsTls | undefined;
  readonly identity?: string | undefined;
  readonly head: Uint8Array;
  /** The timeout of the connection, and again of the answer to the upgrade; longer than the machine's own. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly feed: (event: StationEvent) => void;
  /** Called for a failed TLS handshake, before the event `refused`. */
  readonly handshakeFailed?: ((entry: HandshakeFailedEntry) => void) | undefined;
}

/** A connection that is dialled or open. */
export interface StationSocket {
  /** The result of the TLS handshake; undefined without TLS, and before the handshake. */
  readonly tls: TlsLeg | undefined;
  send(bytes: Uint8Array): void;
  end(): void;
  reset(): void;
  /** Closes the connection after what was written has left, or after a short time. */
  release(): Promise<void>;
}

const answerLimits = { bytes: 65_536, fields: 300 };
const bodyLimit = 65_536;
const bodyPatienceMs = 500;
const releasePatienceMs = 500;

class RawStationSocket implements StationSocket {
  private readonly options: StationSocketOptions;
  private leg: Leg | undefined;
  private isOver = false;
  private hasReportedEnd = false;

  constructor(options: StationSocketOptions) {
    this.options = options;
  }

  get tls(): TlsLeg | undefined {
    return this.leg?.tls;
  }

  private get request(): Head {
    return parseHead(this.options.head);
  }

  /** The URL of the upgrade, as its head has it. */
  private get url(): string {
    const host = fieldValue(this.request, "host") ?? this.options.host;
    const scheme = this.options.tls === undefined ? "ws" : "wss";
    return hideUserinfo(`${scheme}://${host}${shownTarget(requestLine(this.request)?.target ?? "/")}`);
  }

  private get socket(): Socket | undefined {
    return this.leg?.stream;
  }

  async connect(): Promise<void> {
    const { head, timeoutMs, identity } = this.options;
    const outcome = await dialLeg(this.options, identity, timeoutMs);
    if (outcome.kind !== "leg") {
      this.notConnected(outcome);
      return;
    }
    this.leg = outcome.leg;
    const socket = outcome.leg.stream;
    socket.on("error", () => undefined);
    if (this.isOver) {
      socket.destroy();
      return;
    }
    socket.write(head);
    let arrival = await readHeadFrom(socket, answerLimits, timeoutMs, Buffer.alloc(0));
    while (arrival.kind === "head" && isInterim(statusOf(arrival.head)))
      arrival = await readHeadFrom(socket, answerLimits, timeoutMs, arrival.rest);
    if (this.isOver) return;
    if (arrival.kind === "head" && statusOf(arrival.head) === 101)
      this.open(socket, arrival.head, arrival.rest);
    else await this.refused(socket, arrival);
  }

  send(bytes: Uint8Array): void {
    const { socket } = this;
    if (socket === undefined || !socket.writable) return;
    if (!socket.write(bytes)) socket.pause();
  }

  end(): void {
    this.socket?.end();
  }

  reset(): void {
    this.isOver = true;
    this.leg?.raw.resetAndDestroy();
  }

  release(): Promise<void> {
    this.isOver = true;
    const { socket } = this;
    if (socket === undefined || socket.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = startTimer(() => socket.destroy(), releasePatienceMs);
      socket.once("close", () => {
        timer.stop();
        resolve();
      });
      socket.removeAllListeners("data").resume();
      socket.destroySoon();
    });
  }

  private open(socket: Socket, head: Head, rest: Uint8Array): void {
    const { connection, clock, feed } = this.options;
    const ended = (how: "end" | "reset"): void => {
      if (this.hasReportedEnd || this.isOver) return;
      this.hasReportedEnd = true;
      feed({ kind: "ended", connection, atNs: clock.now(), how });
    };
    socket.on("data", (chunk) => {
      if (!this.isOver) feed({ kind: "bytes", connection, atNs: clock.now(), chunk });
    });
    socket.on("drain", () => socket.resume());
    socket.on("end", () => ended("end"));
    socket.on("close", () => ended("reset"));
    feed({ kind: "dialled", connection, atNs: clock.now(), head: head.raw });
    if (rest.length > 0) feed({ kind: "bytes", connection, atNs: clock.now(), chunk: rest });
    // A stream that ended before the listeners were added emits no further event.
    if (socket.destroyed) ended("reset");
    else if (socket.readableEnded) ended("end");
    else if (!socket.writableNeedDrain) socket.resume();
  }

  private async refused(socket: Socket, arrival: HeadArrival): Promise<void> {
    switch (arrival.kind) {
      case "head": {
        const body = await readBody(socket, arrival.head, arrival.rest);
        const status = statusOf(arrival.head) ?? null;
        const words = arrival.head.startLine.replace(/^HTTP\/\S+ /, "").slice(0, 100);
        const more = refusalWords({ url: this.url, request: this.request, response: arrival.head, body });
        this.refuse("csms", status, `the CSMS refused the upgrade: ${words}${more}`, arrival.head.raw, body);
        return;
      }
      case "bad":
        this.refuse(
          "csms",
          null,
          `the CSMS's answer to the upgrade is invalid: ${arrival.reason}`,
          null,
          arrival.bytes,
        );
        return;
      case "timeout":
        this.refuse("network", null, "the CSMS did not answer the upgrade in time");
        return;
      case "ended":
        if (arrival.error !== undefined && alertOf(arrival.error) !== undefined)
          // With TLS 1.3 the alert about a refused client certificate comes after the handshake.
          this.failed({
            cause: arrival.error,
            own: this.tls?.facts.own ?? null,
            peer: this.tls?.facts.peer ?? null,
          });
        else this.refuse("network", null, "the CSMS closed the connection without an answer to the upgrade");
    }
  }

  private notConnected(outcome: Exclude<LegOutcome, { kind: "leg" }>): void {
    switch (outcome.kind) {
      case "unreachable":
        this.refuse("network", null, `the CSMS cannot be reached: ${dialReason(outcome.error)}`);
        return;
      case "no-certificate":
        this.refuse("network", null, `there is no client certificate to send: ${outcome.error.message}`);
        return;
      case "handshake":
        this.failed(outcome.failure);
        return;
      default:
        assertNever(outcome);
    }
  }

  private failed(facts: Pick<FailureFacts, "cause" | "own" | "peer">): void {
    const { identity, tls, clock } = this.options;
    const entry = handshakeFailed(clock, { leg: "csms", identity, wantedName: tls?.name, ...facts });
    if (!this.isOver) this.options.handshakeFailed?.(entry);
    this.refuse("network", null, `TLS with the CSMS failed: ${entry.diagnosis}`);
  }

  private refuse(
    by: "csms" | "network",
    status: number | null,
    reason: string,
    head: Uint8Array | null = null,
    body: Uint8Array = new Uint8Array(0),
  ): void {
    if (this.isOver) return;
    this.isOver = true;
    this.socket?.destroy();
    const { connection, clock, feed } = this.options;
    const retryMs = head === null ? undefined : retryAfterMs(parseHead(head), Date.parse(clock.wall()));
    feed({
      kind: "refused",
      connection,
      atNs: clock.now(),
      by,
      status,
      reason,
      head,
      body: body.subarray(0, bodyLimit),
      ...(retryMs === undefined ? {} : { retryAfterMs: retryMs }),
    });
  }
}

const isInterim = (status: number | undefined): boolean =>
  status !== undefined && status >= 100 && status < 200 && status !== 101;

/** The body of a refusal, as much of it as comes within a short time. */
const readBody = (socket: Socket, head: Head, first: Uint8Array): Promise<Uint8Array> =>
  new Promise((resolve) => {
    const end = bodyEnd(head);
    const wanted =
      end.kind === "none" ? 0 : end.kind === "length" ? Math.min(end.bytes, bodyLimit) : bodyLimit;
    let bytes = Buffer.from(first);
    const settle = (): void => {
      timer.stop();
      socket.off("data", take).off("end", settle).off("close", settle).pause();
      resolve(bytes);
    };
    const take = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length >= wanted) settle();
    };
    const timer = startTimer(settle, bodyPatienceMs);
    if (bytes.length >= wanted || socket.destroyed || socket.readableEnded) {
      settle();
      return;
    }
    socket.on("data", take).on("end", settle).on("close", settle);
    socket.resume();
  });

/** Starts to connect; everything that happens is fed to the machine. */
export function openStationSocket(
  options: StationSocketOptions,
  failed: (error: unknown) => void,
): StationSocket {
  const socket = new RawStationSocket(options);
  socket.connect().catch(failed);
  return socket;
}
