// One proxied connection as a machine: two lanes, their ends, and the closing that a rule can ask for. Which
// kind of lane a direction gets depends on the armed rules alone; without any, both are taps.
//
//   charger --bytes--> [lane cp-to-csms] --write--> CSMS
//   charger <--write-- [lane csms-to-cp] <--bytes-- CSMS

import { assertNever } from "../base/assert-never.js";
import { noBytes } from "../base/bytes.js";
import { type Direction, directionFrom, opposite, type Side } from "../base/direction.js";
import type { Machine } from "../base/machine.js";
import type { StreamEnd } from "../cassette/entry.js";
import type { OcppVersion } from "../ocpp/version.js";
import type { Decider } from "../rules/decide.js";
import type { CloseOrder, Decision, RuledOrder } from "../rules/message-view.js";
import type { Observation } from "../rules/observation.js";
import type { ShapeOrder } from "../rules/order.js";
import { closeBody } from "../wire/close-frame.js";
import { encodeFrame, opcodes } from "../wire/frame.js";
import { createChangingLane } from "./changing-lane.js";
import { createGate } from "./gate.js";
import type { HandOver, Lane, LanePlace } from "./lane.js";
import { createListener } from "./listener.js";
import type { RelayCommand, RelayEvent } from "./protocol.js";
import { Shaping, shapingTimer } from "./shaping.js";
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
}

const closingTimer = "closing";
const rulesTimer = "rules";
const sides: readonly Side[] = ["charger", "csms"];
const msToNs = 1_000_000;
const closingMs = 2000;
const longestTimerMs = 2 ** 31 - 1;
// Frames of our own towards the CSMS need some masking key (RFC 6455 5.3); a fixed one keeps tapes equal.
const ownMask = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

class Relay implements Machine<RelayEvent, RelayCommand> {
  private readonly options: RelayOptions;
  private readonly lanes: Record<Side, Lane>;
  private readonly ends: StreamEnd[] = [];
  private closedByRule = false;
  /** When the timer of the rules that act by the clock rings. */
  private rulesDueAt: number | undefined;
  /** Between the lanes and the shell, once a rule shapes the connection. */
  private shaping: Shaping | undefined;
  private closingIsTimed = false;
  /** To whom the end of the other's stream was handed on. */
  private readonly handedOn = new Set<Side>();
  private done = false;

  constructor(options: RelayOptions) {
    this.options = options;
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
    this.lanes = { charger: lane("charger"), csms: lane("csms") };
  }

