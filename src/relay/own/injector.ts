// Messages of our own on one connection, and the answers that are not the peer's business. A CALL waits until none of
// its direction is open and holds the peer's CALLs back until it is answered or given up, as a Local Controller
// must (OCPP 2.x part 4 chapter 6); `now` breaks that on purpose. Knows neither sockets nor rules, and time only
// as an argument; everything that it remembers is bounded.

import { BoundedMap } from "../../base/bounded-map.js";
import { text } from "../../base/bytes.js";
import { type Direction, opposite } from "../../base/direction.js";
import { nsPerMs } from "../../base/time.js";
import { createPairer, type Pairer } from "../../ocpp/envelope/pairer.js";
import { peek } from "../../ocpp/envelope/peek.js";
import type { AnswerPlan, Injection } from "../../rules/contract/action.js";
import type { Named } from "../messages/listener.js";
import type { RelayCommand } from "../protocol.js";

/** Who asks for something: what decisions on the cassette name. */
export interface Author {
  readonly rule: string;
  readonly fault: string;
}

/** What becomes of an answer, and who wants it so. */
export interface PlannedAnswer extends Author {
  readonly plan: AnswerPlan;
  /** It answers a CALL of our own, which is no part of the peers' dialogue. */
  readonly isOurs: boolean;
}

/** What an injector needs of its connection. */
export interface Desks {
  /** Sends a message's bytes at the next boundary between messages; false where none can be sent any more. */
  send(injection: Injection, author: Author, at: number, out: RelayCommand[]): boolean;
  /** Lets the peer's CALLs go that waited for ours. */
  free(direction: Direction, at: number, out: RelayCommand[]): void;
}

interface Waiting {
  readonly injection: Injection;
  readonly author: Author;
  /** When it goes out even so. */
  readonly latest: number;
}

interface OwnCall {
  readonly id: string;
  /** When it counts as answered. */
  readonly until: number;
}

interface LaneState {
  waiting: Waiting[];
  own: OwnCall | undefined;
  /** By the id of the CALL. */
  readonly plans: BoundedMap<string, PlannedAnswer>;
}

const mostRemembered = 1000;

const laneState = (): LaneState => ({
  waiting: [],
  own: undefined,
  plans: new BoundedMap(mostRemembered),
});

/** The messages of our own of one connection. */
export class Injector {
  private readonly desks: Desks;
  /** The peers' CALLs that have no answer yet, and since when. */
  private readonly open: Pairer<number> = createPairer<number>(mostRemembered);
  private readonly lanes: Record<Direction, LaneState> = {
    "cp-to-csms": laneState(),
    "csms-to-cp": laneState(),
  };

  constructor(desks: Desks) {
    this.desks = desks;
  }

  /** Sends a message of our own, now or when it may go. */
  inject(injection: Injection, author: Author, at: number, out: RelayCommand[]): void {
    const { direction, when } = injection;
    const { waiting } = this.lanes[direction];
    // Only a CALL is answered, and only what is answered waits; beyond the limit the oldest has waited enough.
    const waits = when === "idle" && namedBy(injection)?.type === "CALL";
    if (!waits) this.send({ injection, author, latest: at }, at, out);
    else {
      const latest = waiting.length >= mostRemembered ? at : at + injection.timeoutMs * nsPerMs;
      waiting.push({ injection, author, latest });
      this.sendNext(direction, at, out);
    }
  }

  /** Notes what shall become of the answer that comes in this direction to the CALL of this id. */
  plan(direction: Direction, id: string, plan: AnswerPlan, author: Author): void {
    this.lanes[opposite(direction)].plans.set(id, { ...author, plan, isOurs: false });
  }

