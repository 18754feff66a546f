// Control frames of our own that a rule wants sent, once or several times: each goes out as soon as no other frame is in
// progress. Sets its timer; holds no clock. Knows no faults.

import type { Direction } from "../../base/direction.js";
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
  readonly gapNs: number;
  left: number;
  dueAtNs: number;
  /** How often another frame was in progress, since it last went out. */
  retries: number;
}

/** A frame in progress is waited for in steps of this time, so many at most. */
const retryNs = 20 * nsPerMs;
const mostRetries = 500;

/** The control frames that a connection still has to send. */
export class Sendings {
  private readonly lanes: Readonly<Record<Direction, Lane>>;
  private running: Sending[] = [];

  constructor(lanes: Readonly<Record<Direction, Lane>>) {
    this.lanes = lanes;
  }

  /** Begins to send, the first one now. */
  begin(
    { direction, frame: raw, times: left, gapMs }: SendAction,
    rule: string,
    atNs: number,
    out: RelayCommand[],
  ): void {
    const frame = readFrame(raw);
    if (frame === undefined) return;
    const lane = this.lanes[direction];
    const gapNs = gapMs * nsPerMs;
    this.running.push({ lane, frame, rule, gapNs, left, dueAtNs: atNs, retries: 0 });
    this.wake(atNs, out);
  }

  /** Sends what is due. */
  wake(atNs: number, out: RelayCommand[]): void {
    for (const sending of this.running) send(sending, atNs, out);
    this.running = this.running.filter(({ left }) => left > 0);
    const next = Math.min(...this.running.map(({ dueAtNs }) => dueAtNs));
    if (this.running.length === 0) return;
    out.push({ kind: "timer", id: sendingsTimer, ms: timerMs(atNs, next) });
  }
}

const send = (sending: Sending, atNs: number, out: RelayCommand[]): void => {
  while (sending.left > 0 && sending.dueAtNs <= atNs) {
    const inserted = sending.lane.insert(sending.frame, sending.rule, atNs, out);
    if (inserted === "sent") {
      sending.left--;
      // Never closer together than the gap, even where this one is late.
      sending.dueAtNs = atNs + sending.gapNs;
      sending.retries = 0;
    } else if (inserted === "never" || ++sending.retries > mostRetries) sending.left = 0;
    else sending.dueAtNs = atNs + retryNs;
  }
};
