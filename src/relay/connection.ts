// One proxied connection as a machine: two lanes, their ends, and the closing that a rule can ask for. Which
// kind of lane a direction gets depends on the armed rules alone; without any, both are taps.
//
//   charger --bytes--> [lane cp-to-csms] --write--> CSMS
//   charger <--write-- [lane csms-to-cp] <--bytes-- CSMS

import { assertNever } from "../base/assert-never.js";
import { type Direction, directionFrom, opposite, type Side } from "../base/direction.js";
import type { Machine } from "../base/machine.js";
import type { StreamEnd } from "../cassette/entry.js";
import type { OcppVersion } from "../ocpp/version.js";
import type { Decider } from "../rules/decide.js";
import type { Decision, RuledOrder } from "../rules/message-view.js";
import type { Injection } from "../rules/order.js";
import { closeBody } from "../wire/close-frame.js";
import { encodeFrame, opcodes, ownMask, readFrame } from "../wire/frame.js";
import { createChangingLane } from "./changing-lane.js";
import { Clockwork, clockworkTimer } from "./clockwork.js";
import { createGate, type Desk } from "./gate.js";
import type { HandOrder } from "./hand-order.js";
import { type Author, Injector } from "./injector.js";
import type { HandOver, Lane, LanePlace } from "./lane.js";
import { createListener, type Listener, type Named } from "./listener.js";
import { peekFrames } from "./peek-frames.js";
import type { RelayCommand, RelayEvent } from "./protocol.js";
import { Sendings, sendingsTimer } from "./sendings.js";
import { Silences } from "./silences.js";
import { createTap, type Hear } from "./tap.js";

/** The limits of a relay. */
export interface RelayLimits {
  /** Largest payload that is kept whole, in octets. */
  readonly maxFrame: number;
  /** Octets of an unfinished message that may wait for a rule. */
  readonly waitOctets: number;
  /** Milliseconds that an unfinished message may wait for a rule. */
  readonly waitMs: number;
  /** Milliseconds without another octet after which it waits no longer. */
  readonly stallMs: number;
  /** Octets that rules may hold in one direction before the sender is paused. */
  readonly holdOctets: number;
}

/** Limits that suit chargers. */
export const relayLimits: RelayLimits = {
  maxFrame: 16 * 1024 * 1024,
  waitOctets: 4 * 1024 * 1024,
  waitMs: 30_000,
  stallMs: 2000,
  holdOctets: 4 * 1024 * 1024,
};

/** What a relay needs to know. */
export interface RelayOptions {
  /** Number of the connection in its file. */
  readonly connection: number;
  readonly identity: string;
  /** Number among the connections of this identity in this run, from 1. */
  readonly ordinal: number;
  /** What the agreed subprotocol says; undefined where it says nothing that is known. */
  readonly version?: OcppVersion | undefined;
  readonly limits: RelayLimits;
  readonly rules: Decider | undefined;
  /** Whether the peers agreed to compress their messages (permessage-deflate). */
  readonly compresses?: boolean;
}

const closingTimer = "closing";
const closingMs = 2000;
const injectorTimer = "injector";
/** How long a CALL that a person sends counts as open. */
const injectionTimeoutMs = 30_000;

class Relay implements Machine<RelayEvent, RelayCommand> {
  private readonly options: RelayOptions;
  private readonly lanes: Record<Side, Lane>;
  private readonly silences: Silences;
  private readonly sendings: Sendings;
  private readonly ends: StreamEnd[] = [];
  private closedByRule = false;
  private readonly clockwork: Clockwork | undefined;
  /** To whom the end of the other's stream was handed on. */
  private readonly handedOn = new Set<Side>();
  private done = false;
  /** The gates of both directions, as far as there are any. */
  private readonly desks: Partial<Record<Direction, Desk>> = {};
  private readonly injector: Injector;
  private readonly listener: Listener = createListener();
  private injectorAt: number | undefined;
  /** Rises when taps must become gates although no rule touches them, because a person has something to send. */
  private wanted = 0;

