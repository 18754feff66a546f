// One proxied connection as a machine: two lanes, their ends, and the closing that a rule can ask for. Which
// kind of lane a direction gets depends on the armed rules alone; without any, both are taps.
//
//   charger --bytes--> [lane cp-to-csms] --write--> CSMS
//   charger <--write-- [lane csms-to-cp] <--bytes-- CSMS

import { assertNever } from "../../base/assert-never.js";
import { directionFrom, opposite, type Side } from "../../base/direction.js";
import type { Machine } from "../../base/machine.js";
import type { StreamEnd } from "../../cassette/format/entry.js";
import type { OcppVersion } from "../../ocpp/version.js";
import type { ShapeAction } from "../../rules/contract/action.js";
import type { Decision, RuledAction } from "../../rules/contract/effect.js";
import type { Decider } from "../../rules/deciding/decide.js";
import { closeBody } from "../../wire/websocket/close-frame.js";
import { encodeFrame, opcodes, ownMask } from "../../wire/websocket/frame.js";
import type { Lane } from "../lane/lane.js";
import type { OperatorCommand } from "../operator-command.js";
import { OwnMessages, ownMessagesTimer } from "../own/own-messages.js";
import type { RelayCommand, RelayEvent } from "../protocol.js";
import { Shaping, shapingTimer } from "../shaping/shaping.js";
import { Clockwork, clockworkTimer } from "./clockwork.js";
import { laneMaker } from "./lane-maker.js";
import { Sendings, sendingsTimer } from "./sendings.js";
import { Silences } from "./silences.js";

/** The limits of a relay. */
export interface RelayLimits {
  /** Largest payload that is kept whole, in bytes. */
  readonly maxFrame: number;
  /** Bytes of an unfinished message that may wait for a rule. */
  readonly waitBytes: number;
  /** Milliseconds that an unfinished message may wait for a rule. */
  readonly waitMs: number;
  /** Milliseconds without another byte after which it waits no longer. */
  readonly stallMs: number;
  /** Bytes that rules may hold in one direction before the sender is paused. */
  readonly holdBytes: number;
}

