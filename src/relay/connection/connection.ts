// One proxied connection as a machine: two lanes, their ends, and the closing that a rule or the operator can ask for. Which
// kind of lane a direction gets depends on the armed rules alone; without any, both are taps.
//
//   charger --bytes--> [lane cp-to-csms] --write--> CSMS
//   charger <--write-- [lane csms-to-cp] <--bytes-- CSMS

import { assertNever } from "../../base/assert-never.js";
import { noBytes } from "../../base/bytes.js";
import { type Direction, opposite, type Side } from "../../base/direction.js";
import type { Machine } from "../../base/machine.js";
import type { StreamEnd } from "../../cassette/format/entry.js";
import type { OcppVersion } from "../../ocpp/version.js";
import type { CloseAction, RuledAction, ShapeAction } from "../../rules/contract/action.js";
import type { Decision } from "../../rules/contract/decision.js";
import type { ConnectionDecider } from "../../rules/deciding/connection-decider.js";
import { createDecider, type Decider } from "../../rules/deciding/decide.js";
import { LiveRules } from "../../rules/deciding/live-rules.js";
import { closeBody } from "../../wire/websocket/close-frame.js";
import { encodeFrame, opcodes, ownMask } from "../../wire/websocket/frame.js";
import type { Lane } from "../lane/lane.js";
import type { LaneHost } from "../lane/lane-host.js";
import type { RelayLimits } from "../limits.js";
import { MessageNames } from "../messages/message-names.js";
import type { OperatorCommand } from "../operator-command.js";
import { OwnMessages, ownMessagesTimer } from "../own/own-messages.js";
import type { RelayCommand, RelayEvent } from "../protocol.js";
import { Shaping, shapingTimer } from "../shaping/shaping.js";
import { Clockwork, clockworkTimer } from "./clockwork.js";
import { makeLane } from "./lane-maker.js";
import { Sendings, sendingsTimer } from "./sendings.js";
import { Silences } from "./silences.js";

/** What a relay needs to know. */
export interface RelayOptions {
  /** Number of the connection in its cassette. */
  readonly connection: number;
  readonly identity: string;
  /** Number among the connections of this identity in the run, from 1. */
  readonly ordinal: number;
  /** What the agreed subprotocol names; undefined where it names no known version. */
  readonly version?: OcppVersion | undefined;
  readonly limits: RelayLimits;
  readonly rules: Decider | undefined;
  /** Whether the peers agreed to compress their messages (permessage-deflate). */
  readonly compresses?: boolean;
}

const closingTimer = "closing";
const sides: readonly Side[] = ["charger", "csms"];
/** How long the peers have to end their streams after our close. */
const closingMs = 2000;

/** Decides nothing; shared by all connections without rules. */
const withoutRules: ConnectionDecider = createDecider(new LiveRules({ mayChange: false }), 0).open({
  identity: "",
  ordinal: 0,
});

class Relay implements Machine<RelayEvent, RelayCommand>, LaneHost {
  readonly limits: RelayLimits;
  readonly rules: ConnectionDecider;
  readonly names = new MessageNames();
  readonly own: OwnMessages;
  private readonly connection: number;
  /** The lanes of what the charger sends and of what the CSMS sends. */
  private readonly up: Lane;
  private readonly down: Lane;
  private readonly silences: Silences;
  private readonly sendings: Sendings;
  private readonly clockwork: Clockwork | undefined;
  /** Between the lanes and the shell, once a rule shapes the connection. */
  private shaping: Shaping | undefined;
  private readonly ends: StreamEnd[] = [];
  private closedByRule = false;
  private closingIsTimed = false;
  /** The sides to which the end of the other's stream was handed on. */
  private readonly handedOn = new Set<Side>();
  private done = false;
  /** How often the operator wanted to send something. */
  private operatorInjections = 0;

  constructor({ connection, identity, ordinal, version, limits, compresses, rules }: RelayOptions) {
    this.connection = connection;
    this.limits = limits;
    this.rules = rules?.open({ identity, ordinal, version, compresses }) ?? withoutRules;
    if (rules !== undefined) this.clockwork = new Clockwork(this.rules);
    const frames = { "cp-to-csms": 0, "csms-to-cp": 0 };
    const { maxFrame } = limits;
    // Every member by its name: an object made by spreading is slow to read, and this one is read at every frame.
    const lane = (direction: Direction, to: Side): Lane =>
      makeLane({ connection, direction, to, maxFrame, frames, other: opposite(direction) }, this);
    this.up = lane("cp-to-csms", "csms");
    this.down = lane("csms-to-cp", "charger");
    const lanes = { "cp-to-csms": this.up, "csms-to-cp": this.down };
    this.own = new OwnMessages(connection, lanes, this.names);
    this.silences = new Silences(lanes);
    this.sendings = new Sendings(lanes);
  }