  constructor(options: RelayOptions) {
    this.options = options;
    this.injector = new Injector({
      send: this.sendOwn.bind(this),
      free: (direction, at, out) => this.desks[direction]?.free("own-call", at, out),
    });
    const frames = { "cp-to-csms": 0, "csms-to-cp": 0 };
    const make = this.laneMaker(options);
    const lane = (from: Side): Lane => {
      const direction = directionFrom(from);
      const to = from === "charger" ? "csms" : "charger";
      const { connection, limits } = options;
      return make({
        connection,
        direction,
        to,
        maxFrame: limits.maxFrame,
        frames,
        other: opposite(direction),
      });
    };
    if (options.rules !== undefined) {
      const carryOut = this.carryOut.bind(this);
      this.clockwork = new Clockwork({ ...options, rules: options.rules, carryOut });
    }
    this.lanes = { charger: lane("charger"), csms: lane("csms") };
    this.silences = new Silences(this.lanes);
    this.sendings = new Sendings(this.lanes);
  }

  /** Which kind of lane a direction gets. */
  private laneMaker(options: RelayOptions): (place: LanePlace) => Lane {
    const { rules, identity, ordinal, limits, version, compresses = false } = options;
    if (rules === undefined) return (place) => createTap(place, undefined);
    const touched = (direction: Direction): boolean =>
      this.wanted > 0 || rules.rules.touches(identity, direction);
    if (!rules.rules.mayChange && !touched("cp-to-csms") && !touched("csms-to-cp"))
      return (place) => createTap(place, undefined);
    const listener = this.listener;
    const close = this.closeBoth.bind(this);
    const perform = this.perform.bind(this);
    const heard = this.injector.heard.bind(this.injector);
    const passed = this.passed.bind(this);
    const enter = (direction: Direction, desk: Desk): void => {
      this.desks[direction] = desk;
    };
    const { injector } = this;
    const common = { identity, ordinal, version, compresses };
    const ruling = { ...common, listener, injector, decider: rules, close, perform, passed };
    const gate = (place: LanePlace, taken?: HandOver): Lane =>
      createGate(place, { ...ruling, ...limits, enter, heard }, taken);
    const hear: Hear = (direction, frame, at, out) => {
      const named = listener.hear(direction, frame);
      if (named === undefined) return;
      if (rules.rules.mayChange) rules.passing({ at, identity, ordinal, version, direction, ...named });
      passed(direction, named, at, out);
      heard(direction, named, at, out);
    };
    return (place) => {
      if (touched(place.direction)) return gate(place);
      const tap = createTap(place, hear);
      if (!rules.rules.mayChange) return tap;
      return createChangingLane(tap, {
        generation: () => rules.rules.generation + this.wanted,
        isTouched: () => touched(place.direction),
        gate: (taken) => gate(place, taken),
      });
    };
  }

  handle(event: RelayEvent): readonly RelayCommand[] {
    const out: RelayCommand[] = [];
    if (this.done) return out;
    switch (event.kind) {
      case "bytes":
        this.laneFrom(event.from).bytes(event.chunk, event.at, out);
        break;
      case "start":
        this.clockwork?.start(event.at, out);
        break;
      case "end":
      case "reset":
        this.takeEnd(event.from, event.kind, event.at, out);
        break;
      case "stop":
        this.stop(event.at, out);
        break;
      case "timer":
        this.ring(event.id, event.at, out);
        break;
      case "hand":
        this.obey(event.order, event.at, out);
        break;
    }
    if (!this.done) this.clockwork?.watch(event, out);
    if (!this.done) this.setInjectorTimer(event.at, out);
    if (!this.done && (this.ends.length > 0 || this.closedByRule)) this.finishIfOver(event.at, out);
    return out;
  }

  /** Does what rules decided where there is no message. */
  private carryOut(decision: Decision, at: number, out: RelayCommand[]): void {
    for (const ruled of decision.effect.orders) this.perform(ruled, at, out);
    const { close } = decision.effect;
    if (close !== undefined) this.closeBoth(close, decision.applied.at(-1)?.rule ?? "", at, out);
  }

