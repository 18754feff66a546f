// Accepts TLS from chargers: reads the first bytes of a connection, runs the TLS handshake if they are a ClientHello, and
// gives the leg for the request. Handshakes are bounded in time and number. A failed handshake becomes an entry on the
// cassette.
//
//   raw socket --first bytes--> plain: leg
//                            \-> ClientHello --handshake--> leg

import type { Socket } from "node:net";
import { VcrError } from "../../base/errors.js";
import type { Credentials } from "../../pki/credentials.js";
import { ownAnswer } from "../../wire/http/response-head.js";
import { type ClientHello, readClientHello } from "../../wire/tls/client-hello.js";
import { alertRecord } from "../../wire/tls/tls-names.js";
import { startTimer } from "../platform/timers.js";
import { HandshakeLimiter } from "../tls/handshake-limiter.js";
import { storedCertificate, tlsLegOf } from "../tls/tls-facts.js";
import { type FailureFacts, failureLine, handshakeFailed } from "../tls/tls-failure.js";
import { runHandshake, runRefusedHandshake } from "../tls/tls-server.js";
import { type ChargerTls, type Leg, noTls, plainLeg } from "../tls/tls-settings.js";
import { type RuledHandshake, ruleHandshake, stall } from "./tls-faults.js";
import type { ProxyContext } from "./upgrade-context.js";

/** An accepted charger: its leg, and bytes that were read already. */
export interface AcceptedCharger {
  readonly leg: Leg;
  readonly first: Buffer;
  /** How long these bytes took, which counts for the timeout of the request head. */
  readonly spentMs: number;
}

/** What a connection begins with. */
type FirstBytes =
  | { readonly kind: "plain" | "not-tls" | "timeout" | "ended"; readonly bytes: Buffer }
  | { readonly kind: "hello"; readonly bytes: Buffer; readonly hello: ClientHello }
  | { readonly kind: "unreadable"; readonly bytes: Buffer };

type ReceivedHello = Extract<FirstBytes, { kind: "hello" }>;

/** The permit of a running handshake. */
interface HandshakeState {
  /** Whether the handshake was stopped because others wait. */
  readonly isStopped: boolean;
  release(): void;
}

const handshakeRecord = 22;
const reportEveryMs = 1000;
const handshakeFailureAlert = alertRecord(40);

/** Reads until it is known what the connection begins with. The socket is paused afterwards. */
const readFirstBytes = (raw: Socket, timeoutMs: number): Promise<FirstBytes> =>
  new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0);
    const settle = (found: FirstBytes): void => {
      timer.stop();
      raw.off("data", take).off("end", ended).off("error", ended).off("close", ended);
      raw.pause();
      resolve(found);
    };
    const take = (chunk: Buffer): void => {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      if (bytes[0] !== handshakeRecord) {
        settle({ kind: "plain", bytes });
        return;
      }
      const result = readClientHello(bytes);
      if (result.kind === "hello") settle({ kind: "hello", bytes, hello: result.hello });
      else if (result.kind === "not-tls" || result.kind === "unreadable")
        settle({ kind: result.kind, bytes });
    };
    const ended = (): void => settle({ kind: "ended", bytes });
    const timer = startTimer(() => settle({ kind: "timeout", bytes }), timeoutMs);
    if (raw.destroyed || raw.readableEnded) {
      ended();
      return;
    }
    raw.on("data", take).on("end", ended).on("error", ended).on("close", ended);
    raw.resume();
  });

/** Accepts chargers. */
export class TlsAcceptor {
  private readonly context: ProxyContext;
  private readonly tls: ChargerTls;
  private readonly limiter: HandshakeLimiter;
  private stoppedCount = 0;
  private reportedAtMs = Number.NEGATIVE_INFINITY;

  constructor(context: ProxyContext) {
    this.context = context;
    this.tls = context.tls ?? noTls;
    this.limiter = new HandshakeLimiter(this.tls.maxHandshakes, (count) => this.reportStopped(count));
  }

  /** The leg of a charger; undefined if it is gone or refused, which is recorded. */
  async accept(raw: Socket, from: string): Promise<AcceptedCharger | undefined> {
    raw.on("error", () => undefined);
    const startedAtMs = performance.now();
    const leftMs = (): number => this.tls.handshakeMs - (performance.now() - startedAtMs);
    const state = { isStopped: false, release: (): void => undefined };
    const stop = (): void => {
      state.isStopped = true;
      raw.destroy();
    };
    const permit = await this.limiter.acquire(this.tls.handshakeMs, stop);
    if (permit === undefined) {
      raw.destroy();
      return undefined;
    }
    state.release = () => permit.release();
    try {
      const found = await readFirstBytes(raw, Math.max(1, leftMs()));
      permit.renew();
      return state.isStopped ? undefined : await this.handle(raw, from, found, leftMs, state);
    } finally {
      permit.release();
    }
  }

  /** Records a charger that closed after the handshake without a request. Many check the name in the server's certificate only then. */
  recordSilentClose({ raw, stream, tls }: Leg, from: string, error: Error | undefined): void {
    this.fail(raw, { leg: "charger", cause: error ?? "CLOSED", from, own: tls?.facts.own ?? null });
    stream.destroy();
  }

  close(): void {
    this.limiter.close();
  }

