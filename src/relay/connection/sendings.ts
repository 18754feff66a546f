// Control frames of our own that a rule wants sent, once or again and again: each goes out where a frame can stand,
// inside a frame that is passing a little later. Says when it has to be woken; holds no clock. Knows no faults.

import type { Side } from "../../base/direction.js";
import { senderOf } from "../../base/direction.js";
import { nsPerMs, timerMs } from "../../base/time.js";
import type { Action } from "../../rules/contract/action.js";
import { type FrameView, readFrame } from "../../wire/websocket/frame.js";
import type { Lane } from "../lane/lane.js";
import type { RelayCommand } from "../protocol.js";

/** The timer that `Sendings` sets. */
export const sendingsTimer = "sendings";

type SendAction = Extract<Action, { kind: "send" }>;

interface Sending {
  readonly lane: Lane;
  readonly frame: FrameView;
  readonly rule: string;
  readonly gap: number;
  left: number;
  dueAt: number;
  /** How often it met a frame that was passing, since it last went out. */
  inVain: number;
}

/** A frame that is passing is asked after again after this time, so often at most. */
const retryNs = 20 * nsPerMs;
const mostRetries = 500;

/** What a connection is still to send of its own; lanes by the side that sends into them. */
export class Sendings {
  private readonly lanes: Readonly<Record<Side, Lane>>;
  private running: Sending[] = [];

  constructor(lanes: Readonly<Record<Side, Lane>>) {
    this.lanes = lanes;
  }

  /** Begins to send, the first one now. */
  begin(
    { direction, frame: raw, times, gapMs }: SendAction,
    rule: string,
    at: number,
    out: RelayCommand[],
  ): void {
    const frame = readFrame(raw);
    if (frame === undefined) return;
    const lane = this.lanes[senderOf(direction)];
    this.running.push({ lane, frame, rule, gap: gapMs * nsPerMs, left: times, dueAt: at, inVain: 0 });
    this.wake(at, out);
  }

  /** Sends what is due. */
  wake(at: number, out: RelayCommand[]): void {
    for (const sending of this.running) send(sending, at, out);
    this.running = this.running.filter(({ left }) => left > 0);
    const next = Math.min(...this.running.map(({ dueAt }) => dueAt));
    if (this.running.length === 0) return;
    out.push({ kind: "timer", id: sendingsTimer, ms: timerMs(at, next) });
  }
}

const send = (sending: Sending, at: number, out: RelayCommand[]): void => {
  while (sending.left > 0 && sending.dueAt <= at) {
    const inserted = sending.lane.insert(sending.frame, sending.rule, at, out);
    if (inserted === "sent") {
      sending.left--;
      // Never closer together than the gap, even where this comes late.
      sending.dueAt = at + sending.gap;
      sending.inVain = 0;
    } else if (inserted === "never" || ++sending.inVain > mostRetries) sending.left = 0;
    else sending.dueAt = at + retryNs;
  }
};
