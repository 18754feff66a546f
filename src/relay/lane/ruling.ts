// What the rules make of the messages and control frames of one lane, and how that is carried out: decisions are recorded,
// bytes go to the outlet, and what else a rule wants to the connection. Knows no fault by its name.

import type { Direction } from "../../base/direction.js";
import type { FrameEntry } from "../../cassette/format/entry.js";
import { messageTypes } from "../../ocpp/envelope/message-type.js";
import { type Decision, noEffect } from "../../rules/contract/decision.js";
import { type RuledConnection, type RuledLane, RuledMessage } from "../../rules/contract/ruled-message.js";
import { type FrameView, opcodes } from "../../wire/websocket/frame.js";
import type { PlannedAnswer } from "../own/injector.js";
import type { RelayCommand } from "../protocol.js";
import type { LanePlace } from "./lane.js";
import type { LaneHost } from "./lane-host.js";
import type { Outlet } from "./outlet.js";

const ping = { type: "ping", id: undefined, action: undefined } as const;
const pong = { type: "pong", id: undefined, action: undefined } as const;

/** The rules of one lane. */
export class Ruling implements RuledLane {
  readonly connection: RuledConnection;
  readonly direction: Direction;
  private readonly place: LanePlace;
  private readonly host: LaneHost;
  private readonly outlet: Outlet;
  private isCompressionNoted = false;

  constructor(place: LanePlace, host: LaneHost, outlet: Outlet) {
    this.connection = host.rules;
    this.direction = place.direction;
    this.place = place;
    this.host = host;
    this.outlet = outlet;
  }

  get heldBack(): number {
    return this.outlet.heldBack;
  }

  /** Decides on a whole message; undefined where it goes on as it came. Nobody decides on one that comes too late. */
  decide(message: RuledMessage, atNs: number, out: RelayCommand[]): Decision | undefined {
    if (this.outlet.muted) return undefined;
    const { own, rules } = this.host;
    const planned = own.claim(message, atNs, out);
    if (planned?.plan.kind === "keep") return this.keep(message, planned);
    const decision = rules.decide(message);
    if (decision.skippedRule !== undefined || message.type === "unreadable")
      this.noteCompression(message, decision, atNs, out);
    if (planned !== undefined) return withPlan(decision, planned, message);
    return decision.applied.length > 0 || own.mustWait(message) ? decision : undefined;
  }

  /** Decides on a control frame, and records it and carries that out where a rule acts; false where none does. */
  ruleControl(frame: FrameView, entry: FrameEntry, atNs: number, out: RelayCommand[]): boolean {
    const name = frame.opcode === opcodes.ping ? ping : frame.opcode === opcodes.pong ? pong : undefined;
    if (name === undefined || this.outlet.muted) return false;
    const message = new RuledMessage(this, name, [frame], atNs);
    const decision = this.host.rules.decide(message);
    if (decision.applied.length === 0) return false;
    out.push({ kind: "record", entry, sent: false });
    this.carryOut(message, decision, atNs, out);
    return true;
  }

  /** Records a decision, and does what it says. */
  carryOut(message: RuledMessage, decision: Decision, atNs: number, out: RelayCommand[]): void {
    this.record(message, decision, atNs, out);
    const { isChanged, close, delayMs, holds, wait, gapMs, together, actions } = decision;
    const all = isChanged ? decision.copies : [message.bytes];
    const writes = gapMs > 0 ? all.slice(0, together) : all;
    const waitsFor = wait ?? (this.host.own.mustWait(message) ? ({ kind: "own-call" } as const) : undefined);
    const holdsLane = holds === "lane" || this.outlet.blocked;
    const sent = writes.length > 0 && isMessage(message) ? message : undefined;
    this.outlet.send({ writes, actions, message: sent, waitsFor, delayMs, holdsLane }, atNs, out);
    for (const [i, copy] of all.slice(writes.length).entries()) {
      const withinMs = delayMs + (1 + Math.floor(i / together)) * gapMs;
      const later = { actions: [], message: undefined, delayMs: 0, holdsLane: false };
      this.outlet.send({ ...later, writes: [copy], waitsFor: { kind: "time", withinMs } }, atNs, out);
    }
    if (close !== undefined) this.host.close(close, decision.applied.at(-1)?.rule ?? "", atNs, out);
  }

  /** An answer that is kept from the other side. */
  private keep(message: RuledMessage, { rule, fault, isOurs }: PlannedAnswer): Decision {
    if (!isOurs) this.host.rules.count(message);
    const outcome = isOurs ? "kept the answer to our own CALL" : "kept the answer";
    const applied = [{ rule, fault, ordinal: 0, draw: null, outcome, sent: [] }];
    return { ...noEffect, applied, isChanged: true };
  }

  /** Notes once that rules could not act on compressed messages. */
  private noteCompression(
    message: RuledMessage,
    { skippedRule, applied }: Decision,
    atNs: number,
    out: RelayCommand[],
  ): void {
    if (this.isCompressionNoted) return;
    if (skippedRule === undefined && (applied.length > 0 || !message.isCompressed)) return;
    this.isCompressionNoted = true;
    const { connection, direction } = this.place;
    const why =
      skippedRule === undefined
        ? "messages are compressed, which the peers agreed on before a rule was armed; rules cannot read them until the next connection"
        : `rule ${skippedRule} does not act on compressed messages, because that would break the compressed messages after them`;
    const note = { kind: "note", connection, at: atNs, code: "compressed" } as const;
    out.push({ kind: "record", entry: { ...note, message: `${direction}: ${why}` }, sent: false });
  }

  private record(message: RuledMessage, decision: Decision, atNs: number, out: RelayCommand[]): void {
    const { connection, direction } = this.place;
    const { type, action = null, bytes: original } = message;
    for (const applied of decision.applied) {
      const base = { kind: "decision", connection, direction, at: atNs, type, action } as const;
      out.push({ kind: "record", entry: { ...base, original, ...applied }, sent: false });
    }
  }
}

const isMessage = ({ type }: RuledMessage): boolean =>
  type === "unreadable" || messageTypes.some((known) => known === type);

/** An answer that waits because that was planned when its CALL went by. */
const withPlan = (
  decision: Decision,
  { rule, fault, plan }: PlannedAnswer,
  message: RuledMessage,
): Decision => {
  if (plan.kind !== "wait") return decision;
  const sent = decision.isChanged ? decision.copies : [message.bytes];
  const outcome = `held back ${plan.wait.withinMs} ms at most`;
  const applied = [...decision.applied, { rule, fault, ordinal: 0, draw: null, outcome, sent }];
  return { ...decision, applied, wait: decision.wait ?? plan.wait };
};
