// The door for chargers: looks at the first bytes of a connection, does the TLS handshake where they are a
// ClientHello, and gives the leg that requests are read from. Handshakes are bounded in time and number; one that
// fails becomes an entry of the cassette.
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
import { HandshakePlaces } from "../tls/handshake-limiter.js";
import { storedCertificate, tlsLegOf } from "../tls/tls-facts.js";
import { type FailureFacts, failureLine, handshakeFailed } from "../tls/tls-failure.js";
import { shakeHands, shakeHandsInVain } from "../tls/tls-server.js";
import { type ChargerTls, type Leg, noTls, plainLeg } from "../tls/tls-settings.js";
import { type RuledHandshake, ruleHandshake, stall } from "./tls-faults.js";
import type { ProxyContext } from "./upgrade-context.js";

/** A charger at the door: its leg, and bytes that were read already. */
export interface AcceptedCharger {
  readonly leg: Leg;
  readonly first: Buffer;
  /** How long it took to send them, which counts for the request head. */
  readonly spentMs: number;
}

type Look =
  | { readonly kind: "plain" | "not-tls" | "timeout" | "ended"; readonly bytes: Buffer }
  | { readonly kind: "hello"; readonly bytes: Buffer; readonly hello: ClientHello }
  | { readonly kind: "unreadable"; readonly bytes: Buffer };

type Greeting = Extract<Look, { kind: "hello" }>;

/** A socket on its way in. */
interface Admission {
  readonly isCut: boolean;
  /** Gives its place for handshakes to others. */
  leave(): void;
}

const handshakeRecord = 22;
const cutWordsMs = 1000;
const handshakeFailureAlert = alertRecord(40);