  private async handle(
    raw: Socket,
    from: string,
    found: FirstBytes,
    leftMs: () => number,
    state: HandshakeState,
  ): Promise<AcceptedCharger | undefined> {
    const { bytes } = found;
    const fail = (cause: Error | string, more: Partial<FailureFacts> = {}): undefined =>
      void this.fail(raw, { leg: "charger", cause, from, bytes, ...more });
    switch (found.kind) {
      case "plain":
        if (this.tls.mode !== "on")
          return { leg: plainLeg(raw), first: bytes, spentMs: this.tls.handshakeMs - leftMs() };
        return this.refusePlain(raw, from, bytes);
      case "ended":
        // On a port for TLS and plain, a connection without bytes may be a port scan.
        if (bytes.length > 0 || this.tls.mode === "on") {
          // The bytes are the beginning of a handshake record; other bytes count as plain.
          return fail(bytes.length > 0 ? "CLOSED_IN_HELLO" : "CLOSED_BEFORE_HELLO");
        }
        raw.destroy();
        return undefined;
      case "timeout":
        // The same holds for a connection that stays silent.
        if (bytes.length > 0 || this.tls.mode === "on") return fail("TIMEOUT");
        raw.destroy();
        return undefined;
      case "not-tls":
      case "unreadable":
        return fail("NOT_TLS");
      case "hello":
        if (this.tls.mode === "off") {
          raw.write(handshakeFailureAlert);
          return fail("NO_TLS_HERE", { hello: found.hello });
        }
        return await this.applyRules(raw, from, found, leftMs, state);
    }
  }

  /** Applies rules to a ClientHello, before anything is answered, and runs the handshake. */
  private async applyRules(
    raw: Socket,
    from: string,
    found: ReceivedHello,
    leftMs: () => number,
    state: HandshakeState,
  ): Promise<AcceptedCharger | undefined> {
    const { hello, bytes } = found;
    const dialled = { from, name: hello.serverName, address: raw.localAddress, hello: bytes };
    const ruled = ruleHandshake(this.context, this.tls, dialled);
    if (ruled === undefined) return await this.runTls(raw, from, found, leftMs, state);
    const facts = { leg: "charger", cause: "RULE", from, hello, bytes } as const;
    let timeLeftMs = leftMs;
    if (ruled.stallMs > 0) {
      // A stall that a rule causes does not use up a permit, or the charger's time.
      state.release();
      if (!(await stall(raw, ruled))) {
        this.fail(raw, facts);
        return undefined;
      }
      timeLeftMs = () => this.tls.handshakeMs;
    }
    if (ruled.alert === undefined) return await this.runTls(raw, from, found, timeLeftMs, state, ruled);
    raw.write(alertRecord(ruled.alert));
    this.fail(raw, { ...facts, alert: { number: ruled.alert, by: "us" } });
    return undefined;
  }

  private async runTls(
    raw: Socket,
    from: string,
    found: ReceivedHello,
    leftMs: () => number,
    state: HandshakeState,
    ruled?: RuledHandshake,
  ): Promise<AcceptedCharger | undefined> {
    const { hello, bytes } = found;
    let credentials: readonly Credentials[];
    try {
      credentials = ruled?.credentials ?? this.tls.credentials(hello.serverName, raw.localAddress);
    } catch (error) {
      if (!(error instanceof VcrError)) throw error;
      this.context.log(error.message);
      credentials = [];
    }
    const keys = credentials.map(({ kind }) => (kind === "rsa" ? "RSA" : "ECDSA"));
    const facts = { from, hello, bytes, keys, own: storedCertificate(credentials[0]?.cert) };
    if (credentials.length === 0) {
      raw.write(handshakeFailureAlert);
      this.fail(raw, { leg: "charger", cause: "NO_CERTIFICATE", ...facts });
      return undefined;
    }
    if (ruled?.clientAlert !== undefined) {
      const alert = ruled.clientAlert;
      const outcome = await runRefusedHandshake(
        raw,
        bytes,
        this.tls,
        credentials,
        leftMs(),
        ruled.overrides,
        alert,
      );
      const cause =
        outcome === "refused"
          ? { cause: "RULE", alert: { number: alert, by: "us" } as const }
          : { cause: outcome };
      if (!state.isStopped) this.fail(raw, { leg: "charger", ...cause, ...facts });
      return undefined;
    }
    const outcome = await runHandshake(raw, bytes, this.tls, credentials, leftMs(), ruled?.overrides);
    if ("socket" in outcome) {
      const { socket } = outcome;
      socket.on("error", () => undefined);
      const leg: Leg = { stream: socket, raw, tls: tlsLegOf(socket, hello.serverName) };
      return { leg, first: Buffer.alloc(0), spentMs: 0 };
    }
    if (!state.isStopped) this.fail(raw, { leg: "charger", cause: outcome.error, ...facts });
    return undefined;
  }

  private refusePlain(raw: Socket, from: string, bytes: Buffer): undefined {
    const isHttp = /^[A-Z]{1,16} /.test(bytes.toString("latin1", 0, 20));
    if (isHttp)
      raw.write(ownAnswer(400, "Bad Request", "This port accepts only TLS: use wss:// in the charger."));
    this.fail(raw, { leg: "charger", cause: isHttp ? "PLAIN_HTTP" : "NOT_TLS", from, bytes });
  }

  /** Records a failure, and closes the socket after what was written. */
  private fail(raw: Socket, facts: FailureFacts): void {
    const entry = handshakeFailed(this.context.clock, facts, this.context.hideHead);
    this.context.cassettes.ofRefused(undefined).record(entry);
    this.context.log(failureLine(entry));
    raw.resume();
    raw.destroySoon();
  }

  /** Reports stopped handshakes at most once a second. */
  private reportStopped(count: number): void {
    this.stoppedCount += count;
    const nowMs = performance.now();
    if (nowMs - this.reportedAtMs < reportEveryMs) return;
    this.reportedAtMs = nowMs;
    const entry = handshakeFailed(this.context.clock, { leg: "charger", cause: "TOO_MANY" });
    this.context.cassettes.ofRefused(undefined).record(entry);
    this.context.log(`stalled connections closed so far: ${this.stoppedCount}: ${entry.diagnosis}`);
  }
}