  private ring(id: string, at: number, out: RelayCommand[]): void {
    if (id === closingTimer) this.giveUp(at, out);
    else if (id === clockworkTimer) {
      if (!this.closedByRule) this.clockwork?.ring(at, out);
    } else if (id === injectorTimer) this.wakeInjector(at, out);
    else if (id === sendingsTimer) this.sendings.wake(at, out);
    else this.lanes[id === "cp-to-csms" ? "charger" : "csms"].wake(at, out);
  }

  /** Carries out what a rule wants beside octets. */
  private perform({ order, rule, fault }: RuledOrder, at: number, out: RelayCommand[]): void {
    switch (order.kind) {
      case "inject":
        this.injector.inject(order, { rule, fault }, at, out);
        return;
      case "answer":
        this.injector.plan(order.direction, order.id, order.plan, { rule, fault });
        return;
      case "silence":
        this.silences.begin(order.direction, out);
        return;
      case "send":
        this.sendings.begin(order, rule, at, out);
        return;
      case "reset":
        this.resetByRule(order.to, at, out);
        return;
      default:
        assertNever(order);
    }
  }

  /** A message of the peers has gone out: what waited for it follows, in whichever direction. */
  private passed(direction: Direction, about: Named, at: number, out: RelayCommand[]): void {
    this.desks["cp-to-csms"]?.passed(direction, about, at, out);
    this.desks["csms-to-cp"]?.passed(direction, about, at, out);
  }

  /** Does what somebody at the controls wants. */
  private obey(order: HandOrder, at: number, out: RelayCommand[]): void {
    switch (order.kind) {
      case "close":
        this.closeBoth({ code: order.code, reason: order.reason, discardHeld: false }, order.by, at, out);
        return;
      case "reset":
        this.resetByRule("both", at, out);
        return;
      case "release":
        for (const desk of Object.values(this.desks)) desk.free("command", at, out);
        return;
      case "inject":
        this.injectByHand(order, at, out);
        return;
      default:
        assertNever(order);
    }
  }

  private injectByHand(order: HandOrder & { kind: "inject" }, at: number, out: RelayCommand[]): void {
    const { direction, payload, isText, when, by } = order;
    this.wanted++;
    // A tap that can become a gate does so when it is woken.
    for (const lane of [this.lanes.charger, this.lanes.csms]) lane.wake(at, out);
    const injection = { direction, payload, isText, when, keepAnswer: true, timeoutMs: injectionTimeoutMs };
    this.injector.inject(injection, { rule: by, fault: "inject" }, at, out);
  }

  /** Frames a message of our own and sends it. */
  private sendOwn(
    { direction, payload, isText = true }: Injection,
    { rule }: Author,
    at: number,
    out: RelayCommand[],
  ): boolean {
    const mask = direction === "cp-to-csms" ? ownMask : undefined;
    const raw = encodeFrame({ opcode: isText ? opcodes.text : opcodes.binary, payload, mask });
    const { connection } = this.options;
    const sent = this.done ? "never" : (this.desks[direction]?.inject(raw, at, out) ?? "never");
    if (sent === "never") {
      const message = `${direction}: a message of ${rule} could not be sent`;
      const entry = { kind: "note", connection, at, code: "not-injected", message } as const;
      out.push({ kind: "record", entry, sent: false });
      return false;
    }
    const frame = readFrame(raw);
    // So that its answer is known by its action; an answer of ours leaves the peer's own to be known by it.
    if (frame !== undefined && peekFrames([frame])?.type === "CALL") this.listener.name(direction, [frame]);
    const entry = { kind: "injected", connection, direction, at, by: rule, raw } as const;
    out.push({ kind: "record", entry, sent: false });
    return true;
  }

  private wakeInjector(at: number, out: RelayCommand[]): void {
    this.injectorAt = undefined;
    this.injector.wake(at, out);
  }