/** Reads until it is known what the connection begins with; leaves the socket paused. */
const look = (raw: Socket, timeoutMs: number): Promise<Look> =>
  new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0);
    const settle = (found: Look): void => {
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

/** Takes raw sockets in; gives legs. */
export class TlsAcceptor {
  private readonly context: ProxyContext;
  private readonly tls: ChargerTls;
  private readonly places: HandshakePlaces;
  private cuts = 0;
  private saidCutsAt = Number.NEGATIVE_INFINITY;

  constructor(context: ProxyContext) {
    this.context = context;
    this.tls = context.tls ?? noTls;
    this.places = new HandshakePlaces(this.tls.maxHandshakes, (count) => this.sayCuts(count));
  }

  /** The leg of a charger, or undefined where it is gone or was turned away, which is recorded then. */
  async admit(raw: Socket, from: string): Promise<AcceptedCharger | undefined> {
    raw.on("error", () => undefined);
    const begun = performance.now();
    const left = (): number => this.tls.handshakeMs - (performance.now() - begun);
    const state = { isCut: false, leave: (): void => undefined };
    const cut = (): void => {
      state.isCut = true;
      raw.destroy();
    };
    const place = await this.places.take(this.tls.handshakeMs, cut);
    if (place === undefined) {
      raw.destroy();
      return undefined;
    }
    state.leave = () => place.leave();
    try {
      const found = await look(raw, Math.max(1, left()));
      place.renew();
      return state.isCut ? undefined : await this.judge(raw, from, found, left, state);
    } finally {
      place.leave();
    }
  }

  /** A charger that left behind the handshake without a request: many check the name in our certificate only now. */
  leftSilently({ raw, stream, tls }: Leg, from: string, error: Error | undefined): void {
    this.fail(raw, { leg: "charger", cause: error ?? "CLOSED", from, own: tls?.facts.own ?? null });
    stream.destroy();
  }

  close(): void {
    this.places.close();
  }

  private async judge(
    raw: Socket,
    from: string,
    found: Look,
    left: () => number,
    state: Admission,
  ): Promise<AcceptedCharger | undefined> {
    const { bytes } = found;
    const fail = (cause: Error | string, more: Partial<FailureFacts> = {}): undefined =>
      void this.fail(raw, { leg: "charger", cause, from, bytes, ...more });
    switch (found.kind) {
      case "plain":
        if (this.tls.mode !== "on")
          return { leg: plainLeg(raw), first: bytes, spentMs: this.tls.handshakeMs - left() };
        return this.refusePlain(raw, from, bytes);
      case "ended":
        // Only a port for TLS alone knows that a ClientHello was due; elsewhere it may have been a port scan.
        if (bytes.length > 0 || this.tls.mode === "on") {
          // What did come was the beginning of a handshake record; anything else was taken for plain.
          return fail(bytes.length > 0 ? "CLOSED_IN_HELLO" : "CLOSED_BEFORE_HELLO");
        }
        raw.destroy();
        return undefined;
      case "timeout":
        // Silence is not worth a cassette where plain chargers are taken, too.
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
        return await this.greet(raw, from, found, left, state);
    }
  }

  /** A ClientHello: rules may have a say before anything is answered. */
  private async greet(
    raw: Socket,
    from: string,
    found: Greeting,
    left: () => number,
    state: Admission,
  ): Promise<AcceptedCharger | undefined> {
    const { hello, bytes } = found;
    const dialled = { from, name: hello.serverName, address: raw.localAddress, hello: bytes };
    const ruled = ruleHandshake(this.context, this.tls, dialled);
    if (ruled === undefined) return await this.secure(raw, from, found, left, state);
    const facts = { leg: "charger", cause: "RULE", from, hello, bytes } as const;
    let time = left;
    if (ruled.stallMs > 0) {
      // The rule's silence is no fault of the charger's and takes no place from others.
      state.leave();
      if (!(await stall(raw, ruled))) {
        this.fail(raw, facts);
        return undefined;
      }
      time = () => this.tls.handshakeMs;
    }
    if (ruled.alert === undefined) return await this.secure(raw, from, found, time, state, ruled);
    raw.write(alertRecord(ruled.alert));
    this.fail(raw, { ...facts, alert: { number: ruled.alert, by: "us" } });
    return undefined;
  }

  private async secure(
    raw: Socket,
    from: string,
    found: Greeting,
    left: () => number,
    state: Admission,
    ruled?: RuledHandshake,
  ): Promise<AcceptedCharger | undefined> {
    const { hello, bytes } = found;
    let credentials: readonly Credentials[];
    try {
      credentials = ruled?.credentials ?? this.tls.credentials(hello.serverName, raw.localAddress);
    } catch (error) {
      if (!(error instanceof VcrError)) throw error;
      this.context.say(error.message);
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
      const how = await shakeHandsInVain(raw, bytes, this.tls, credentials, left(), ruled.caps, alert);
      const told =
        how === "refused" ? { cause: "RULE", alert: { number: alert, by: "us" } as const } : { cause: how };
      if (!state.isCut) this.fail(raw, { leg: "charger", ...told, ...facts });
      return undefined;
    }
    const outcome = await shakeHands(raw, bytes, this.tls, credentials, left(), ruled?.caps);
    if ("socket" in outcome) {
      const { socket } = outcome;
      socket.on("error", () => undefined);
      const leg: Leg = { stream: socket, raw, tls: tlsLegOf(socket, hello.serverName) };
      return { leg, first: Buffer.alloc(0), spentMs: 0 };
    }
    if (!state.isCut) this.fail(raw, { leg: "charger", cause: outcome.error, ...facts });
    return undefined;
  }

  private refusePlain(raw: Socket, from: string, bytes: Buffer): undefined {
    const isHttp = /^[A-Z]{1,16} /.test(bytes.toString("latin1", 0, 20));
    if (isHttp) raw.write(ownAnswer(400, "Bad Request", "This port speaks TLS: dial it with wss://."));
    this.fail(raw, { leg: "charger", cause: isHttp ? "PLAIN_HTTP" : "NOT_TLS", from, bytes });
  }

  /** Records a failure and lets the socket go, what was written first. */
  private fail(raw: Socket, facts: FailureFacts): void {
    const entry = handshakeFailed(this.context.clock, facts, this.context.hideHead);
    this.context.cassettes.ofRefused(undefined).record(entry);
    this.context.say(failureLine(entry));
    raw.resume();
    raw.destroySoon();
  }

  /** A flood is told once a second, not once a connection. */
  private sayCuts(count: number): void {
    this.cuts += count;
    const now = performance.now();
    if (now - this.saidCutsAt < cutWordsMs) return;
    this.saidCutsAt = now;
    const entry = handshakeFailed(this.context.clock, { leg: "charger", cause: "TOO_MANY" });
    this.context.cassettes.ofRefused(undefined).record(entry);
    this.context.say(`${this.cuts} stalled connections were cut so far: ${entry.diagnosis}`);
  }
}