  handle(event: RelayEvent): readonly RelayCommand[] {
    const out: RelayCommand[] = [];
    if (this.done) return out;
    const { atNs } = event;
    switch (event.kind) {
      case "bytes":
        this.laneFrom(event.from).bytes(event.chunk, atNs, out);
        break;
      case "start":
        if (this.clockwork !== undefined) this.carryOut(this.clockwork.start(atNs), null, atNs, out);
        break;
      case "end":
      case "reset":
        this.takeEnd(event.from, event.kind, atNs, out);
        break;
      case "stop":
        this.stop(atNs, out);
        break;
      case "timer":
        this.ring(event.id, atNs, out);
        break;
      case "operator":
        this.operate(event.command, atNs, out);
        break;
    }
    if (!this.done) {
      this.clockwork?.watch(event, out);
      this.own.setTimer(atNs, out);
    }
    const shaped = this.shaping === undefined ? out : this.shape(this.shaping, atNs, out);
    if (!this.done && (this.ends.length > 0 || this.closedByRule)) this.finishIfOver(atNs, shaped);
    return shaped;
  }

  get gateGeneration(): number {
    return this.rules.rules.generation + this.operatorInjections;
  }

  needsGate(direction: Direction): boolean {
    return this.operatorInjections > 0 || this.rules.rules.touches(this.rules.identity, direction);
  }

  close(action: CloseAction, rule: string, atNs: number, out: RelayCommand[]): void {
    this.closedByRule = true;
    const { code, reason, withoutFrame, discardHeld } = action;
    const payload = closeBody(code, reason);
    for (const from of sides) {
      const mask = from === "charger" ? ownMask : undefined;
      const closeFrame =
        withoutFrame === true ? undefined : encodeFrame({ opcode: opcodes.close, payload, mask });
      this.laneFrom(from).finish({ closeFrame, by: rule, discardHeld }, atNs, out);
    }
  }

  perform({ action, rule, fault }: RuledAction, atNs: number, out: RelayCommand[]): void {
    switch (action.kind) {
      case "inject":
        this.own.inject(action, { rule, fault }, atNs, out);
        return;
      case "answer":
        this.own.plan(action.direction, action.id, action.plan, { rule, fault });
        return;
      case "silence":
        this.silences.begin(action.direction, out);
        return;
      case "send":
        this.sendings.begin(action, rule, atNs, out);
        return;
      case "reset":
        this.reset(action.to, atNs, out);
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
        // These are carried out before there is a connection.
        return;
      default:
        assertNever(action);
    }
  }

  /** Carries out what the operator wants. */
  private operate(command: OperatorCommand, atNs: number, out: RelayCommand[]): void {
    switch (command.kind) {
      case "close": {
        const { code, reason, by } = command;
        this.close({ code, reason, discardHeld: false }, by, atNs, out);
        return;
      }
      case "reset":
        this.reset("both", atNs, out);
        return;
      case "release":
        this.own.release(atNs, out);
        return;
      case "inject":
        this.operatorInjections++;
        // Taps that can become gates do so.
        this.up.wake(atNs, out);
        this.down.wake(atNs, out);
        this.own.injectForOperator(command, atNs, out);
        return;
      default:
        assertNever(command);
    }
  }

  /** Records and carries out what rules decided on the connection itself. */
  private carryOut(decision: Decision, action: string | null, atNs: number, out: RelayCommand[]): void {
    const { connection } = this;
    const about = { direction: "cp-to-csms", type: "connection", action, original: noBytes } as const;
    for (const applied of decision.applied) {
      const entry = { kind: "decision", connection, at: atNs, ...about, ...applied } as const;
      out.push({ kind: "record", entry, sent: false });
    }
    for (const ruled of decision.actions) this.perform(ruled, atNs, out);
    const { close } = decision;
    if (close !== undefined) this.close(close, decision.applied.at(-1)?.rule ?? "", atNs, out);
  }

  private ring(id: string, atNs: number, out: RelayCommand[]): void {
    if (id === closingTimer) this.giveUp(atNs, out);
    else if (id === clockworkTimer) {
      if (this.clockwork !== undefined && !this.closedByRule)
        this.carryOut(this.clockwork.ring(atNs), "by the clock", atNs, out);
    } else if (id === ownMessagesTimer) this.own.wake(atNs, out);
    else if (id === sendingsTimer) this.sendings.wake(atNs, out);
    else if (id === shapingTimer) this.shaping?.rang();
    else (id === "cp-to-csms" ? this.up : this.down).wake(atNs, out);
  }