/** Limits that suit chargers. */
export const relayLimits: RelayLimits = {
  maxFrame: 16 * 1024 * 1024,
  waitBytes: 4 * 1024 * 1024,
  waitMs: 30_000,
  stallMs: 2000,
  holdBytes: 4 * 1024 * 1024,
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
const sides: readonly Side[] = ["charger", "csms"];
const closingMs = 2000;

class Relay implements Machine<RelayEvent, RelayCommand> {
  private readonly options: RelayOptions;
  private readonly lanes: Record<Side, Lane>;
  private readonly silences: Silences;
  private readonly sendings: Sendings;
  private readonly ends: StreamEnd[] = [];
  private closedByRule = false;
  private readonly clockwork: Clockwork | undefined;
  /** Between the lanes and the shell, once a rule shapes the connection. */
  private shaping: Shaping | undefined;
  private closingIsTimed = false;
  /** To whom the end of the other's stream was handed on. */
  private readonly handedOn = new Set<Side>();
  private done = false;
  private readonly own: OwnMessages;

  constructor(options: RelayOptions) {
    this.options = options;
    const wakeLanes = (at: number, out: RelayCommand[]): void => {
      for (const lane of [this.lanes.charger, this.lanes.csms]) lane.wake(at, out);
    };
    this.own = new OwnMessages({ connection: options.connection, isOver: () => this.done, wakeLanes });
    const frames = { "cp-to-csms": 0, "csms-to-cp": 0 };
    const { own } = this;
    const [close, perform] = [this.closeBoth.bind(this), this.perform.bind(this)];
    const make = laneMaker({ ...options, own, close, perform });
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
      const { connection, identity, ordinal, version, rules } = options;
      const carryOut = this.carryOut.bind(this);
      this.clockwork = new Clockwork({ connection, identity, ordinal, version, rules, carryOut });
    }
    this.lanes = { charger: lane("charger"), csms: lane("csms") };
    this.silences = new Silences(this.lanes);
    this.sendings = new Sendings(this.lanes);
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
      case "operator":
        this.operate(event.command, event.at, out);
        break;
    }
    if (!this.done) this.clockwork?.watch(event, out);
    if (!this.done) this.own.setTimer(event.at, out);
    const shaped = this.shaping === undefined ? out : this.shape(this.shaping, event.at, out);
    if (!this.done && (this.ends.length > 0 || this.closedByRule)) this.finishIfOver(event.at, shaped);
    return shaped;
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

  /** Does what rules decided where there is no message. */
  private carryOut(decision: Decision, at: number, out: RelayCommand[]): void {
    for (const ruled of decision.effect.actions) this.perform(ruled, at, out);
    const { close } = decision.effect;
    if (close !== undefined) this.closeBoth(close, decision.applied.at(-1)?.rule ?? "", at, out);
  }

  private ring(id: string, at: number, out: RelayCommand[]): void {
    if (id === closingTimer) this.giveUp(at, out);
    else if (id === clockworkTimer) {
      if (!this.closedByRule) this.clockwork?.ring(at, out);
    } else if (id === ownMessagesTimer) this.own.wake(at, out);
    else if (id === sendingsTimer) this.sendings.wake(at, out);
    else if (id === shapingTimer) this.shaping?.rang();
    else this.lanes[id === "cp-to-csms" ? "charger" : "csms"].wake(at, out);
  }

  /** Carries out what a rule wants beside bytes. */
  private perform({ action, rule, fault }: RuledAction, at: number, out: RelayCommand[]): void {
    switch (action.kind) {
      case "inject":
        this.own.inject(action, { rule, fault }, at, out);
        return;
      case "answer":
        this.own.plan(action.direction, action.id, action.plan, { rule, fault });
        return;
      case "silence":
        this.silences.begin(action.direction, out);
        return;
      case "send":
        this.sendings.begin(action, rule, at, out);
        return;
      case "reset":
        this.resetByRule(action.to, at, out);
        return;
      case "shape":
        this.beginShape(action, rule, out);
        return;
      case "down":
      case "kick":
        out.push({ kind: "run", ruled: { action, rule, fault } });
        return;
      case "upgrade":
      case "tls":
        // What comes before a connection is no business of one.
        return;
      default:
        assertNever(action);
    }
  }

  /** Does what somebody at the controls wants. */
  private operate(command: OperatorCommand, at: number, out: RelayCommand[]): void {
    switch (command.kind) {
      case "close":
        this.closeBoth(
          { code: command.code, reason: command.reason, discardHeld: false },
          command.by,
          at,
          out,
        );
        return;
      case "reset":
        this.resetByRule("both", at, out);
        return;
      case "release":
        this.own.release(at, out);
        return;
      case "inject":
        this.own.byHand(command, at, out);
        return;
      default:
        assertNever(command);
    }
  }

  private beginShape(action: ShapeAction, rule: string, out: readonly RelayCommand[]): void {
    const { rules, connection, limits } = this.options;
    if (rules === undefined) return;
    this.shaping ??= new Shaping({ connection, holdBytes: limits.holdBytes, rules: rules.rules });
    this.shaping.begin(action, rule, out);
  }

  private resetByRule(to: Side | "both", at: number, out: RelayCommand[]): void {
    if (this.done) return;
    this.shaping?.open(out);
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
    for (const command of out) if (command.kind === "end") this.handedOn.add(command.to);
    // What never arrives need not be waited for, and who is to hear nothing is not told of the end either.
    const isDead = (side: Side): boolean => this.silences.isDeaf(side) || this.shaping?.isDead(side) === true;
    const unreachable = sides.filter((side) => !this.handedOn.has(side) && isDead(side));
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
    this.shaping?.open(out);
    this.ends.push({ by: "us", how: "reset", at });
    out.push({ kind: "reset", to: "charger" }, { kind: "reset", to: "csms" });
  }
}

/** Makes the machine of one proxied connection; it begins behind both upgrade heads. */
export function createRelay(options: RelayOptions): Machine<RelayEvent, RelayCommand> {
  return new Relay(options);
}
