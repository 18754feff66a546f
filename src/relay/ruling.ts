// What the rules make of a message or of a control frame, and how that is carried out: the decisions go to the tape,
// the octets to the outlet, and what else a rule wants to the connection. No fault is known here by its name.

import { concat, text } from "../base/bytes.js";
import type { Direction } from "../base/direction.js";
import { parseEnvelope } from "../ocpp/parse-envelope.js";
import type { Decider } from "../rules/decide.js";
import { type Decision, pass } from "../rules/message-view.js";
import type { Observation } from "../rules/observation.js";
import { messagePayload } from "../wire/assembler.js";
import { type FrameView, opcodes } from "../wire/frame.js";
import type { LanePlace } from "./lane.js";
import type { Listener, Named } from "./listener.js";
import type { Outlet, Perform } from "./outlet.js";
import type { RelayCommand } from "./protocol.js";

/** Whose messages are ruled, and by whom. */
export interface RulingOptions {
  readonly identity: string;
  /** Number among the connections of this identity in this run, from 1. */
  readonly ordinal: number;
  readonly decider: Decider;
  readonly listener: Listener;
  /** Asks the connection to close both sides. */
  readonly close: (
    effect: NonNullable<Decision["effect"]["close"]>,
    rule: string,
    at: number,
    out: RelayCommand[],
  ) => void;
  /** Whether a message answers one that was injected by hand; the other peer did not ask. */
  readonly keeps?: ((direction: Direction, named: Named) => boolean) | undefined;
  /** Has the connection carry out what a rule wants beside octets. */
  readonly perform: Perform;
}

/** Something that rules act on. */
export interface Ruled {
  readonly decision: Decision;
  readonly about: Pick<Observation, "type" | "id" | "action">;
  /** The frames as they came, joined. */
  readonly original: Uint8Array;
}

const msToNs = 1_000_000;

const controlTypes: ReadonlyMap<number, "ping" | "pong"> = new Map([
  [opcodes.ping, "ping"],
  [opcodes.pong, "pong"],
]);

const noPayload = (): undefined => undefined;

/** What becomes of an answer that nobody on the other side waits for. */
const keptAnswer: Decision = {
  applied: [
    {
      rule: "by-hand",
      fault: "inject",
      ordinal: 1,
      draw: null,
      outcome: "kept: it answers an injected message",
      sent: [],
    },
  ],
  effect: { ...pass, changed: true },
};

/** The rules of one lane. */
export class Ruling {
  private readonly place: LanePlace;
  private readonly options: RulingOptions;
  private readonly outlet: Outlet;

  constructor(place: LanePlace, options: RulingOptions, outlet: Outlet) {
    this.place = place;
    this.options = options;
    this.outlet = outlet;
  }

  /** What rules make of a message; undefined where they let it be. One that comes too late is named alone. */
  message(frames: readonly FrameView[], isLate: boolean, at: number): Ruled | undefined {
    const { direction } = this.place;
    const about = this.options.listener.name(direction, frames);
    if (isLate) return undefined;
    if (this.options.keeps?.(direction, about) === true)
      return { decision: keptAnswer, about, original: concat(frames.map((frame) => frame.raw)) };
    const { identity, ordinal, decider } = this.options;
    const payload = (): unknown => payloadOfMessage(frames);
    const decision = decider.decide(
      { at, identity, ordinal, direction, ...about, payload },
      { direction, frames },
    );
    if (decision.applied.length === 0) return undefined;
    return { decision, about, original: concat(frames.map((frame) => frame.raw)) };
  }

  /** What rules make of a ping or a pong; undefined where they let it be, and for other frames. */
  control(frame: FrameView, at: number): Ruled | undefined {
    const type = controlTypes.get(frame.opcode);
    if (type === undefined) return undefined;
    const { direction } = this.place;
    const { identity, ordinal, decider } = this.options;
    const about = { type, id: undefined, action: undefined };
    const observation = { at, identity, ordinal, direction, ...about, payload: noPayload };
    const decision = decider.meet(observation, { direction, frames: [frame] });
    return decision.applied.length === 0 ? undefined : { decision, about, original: frame.raw };
  }

  /** Records what was decided, and does it. */
  carryOut(ruled: Ruled, at: number, out: RelayCommand[]): void {
    this.record(ruled, at, out);
    const { decision, original } = ruled;
    const { changed, close, delayMs, holds, orders } = decision.effect;
    const copies = changed ? decision.effect.copies : [original];
    if (delayMs > 0 && copies.length > 0) {
      const holdsLane = holds === "lane" || this.outlet.blocked;
      const releaseAt = at + delayMs * msToNs;
      this.outlet.hold({ octets: copies, releaseAt, holdsLane, then: "nothing", orders }, out);
    } else {
      for (const copy of copies) this.outlet.pass(copy, at, out);
      for (const order of orders) this.options.perform(order, at, out);
    }
    if (close !== undefined) this.options.close(close, decision.applied.at(-1)?.rule ?? "", at, out);
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

const payloadOfMessage = (frames: readonly FrameView[]): unknown => {
  const envelope = parseEnvelope(text(messagePayload(frames)));
  switch (envelope.kind) {
    case "unreadable":
    case "call-error":
    case "call-result-error":
      return undefined;
    default:
      return envelope.payload;
  }
};