  /** What leaves the shapers instead of these commands, and what they want of the connection. */
  private shape(shaping: Shaping, atNs: number, commands: readonly RelayCommand[]): RelayCommand[] {
    const out = shaping.shape(commands, atNs);
    const cut = shaping.takeCut();
    if (cut === undefined || this.done) return out;
    const { connection } = this;
    const message = `${cut.rule}: ${cut.why}`;
    const entry = { kind: "note", connection, at: atNs, code: "fault-cut", message } as const;
    out.push({ kind: "record", entry, sent: false });
    shaping.flush(atNs, out);
    shaping.close();
    if (cut.how === "reset") this.reset(cut.to, atNs, out);
    else {
      this.closedByRule = true;
      out.push({ kind: "end", to: "charger" }, { kind: "end", to: "csms" });
    }
    return out;
  }

  private beginShape(action: ShapeAction, rule: string, out: readonly RelayCommand[]): void {
    const { connection, limits, rules } = this;
    this.shaping ??= new Shaping({ connection, holdBytes: limits.holdBytes, rules: rules.rules });
    this.shaping.begin(action, rule, out);
  }

  /** Resets a side, or both; a side that is not reset gets the end of its stream. */
  private reset(to: Side | "both", atNs: number, out: RelayCommand[]): void {
    if (this.done) return;
    this.shaping?.open(out);
    this.ends.push({ by: "us", how: "reset", at: atNs });
    // What came in the same chunk must not go out before the reset.
    this.up.silence(out);
    this.down.silence(out);
    for (const side of sides) out.push({ kind: to === side || to === "both" ? "reset" : "end", to: side });
  }

  private laneFrom(side: Side): Lane {
    return side === "charger" ? this.up : this.down;
  }

  private takeEnd(from: Side, how: "end" | "reset", atNs: number, out: RelayCommand[]): void {
    // A stream that has ended can still be reset, nothing else.
    if (this.ends.some((end) => end.by === from && (end.how === how || end.how === "reset"))) return;
    this.ends.push({ by: from, how, at: atNs });
    this.laneFrom(from).end(how, atNs, out);
  }

  /** Over when both streams have ended and both ends were handed on, or when a side was reset. */
  private finishIfOver(atNs: number, out: RelayCommand[]): void {
    for (const command of out) if (command.kind === "end") this.handedOn.add(command.to);
    // A side that gets nothing any more does not get the end of the stream either, so nobody waits for that.
    const isDead = (side: Side): boolean => this.silences.isDeaf(side) || this.shaping?.isDead(side) === true;
    const unreachable = sides.filter((side) => !this.handedOn.has(side) && isDead(side));
    const bothHanded = this.handedOn.size + unreachable.length >= 2;
    // What a rule still holds goes before its close, however long that takes; only then the peers' time begins.
    if (this.closedByRule && bothHanded && !this.closingIsTimed) {
      this.closingIsTimed = true;
      out.push({ kind: "timer", id: closingTimer, ms: closingMs });
    }
    const bothEnded = new Set(this.ends.map((end) => end.by)).size >= 2;
    const over = (bothEnded && bothHanded) || out.some((command) => command.kind === "reset");
    if (!over) return;
    for (const to of unreachable) out.push({ kind: "end", to });
    this.conclude(atNs, out);
  }

  private stop(atNs: number, out: RelayCommand[]): void {
    this.shaping?.open(out);
    this.ends.push({ by: "us", how: "end", at: atNs });
    for (const lane of [this.up, this.down]) {
      lane.flush(atNs, out);
      lane.end("end", atNs, out);
    }
    this.conclude(atNs, out);
  }

  private conclude(atNs: number, out: RelayCommand[]): void {
    this.done = true;
    this.silences.end(out);
    this.up.settle(atNs, out);
    this.down.settle(atNs, out);
    const { connection, ends } = this;
    out.push({
      kind: "record",
      entry: { kind: "connection-closed", connection, at: atNs, ends },
      sent: false,
    });
    out.push({ kind: "done" });
  }

  /** A peer did not end its stream after our close. */
  private giveUp(atNs: number, out: RelayCommand[]): void {
    this.shaping?.open(out);
    this.ends.push({ by: "us", how: "reset", at: atNs });
    out.push({ kind: "reset", to: "charger" }, { kind: "reset", to: "csms" });
  }
}

/** Makes the machine of one connection. */
export function createRelay(options: RelayOptions): Machine<RelayEvent, RelayCommand> {
  return new Relay(options);
}
