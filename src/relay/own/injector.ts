// When a message of our own may go out on a connection, and what happens to answers. A CALL waits until no CALL of its
// direction is open and holds the peer's CALLs back until it is answered or given up, as a Local Controller must (OCPP
// 2.x part 4 chapter 6); an injection with `now` breaks that on purpose. Knows neither lanes nor rules; time is an
// argument, in nanoseconds since the session's start. Everything that it remembers is bounded.

import { BoundedMap } from "../../base/bounded-map.js";
import { text } from "../../base/bytes.js";
import { type Direction, opposite } from "../../base/direction.js";
import { nsPerMs } from "../../base/time.js";
import { createPairer, type Pairer } from "../../ocpp/envelope/pairer.js";
import { type Peek, peek } from "../../ocpp/envelope/peek.js";
import type { AnswerPlan, MessageInjection } from "../../rules/contract/action.js";
import type { RuledMessage } from "../../rules/contract/ruled-message.js";

/** Who wants something: what decisions on the cassette name. */
export interface Author {
  readonly rule: string;
  readonly fault: string;
}

/** What happens to an answer, and who wants it. */
export interface PlannedAnswer extends Author {
  readonly plan: AnswerPlan;
  /** It answers a CALL of our own, which is no part of the peers' dialogue. */
  readonly isOurs: boolean;
}

/** What is known of an answer that came. */
export interface ClaimedAnswer {
  readonly planned: PlannedAnswer | undefined;
  /** It answers our open CALL, which is closed now. */
  readonly closesOwn: boolean;
}

/** A message of our own that is to go out. */
export interface OwnMessage {
  readonly injection: MessageInjection;
  readonly author: Author;
  /** What its first bytes say; undefined where it is no OCPP message. */
  readonly peeked: Peek | undefined;
  /** When it goes out even though CALLs of its direction are open. */
  readonly latestNs: number;
}

interface OwnCall {
  readonly id: string;
  /** When it counts as answered. */
  readonly untilNs: number;
}

interface LaneState {
  waiting: OwnMessage[];
  own: OwnCall | undefined;
  /** By the id of the CALL. */
  readonly plans: BoundedMap<string, PlannedAnswer>;
}

const mostRemembered = 1000;
const peekedBytes = 512;

const laneState = (): LaneState => ({
  waiting: [],
  own: undefined,
  plans: new BoundedMap(mostRemembered),
});

/** The messages of our own of one connection, before they go out. */
export class Injector {
  /** The CALLs without an answer yet, and when they came. */
  private readonly open: Pairer<number> = createPairer<number>(mostRemembered);
  private readonly up = laneState();
  private readonly down = laneState();

  /** Takes a message of our own; gives it back where it need not wait. What waits is given by `takeReady`. */
  add(injection: MessageInjection, author: Author, atNs: number): OwnMessage | undefined {
    const { waiting } = this.laneOf(injection.direction);
    const peeked = peek(text(injection.payload.subarray(0, peekedBytes)));
    // Only what is answered waits, and only a CALL is; beyond the limit the oldest has waited long enough.
    const waits = injection.when === "idle" && peeked?.type === "CALL";
    if (!waits) return { injection, author, peeked, latestNs: atNs };
    const latestNs = waiting.length >= mostRemembered ? atNs : atNs + injection.timeoutMs * nsPerMs;
    waiting.push({ injection, author, peeked, latestNs });
    return undefined;
  }

  /** Takes the next waiting message of this direction that may go out now. */
  takeReady(direction: Direction, atNs: number): OwnMessage | undefined {
    const { waiting, own } = this.laneOf(direction);
    const [first] = waiting;
    if (first === undefined || own !== undefined || !this.isIdle(direction, first, atNs)) return undefined;
    waiting.shift();
    return first;
  }

  /** A message of our own has gone out. */
  noteSent({ injection, author, peeked }: OwnMessage, atNs: number): void {
    if (peeked === undefined) return;
    const { direction, keepAnswer, timeoutMs, when } = injection;
    const lane = this.laneOf(direction);
    const { type, id } = peeked;
    if (type === "CALL") {
      if (keepAnswer) lane.plans.set(id, { ...author, plan: { kind: "keep" }, isOurs: true });
      if (when === "idle") lane.own = { id, untilNs: atNs + timeoutMs * nsPerMs };
    } else if (isAnswer(peeked)) this.open.answer(direction, id);
  }

  /** Plans what happens to the answer that comes in this direction to the CALL of this id. */
  plan(direction: Direction, id: string, plan: AnswerPlan, author: Author): void {
    this.laneOf(opposite(direction)).plans.set(id, { ...author, plan, isOurs: false });
  }

  /** Takes what is known of an answer; undefined for most messages. */
  claim(message: RuledMessage): ClaimedAnswer | undefined {
    const { id } = message;
    if (id === undefined || !isAnswer(message)) return undefined;
    const lane = this.laneOf(opposite(message.direction));
    const { plans, own } = lane;
    if (plans.size === 0 && own === undefined) return undefined;
    const planned = plans.get(id);
    plans.delete(id);
    const closesOwn = own?.id === id;
    if (closesOwn) lane.own = undefined;
    return { planned, closesOwn };
  }

  /** Whether our CALL of this direction has had no answer in its time; it is closed then. */
  expires(direction: Direction, atNs: number): boolean {
    const lane = this.laneOf(direction);
    if (lane.own === undefined || lane.own.untilNs > atNs) return false;
    lane.own = undefined;
    return true;
  }

  /** Whether a message of the peer must wait for the answer to our CALL. */
  mustWait({ type, direction }: RuledMessage): boolean {
    return type === "CALL" && this.laneOf(direction).own !== undefined;
  }

  /** Notes a message of the peers; true where messages of ours wait for the CALL that it answers. */
  noteMessage(message: RuledMessage, atNs: number): boolean {
    const { direction, type, id } = message;
    if (id === undefined) return false;
    if (type === "CALL") this.open.call(direction, id, "", atNs);
    if (!isAnswer(message)) return false;
    this.open.answer(direction, id);
    return this.laneOf(opposite(direction)).waiting.length > 0;
  }

  /** When something has waited long enough; undefined where nothing waits. */
  nextAtNs(): number | undefined {
    const [up, down] = [dueAtNs(this.up), dueAtNs(this.down)];
    return up === undefined || down === undefined ? (up ?? down) : Math.min(up, down);
  }

  private laneOf(direction: Direction): LaneState {
    return direction === "cp-to-csms" ? this.up : this.down;
  }

  /** Whether no CALL is open that its caller can still be waiting for. */
  private isIdle(direction: Direction, { injection, latestNs }: OwnMessage, atNs: number): boolean {
    if (latestNs <= atNs) return true;
    const patienceNs = injection.timeoutMs * nsPerMs;
    return this.open.open(direction).every(({ tag: sinceNs }) => sinceNs + patienceNs <= atNs);
  }
}

const dueAtNs = ({ waiting, own }: LaneState): number | undefined => own?.untilNs ?? waiting[0]?.latestNs;

const isAnswer = ({ type }: Pick<RuledMessage, "type">): boolean =>
  type === "CALLRESULT" || type === "CALLERROR";
