// What the rules make of a message or of a control frame, and how that is carried out: the decisions go to the cassette,
// the bytes to the outlet, and what else a rule wants to the connection. No fault is known here by its name.

import { concat } from "../../base/bytes.js";
import type { Direction } from "../../base/direction.js";
import { nsPerMs } from "../../base/time.js";
import { messageTypes } from "../../ocpp/envelope/message-type.js";
import { type Decision, noEffect, type RuledAction } from "../../rules/contract/effect.js";
import type { RuledMessage } from "../../rules/contract/ruled-message.js";
import type { Decider } from "../../rules/deciding/decide.js";
import { type FrameView, opcodes } from "../../wire/websocket/frame.js";
import { ArrivedMessage, type Whose } from "../messages/arrived-message.js";
import type { Listener, Named } from "../messages/listener.js";
import type { Injector, PlannedAnswer } from "../own/injector.js";
import type { RelayCommand } from "../protocol.js";
import type { Left } from "./held-queue.js";
import type { LanePlace } from "./lane.js";
import type { Outlet, Perform } from "./outlet.js";
import type { WaitingMessage } from "./waiting-messages.js";

/** Whose messages are ruled, and by whom. */
export interface RulingOptions extends Whose {
  readonly decider: Decider;
  readonly listener: Listener;
  readonly injector: Injector;
  /** A message has gone out, in its time. */
  readonly passed: (direction: Direction, about: Named, at: number, out: RelayCommand[]) => void;
  /** From now on messages can wait for others to pass. */
  readonly parks: () => void;
  /** Asks the connection to close both sides. */
  readonly close: (
    effect: NonNullable<Decision["effect"]["close"]>,
    rule: string,
    at: number,
    out: RelayCommand[],
  ) => void;
  /** Has the connection carry out what a rule wants beside bytes. */
  readonly perform: Perform;
}

/** Something that rules act on. */
export interface Ruled {
  readonly decision: Decision;
  readonly about: Pick<RuledMessage, "type" | "id" | "action">;
  /** The frames as they came, joined. */
  readonly original: Uint8Array;
  /** It answers a CALL of our own. */
  readonly isOurs?: boolean;
  /** It goes once a CALL of our own has been answered. */
  readonly waitsForOurs?: boolean;
}

const controlTypes: ReadonlyMap<number, "ping" | "pong"> = new Map([
  [opcodes.ping, "ping"],
  [opcodes.pong, "pong"],
]);

const noPayload = (): undefined => undefined;

/** The rules of one lane. */
export class Ruling {
  private readonly place: LanePlace;
  private readonly options: RulingOptions;
  private readonly outlet: Outlet;
  private isHindranceNoted = false;

  constructor(place: LanePlace, options: RulingOptions, outlet: Outlet) {
    this.place = place;
    this.options = options;
    this.outlet = outlet;
  }

  /** Names a message, and takes note of it. */
  name(frames: readonly FrameView[]): Named {
    return this.options.listener.name(this.place.direction, frames);
  }

  /** What rules make of a message; undefined where they let it be. One that comes too late is nobody's business. */
  message(frames: readonly FrameView[], about: Named, at: number, out: RelayCommand[]): Ruled | undefined {
    if (this.outlet.muted) return undefined;
    const { direction } = this.place;
    const { decider, injector } = this.options;
    const planned = injector.claim(direction, about, at, out);
    if (planned?.plan.kind === "keep") return this.kept(planned, frames, about, at);
    const message = new ArrivedMessage(this.options, direction, about, frames, at, this.outlet.heldBack);
    const { isCompressed } = message;
    const decision = decider.decide(message, message);
    if (decision.hindered !== undefined)
      this.noteHindrance(
        `compressed messages pass the rule ${decision.hindered} and others that would break what is compressed behind them`,
        at,
        out,
      );
    else if (isCompressed && about.type === "unreadable" && decision.applied.length === 0)
      this.noteHindrance(
        "messages are compressed, as was agreed before a rule was armed: rules see neither their type nor what they say before the next connection",
        at,
        out,
      );
    const waitsForOurs = injector.mustWait(direction, about);
    if (decision.applied.length === 0 && planned === undefined && !waitsForOurs) return undefined;
    const ruled = { decision, about, original: concat(frames.map((frame) => frame.raw)), waitsForOurs };
    return planned === undefined ? ruled : parkedAnswer(ruled, planned);
  }

  /** An answer that goes no further. */
  private kept(planned: PlannedAnswer, frames: readonly FrameView[], about: Named, at: number): Ruled {
    const { identity, ordinal, version, decider } = this.options;
    const { direction } = this.place;
    if (!planned.isOurs) decider.passing({ at, identity, ordinal, version, direction, ...about });
    const { rule, fault, isOurs } = planned;
    const outcome = isOurs ? "kept the answer to our own CALL" : "kept the answer";
    const applied = [{ rule, fault, ordinal: 0, draw: null, outcome, sent: [] }];
    const decision: Decision = { applied, effect: { ...noEffect, changed: true } };
    return { decision, about, original: concat(frames.map((frame) => frame.raw)), isOurs };
  }