  private setInjectorTimer(at: number, out: RelayCommand[]): void {
    const next = this.injector.nextAt();
    if (next === undefined || (this.injectorAt !== undefined && this.injectorAt <= next)) return;
    this.injectorAt = next;
    out.push({ kind: "timer", id: injectorTimer, ms: Math.max(0, Math.ceil((next - at) / 1_000_000)) });
  }

  private resetByRule(to: Side | "both", at: number, out: RelayCommand[]): void {
    if (this.done) return;
    this.ends.push({ by: "us", how: "reset", at });
    // What came in the same chunk must not slip out before the reset does.
    for (const lane of [this.lanes.charger, this.lanes.csms]) lane.silence(out);
    for (const side of ["charger", "csms"] as const)
      out.push({ kind: to === side || to === "both" ? "reset" : "end", to: side });
  }

  /** Spelt out: indexing with a name that changes with every event is slow. */
  private laneFrom(side: Side): Lane {
    return side === "charger" ? this.lanes.charger : this.lanes.csms;
  }

  private takeEnd(from: Side, how: "end" | "reset", at: number, out: RelayCommand[]): void {
    // A stream that has ended in order can still be reset, nothing else.
    if (this.ends.some((end) => end.by === from && (end.how === how || end.how === "reset"))) return;
    this.ends.push({ by: from, how, at });
    this.lanes[from].end(how, at, out);
  }

  /** Over when both streams have ended and both ends were handed on, or when a side was reset. */
  private finishIfOver(at: number, out: RelayCommand[]): void {
    const before = this.silences.with(this.handedOn);
    for (const command of out) if (command.kind === "end") this.handedOn.add(command.to);
    // Who is to hear nothing is not told of the end either, which is then as good as handed on.
    const bothHanded = this.silences.with(this.handedOn) >= 2;
    // What a rule still holds goes before its close, however long that takes; only then is the peers' turn.
    if (this.closedByRule && bothHanded && before < 2)
      out.push({ kind: "timer", id: closingTimer, ms: closingMs });
    const bothEnded = new Set(this.ends.map((end) => end.by)).size >= 2;
    const over = (bothEnded && bothHanded) || out.some((command) => command.kind === "reset");
    if (over) this.conclude(at, out);
  }

  private stop(at: number, out: RelayCommand[]): void {
    this.ends.push({ by: "us", how: "end", at });
    for (const lane of [this.lanes.charger, this.lanes.csms]) {
      lane.flush(at, out);
      lane.end("end", at, out);
    }
    this.conclude(at, out);
  }

  private conclude(at: number, out: RelayCommand[]): void {
    this.done = true;
    this.silences.end(out);
    this.lanes.charger.settle(at, out);
    this.lanes.csms.settle(at, out);
    const { connection } = this.options;
    out.push({
      kind: "record",
      entry: { kind: "connection-closed", connection, at, ends: this.ends },
      sent: false,
    });
    out.push({ kind: "done" });
  }

  private closeBoth(
    effect: NonNullable<Decision["effect"]["close"]>,
    rule: string,
    at: number,
    out: RelayCommand[],
  ): void {
    this.closedByRule = true;
    const payload = closeBody(effect.code, effect.reason);
    for (const from of ["charger", "csms"] as const) {
      const mask = from === "charger" ? ownMask : undefined;
      const frame = encodeFrame({ opcode: opcodes.close, payload, mask });
      const closeFrame = effect.withoutFrame === true ? undefined : frame;
      this.lanes[from].finish({ closeFrame, by: rule, discardHeld: effect.discardHeld }, at, out);
    }
  }

  /** A peer did not end its stream after our close. */
  private giveUp(at: number, out: RelayCommand[]): void {
    this.ends.push({ by: "us", how: "reset", at });
    out.push({ kind: "reset", to: "charger" }, { kind: "reset", to: "csms" });
  }
}

/** Makes the machine of one proxied connection; it begins behind both upgrade heads. */
export function createRelay(options: RelayOptions): Machine<RelayEvent, RelayCommand> {
  return new Relay(options);
}