  /** Which kind of lane a direction gets. */
  private laneMaker({ rules, identity, ordinal, version, limits }: RelayOptions): (place: LanePlace) => Lane {
    if (rules === undefined) return (place) => createTap(place, undefined);
    const touched = (direction: Direction): boolean => rules.rules.touches(identity, direction);
    if (!rules.rules.mayChange && !touched("cp-to-csms") && !touched("csms-to-cp"))
      return (place) => createTap(place, undefined);
    const listener = createListener();
    const close = this.closeBoth.bind(this);
    const perform = this.perform.bind(this);
    const gate = (place: LanePlace, taken?: HandOver): Lane =>
      createGate(
        place,
        { identity, ordinal, version, listener, decider: rules, close, perform, ...limits },
        taken,
      );
    const hear: Hear = (direction, frame, at) => {
      const named = listener.hear(direction, frame);
      if (named !== undefined && rules.rules.mayChange)
        rules.passing({ at, identity, ordinal, version, direction, ...named });
    };
    return (place) => {
      if (touched(place.direction)) return gate(place);
      const tap = createTap(place, hear);
      if (!rules.rules.mayChange) return tap;
      return createChangingLane(tap, {
        generation: () => rules.rules.generation,
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
        this.start(event.at, out);
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
      case "ruled":
        this.endByRule(event.end, event.rule, event.at, out);
        break;
    }
    this.watchClock(event, out);
    const shaped = this.shaping === undefined ? out : this.shape(this.shaping, event.at, out);
    if (!this.done && (this.ends.length > 0 || this.closedByRule)) this.finishIfOver(event.at, shaped);
    return shaped;
  }

  private ring(timer: string, at: number, out: RelayCommand[]): void {
    if (timer === closingTimer) this.giveUp(at, out);
    else if (timer === rulesTimer) this.tick(at, out);
    else if (timer === shapingTimer) this.shaping?.rang();
    else this.lanes[timer === "cp-to-csms" ? "charger" : "csms"].wake(at, out);
  }

  private endByRule(end: CloseOrder | "reset", rule: string, at: number, out: RelayCommand[]): void {
    if (end !== "reset") {
      this.closeBoth(end, rule, at, out);
      return;
    }
    const message = `${rule}: acted elsewhere; both sides are reset`;
    const { connection } = this.options;
    out.push({
      kind: "record",
      entry: { kind: "note", connection, at, code: "fault-cut", message },
      sent: false,
    });
    this.resetByRule("both", at, out);
  }

  /** What leaves the shapers in place of these commands, and what they want of the connection. */
  private shape(shaping: Shaping, at: number, commands: readonly RelayCommand[]): RelayCommand[] {
    const out = shaping.pass(commands, at);
    const cut = shaping.takeCut();
    if (cut === undefined || this.done) return out;
    const { connection } = this.options;
    const message = `${cut.rule}: ${cut.why}`;
    out.push({
      kind: "record",
      entry: { kind: "note", connection, at, code: "fault-cut", message },
      sent: false,
    });
    shaping.flush(at, out);
    shaping.close();
    if (cut.how === "reset") this.resetByRule(cut.to, at, out);
    else {
      this.closedByRule = true;
      out.push({ kind: "end", to: "charger" }, { kind: "end", to: "csms" });
    }
    return out;
  }

  /** The rules on the beginning of a connection. */
  private start(at: number, out: RelayCommand[]): void {
    const { rules } = this.options;
    if (rules !== undefined)
      this.carryOut(rules.meet({ ...this.about(at), action: undefined }), null, at, out);
  }

  /** The connection as rules see it. */
  private about(at: number): Omit<Observation, "action"> {
    const { identity, ordinal, version } = this.options;
    const direction = "cp-to-csms";
    return {
      at,
      identity,
      ordinal,
      version,
      direction,
      type: "connection",
      id: undefined,
      payload: () => undefined,
    };
  }

  /** Rules that act by the clock. */
  private tick(at: number, out: RelayCommand[]): void {
    this.rulesDueAt = undefined;
    const decision = this.closedByRule ? undefined : this.options.rules?.tick(this.about(at));
    if (decision !== undefined) this.carryOut(decision, "by the clock", at, out);
  }

  /** Sets the timer of the rules that act by the clock. */
  private watchClock(event: RelayEvent, out: RelayCommand[]): void {
    const { rules, identity, ordinal } = this.options;
    if (rules === undefined || this.done || !(rules.rules.hasTimed || this.rulesDueAt !== undefined)) return;
    if (event.kind === "bytes") rules.heard(identity, ordinal, event.at);
    const due = rules.nextAt(identity, ordinal);
    // A silence that was ended only makes the timer ring in vain.
    if (due === undefined || (this.rulesDueAt !== undefined && this.rulesDueAt <= due)) return;
    this.rulesDueAt = due;
    const ms = Math.min(longestTimerMs, Math.max(0, Math.ceil((due - event.at) / msToNs)));
    out.push({ kind: "timer", id: rulesTimer, ms });
  }

  /** Does what rules decided where there is no message. */
  private carryOut(decision: Decision, action: string | null, at: number, out: RelayCommand[]): void {
    const { connection } = this.options;
    for (const applied of decision.applied) {
      const about = { direction: "cp-to-csms", type: "connection", action } as const;
      const entry = { kind: "decision", connection, at, ...about, original: noBytes, ...applied } as const;
      out.push({ kind: "record", entry, sent: false });
    }
    for (const ruled of decision.effect.orders) this.perform(ruled, at, out);
    const { close } = decision.effect;
    if (close !== undefined) this.closeBoth(close, decision.applied.at(-1)?.rule ?? "", at, out);
  }

  /** Carries out what a rule wants beside octets. */
  private perform(ruled: RuledOrder, at: number, out: RelayCommand[]): void {
    const { order, rule } = ruled;
    switch (order.kind) {
      case "reset":
        this.resetByRule(order.to, at, out);
        return;
      case "shape":
        this.beginShape(order, rule, out);
        return;
      case "down":
      case "kick":
        out.push({ kind: "run", ruled: { order, rule } });
        return;
      case "upgrade":
      case "tls":
        // What comes before a connection is no business of one.
        return;
      default:
        assertNever(order);
    }
  }

  private beginShape(order: ShapeOrder, rule: string, out: readonly RelayCommand[]): void {
    const { rules, connection, limits } = this.options;
    if (rules === undefined) return;
    this.shaping ??= new Shaping({ connection, holdOctets: limits.holdOctets, rules: rules.rules });
    this.shaping.begin(order, rule, out);
  }

  private resetByRule(to: Side | "both", at: number, out: RelayCommand[]): void {
    if (this.done) return;
    this.shaping?.open(out);
    this.ends.push({ by: "us", how: "reset", at });
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
    for (const command of out) if (command.kind === "end") this.handedOn.add(command.to);
    // What never arrives need not be waited for.
    const unreachable = sides.filter(
      (side) => !this.handedOn.has(side) && this.shaping?.isDead(side) === true,
    );
    const bothHanded = this.handedOn.size + unreachable.length >= 2;
    // What a rule still holds goes before its close, however long that takes; only then is the peers' turn.
    if (this.closedByRule && bothHanded && !this.closingIsTimed) {
      this.closingIsTimed = true;
      out.push({ kind: "timer", id: closingTimer, ms: closingMs });
    }
    const bothEnded = new Set(this.ends.map((end) => end.by)).size >= 2;
    const over = (bothEnded && bothHanded) || out.some((command) => command.kind === "reset");
    if (!over) return;
    for (const to of unreachable) out.push({ kind: "end", to });
    this.conclude(at, out);
  }

  private stop(at: number, out: RelayCommand[]): void {
    this.shaping?.open(out);
    this.ends.push({ by: "us", how: "end", at });
    for (const lane of [this.lanes.charger, this.lanes.csms]) {
      lane.flush(at, out);
      lane.end("end", at, out);
    }
    this.conclude(at, out);
  }

  private conclude(at: number, out: RelayCommand[]): void {
    this.done = true;
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
      const closeFrame = encodeFrame({ opcode: opcodes.close, payload, mask });
      this.lanes[from].finish({ closeFrame, by: rule, discardHeld: effect.discardHeld }, at, out);
    }
  }

  /** A peer did not end its stream after our close. */
  private giveUp(at: number, out: RelayCommand[]): void {
    this.shaping?.open(out);
    this.ends.push({ by: "us", how: "reset", at });
    out.push({ kind: "reset", to: "charger" }, { kind: "reset", to: "csms" });
  }
}

/** Makes the machine of one proxied connection; it begins behind both upgrade heads. */
export function createRelay(options: RelayOptions): Machine<RelayEvent, RelayCommand> {
  return new Relay(options);
}