  private noteHindrance(what: string, at: number, out: RelayCommand[]): void {
    if (this.isHindranceNoted) return;
    this.isHindranceNoted = true;
    const { connection, direction } = this.place;
    const entry = {
      kind: "note",
      connection,
      at,
      code: "compressed",
      message: `${direction}: ${what}`,
    } as const;
    out.push({ kind: "record", entry, sent: false });
  }

  /** What rules make of a ping or a pong; undefined where they let it be, and for other frames. */
  control(frame: FrameView, at: number): Ruled | undefined {
    const type = controlTypes.get(frame.opcode);
    if (type === undefined) return undefined;
    const { direction } = this.place;
    const { identity, ordinal, version, decider } = this.options;
    const [id, action] = [undefined, undefined];
    const about = { type, id, action };
    const message = { at, identity, ordinal, version, direction, type, id, action, payload: noPayload };
    const decision = decider.meet(message, { direction, frames: [frame] });
    return decision.applied.length === 0 ? undefined : { decision, about, original: frame.raw };
  }

  /** Records what was decided, and does it. */
  carryOut(ruled: Ruled, at: number, out: RelayCommand[]): void {
    this.record(ruled, at, out);
    const { decision, original } = ruled;
    const { changed, close, delayMs, holds, gapMs, together } = decision.effect;
    const all = changed ? decision.effect.copies : [original];
    const copies = gapMs > 0 ? all.slice(0, together) : all;
    const waitsFor = decision.effect.wait ?? (ruled.waitsForOurs === true ? ownCall : undefined);
    const holdsLane = holds === "lane" || this.outlet.blocked;
    const left = leftAs(ruled, copies, this.place.direction, this.options.passed);
    this.send({ copies, waitsFor, delayMs, holdsLane, actions: decision.effect.actions, left }, at, out);
    for (const [i, copy] of all.slice(copies.length).entries()) {
      const withinMs = delayMs + (1 + Math.floor(i / together)) * gapMs;
      this.park({ ...plain, bytes: [copy], waitsFor: { kind: "time", withinMs } }, at, out);
    }
    if (close !== undefined) this.options.close(close, decision.applied.at(-1)?.rule ?? "", at, out);
  }

  private send(what: Outgoing, at: number, out: RelayCommand[]): void {
    const { copies, waitsFor, delayMs, holdsLane, actions, left } = what;
    const isNothing = copies.length === 0 && actions.length === 0;
    if (waitsFor !== undefined && !isNothing)
      this.park({ bytes: copies, actions, waitsFor, delayMs, holdsLane, left }, at, out);
    else if (delayMs > 0 && !isNothing) {
      const releaseAt = at + delayMs * nsPerMs;
      this.outlet.hold({ bytes: copies, releaseAt, holdsLane, then: "nothing", actions, left }, out);
    } else {
      for (const copy of copies) this.outlet.pass(copy, at, out);
      for (const action of actions) this.options.perform(action, at, out);
      left?.(at, out);
    }
  }

  private park(item: WaitingMessage, at: number, out: RelayCommand[]): void {
    this.options.parks();
    this.outlet.park(item, at, out);
  }

  private record({ decision, about, original }: Ruled, at: number, out: RelayCommand[]): void {
    const { connection, direction } = this.place;
    const { type } = about;
    const action = about.action ?? null;
    for (const applied of decision.applied) {
      const base = { kind: "decision", connection, direction, at, type, action } as const;
      out.push({ kind: "record", entry: { ...base, original, ...applied }, sent: false });
    }
  }
}

/** The bytes of a message and what they wait for. */
interface Outgoing {
  readonly copies: readonly Uint8Array[];
  readonly waitsFor: WaitingMessage["waitsFor"] | undefined;
  readonly delayMs: number;
  readonly holdsLane: boolean;
  readonly actions: readonly RuledAction[];
  readonly left: Left | undefined;
}

/** Tells that a message has gone out once it has; undefined where nothing of it does, or it is no message. */
const leftAs = (
  { about }: Ruled,
  copies: readonly Uint8Array[],
  direction: Direction,
  passed: RulingOptions["passed"],
): Left | undefined => {
  const { type, id, action } = about;
  if (copies.length === 0 || !isNamed(type)) return undefined;
  return (at, out) => passed(direction, { type, id, action }, at, out);
};

const isNamed = (type: RuledMessage["type"]): type is Named["type"] =>
  type === "unreadable" || messageTypes.some((known) => known === type);

const ownCall = { kind: "own-call" } as const;

const plain = { actions: [], delayMs: 0, holdsLane: false } as const;

/** An answer that comes later because somebody asked for that when its CALL went by. */
const parkedAnswer = (ruled: Ruled, { rule, fault, plan }: PlannedAnswer): Ruled => {
  if (plan.kind !== "wait") return ruled;
  const { applied, effect } = ruled.decision;
  const sent = effect.changed ? effect.copies : [ruled.original];
  const outcome = `held back ${plan.wait.withinMs} ms at most`;
  const all = [...applied, { rule, fault, ordinal: 0, draw: null, outcome, sent }];
  return { ...ruled, decision: { applied: all, effect: { ...effect, wait: effect.wait ?? plan.wait } } };
};