  /** What shall become of this message; undefined where it is nobody's but the peers'. */
  claim(direction: Direction, about: Named, at: number, out: RelayCommand[]): PlannedAnswer | undefined {
    if (about.id === undefined || !isAnswer(about)) return undefined;
    const asked = opposite(direction);
    const { plans, own } = this.laneOf(asked);
    if (plans.size === 0 && own === undefined) return undefined;
    const planned = plans.get(about.id);
    plans.delete(about.id);
    if (own?.id === about.id) this.close(asked, at, out);
    return planned;
  }

  /** Whether a message of the peer must wait for a CALL of ours. */
  mustWait(direction: Direction, about: Named): boolean {
    return about.type === "CALL" && this.lanes[direction].own !== undefined;
  }

  /** Takes note of a message of the peers. */
  heard(direction: Direction, about: Named, at: number, out: RelayCommand[]): void {
    if (about.id === undefined) return;
    if (about.type === "CALL") this.open.call(direction, about.id, "", at);
    if (!isAnswer(about)) return;
    this.open.answer(direction, about.id);
    const asked = opposite(direction);
    if (this.laneOf(asked).waiting.length > 0) this.sendNext(asked, at, out);
  }

  /** Time has passed. */
  wake(at: number, out: RelayCommand[]): void {
    for (const direction of ["cp-to-csms", "csms-to-cp"] as const) {
      const { own } = this.lanes[direction];
      if (own !== undefined && own.until <= at) this.close(direction, at, out);
      this.sendNext(direction, at, out);
    }
  }

  /** When time matters next. */
  nextAt(): number | undefined {
    const [up, down] = [dueAt(this.lanes["cp-to-csms"]), dueAt(this.lanes["csms-to-cp"])];
    return up === undefined || down === undefined ? (up ?? down) : Math.min(up, down);
  }

  /** Spelt out: indexing with a name that changes with every message is slow. */
  private laneOf(direction: Direction): LaneState {
    return direction === "cp-to-csms" ? this.lanes["cp-to-csms"] : this.lanes["csms-to-cp"];
  }

  private close(direction: Direction, at: number, out: RelayCommand[]): void {
    this.lanes[direction].own = undefined;
    this.desks.free(direction, at, out);
    this.sendNext(direction, at, out);
  }

  private sendNext(direction: Direction, at: number, out: RelayCommand[]): void {
    const lane = this.lanes[direction];
    const [first] = lane.waiting;
    if (first === undefined || lane.own !== undefined) return;
    if (!this.isIdle(direction, first, at)) return;
    lane.waiting.shift();
    this.send(first, at, out);
    this.sendNext(direction, at, out);
  }

  /** No CALL is open that its caller can still be waiting for. */
  private isIdle(direction: Direction, { injection, latest }: Waiting, at: number): boolean {
    if (latest <= at) return true;
    const patience = injection.timeoutMs * nsPerMs;
    return this.open.open(direction).every(({ tag: since }) => since + patience <= at);
  }

  private send({ injection, author }: Waiting, at: number, out: RelayCommand[]): void {
    const { direction, keepAnswer, timeoutMs, when } = injection;
    const about = namedBy(injection);
    const isSent = this.desks.send(injection, author, at, out);
    if (!isSent || about === undefined) return;
    const lane = this.lanes[direction];
    if (about.type !== "CALL") {
      // The peer's CALL has its answer now.
      if (isAnswer(about)) this.open.answer(direction, about.id);
      return;
    }
    if (keepAnswer) lane.plans.set(about.id, { ...author, plan: { kind: "keep" }, isOurs: true });
    if (when === "idle") lane.own = { id: about.id, until: at + timeoutMs * nsPerMs };
  }
}

/** When time matters to a direction next. */
const dueAt = ({ waiting, own }: LaneState): number | undefined => own?.until ?? waiting[0]?.latest;

const namedBy = ({ payload }: Injection): ReturnType<typeof peek> => peek(text(payload.subarray(0, 512)));

const isAnswer = ({ type }: Pick<Named, "type">): boolean => type === "CALLRESULT" || type === "CALLERROR";
