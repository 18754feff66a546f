// One proxied connection as a machine: two lanes, their ends, and the closing that a rule can ask for. Which
// kind of lane a direction gets depends on the armed rules alone; without any, both are taps.
//
//   charger --bytes--> [lane cp-to-csms] --write--> CSMS
//   charger <--write-- [lane csms-to-cp] <--bytes-- CSMS

import { directionFrom, opposite, type Side } from "../base/direction.js";
import type { Machine } from "../base/machine.js";
import type { StreamEnd } from "../cassette/entry.js";
import { canTouch, type Decider } from "../rules/decide.js";
import type { Decision } from "../rules/message-view.js";
import type { RuleSet } from "../rules/rule-set.js";
import { closeBody } from "../wire/close-frame.js";
import { encodeFrame, opcodes } from "../wire/frame.js";
import { createGate } from "./gate.js";
import type { Lane, LanePlace } from "./lane.js";
import { createListener } from "./listener.js";
import type { RelayCommand, RelayEvent } from "./protocol.js";
import { createTap } from "./tap.js";

/** The limits of a relay. */
export interface RelayLimits {
  /** Largest payload that is kept whole, in octets. */
  readonly maxFrame: number;
  /** Octets of an unfinished message that may wait for a rule. */
  readonly waitOctets: number;
  /** Milliseconds that an unfinished message may wait for a rule. */
  readonly waitMs: number;
  /** Octets that rules may hold in one direction before the sender is paused. */
  readonly holdOctets: number;
}

/** Limits that suit chargers. */
export const relayLimits: RelayLimits = {
  maxFrame: 16 * 1024 * 1024,
  waitOctets: 4 * 1024 * 1024,
  waitMs: 10_000,
  holdOctets: 4 * 1024 * 1024,
};

/** What a relay needs to know. */
export interface RelayOptions {
  /** Number of the connection in its file. */
  readonly connection: number;
  readonly identity: string;
  /** Number among the connections of this identity in this run, from 1. */
  readonly ordinal: number;
  readonly limits: RelayLimits;
  readonly rules: { readonly ruleSet: RuleSet; readonly decider: Decider } | undefined;
}

const closingTimer = "closing";
const closingMs = 2000;
// Frames of our own towards the CSMS need some masking key (RFC 6455 5.3); a fixed one keeps tapes equal.
const ownMask = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

class Relay implements Machine<RelayEvent, RelayCommand> {
  private readonly options: RelayOptions;
  private readonly lanes: Record<Side, Lane>;
  private readonly ends: StreamEnd[] = [];
  private closedByRule = false;
  /** To whom the end of the other's stream was handed on. */
  private readonly handedOn = new Set<Side>();
  private done = false;

  constructor(options: RelayOptions) {
    this.options = options;
    const frames = { "cp-to-csms": 0, "csms-to-cp": 0 };
    const touched = (side: Side): boolean =>
      options.rules !== undefined && canTouch(options.rules.ruleSet, options.identity, directionFrom(side));
    const listener = touched("charger") || touched("csms") ? createListener() : undefined;
    const lane = (from: Side): Lane => {
      const direction = directionFrom(from);
      const place: LanePlace = {
        connection: options.connection,
        direction,
        to: from === "charger" ? "csms" : "charger",
        maxFrame: options.limits.maxFrame,
        frames,
        other: opposite(direction),
      };
      if (options.rules === undefined || listener === undefined || !touched(from))
        return createTap(place, listener);
      const { identity, ordinal, limits } = options;
      const close = this.closeBoth.bind(this);
      return createGate(place, {
        identity,
        ordinal,
        listener,
        decider: options.rules.decider,
        close,
        ...limits,
      });
    };
    this.lanes = { charger: lane("charger"), csms: lane("csms") };
  }

  handle(event: RelayEvent): readonly RelayCommand[] {
    const out: RelayCommand[] = [];
    if (this.done) return out;
    switch (event.kind) {
      case "bytes":
        this.laneFrom(event.from).bytes(event.chunk, event.at, out);
        break;
      case "end":
      case "reset":
        this.takeEnd(event.from, event.kind, event.at, out);
        break;
      case "stop":
        this.stop(event.at, out);
        break;
      case "timer":
        if (event.id === closingTimer) this.giveUp(event.at, out);
        else this.lanes[event.id === "cp-to-csms" ? "charger" : "csms"].wake(event.at, out);
        break;
    }
    if (!this.done && (this.ends.length > 0 || this.closedByRule)) this.finishIfOver(event.at, out);
    return out;
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
    const before = this.handedOn.size;
    for (const command of out) if (command.kind === "end") this.handedOn.add(command.to);
    const bothHanded = this.handedOn.size >= 2;
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
    this.ends.push({ by: "us", how: "reset", at });
    out.push({ kind: "reset", to: "charger" }, { kind: "reset", to: "csms" });
  }
}

/** Makes the machine of one proxied connection; it begins behind both upgrade heads. */
export function createRelay(options: RelayOptions): Machine<RelayEvent, RelayCommand> {
  return new Relay(options);
}
