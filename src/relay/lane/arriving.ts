// What has come of a message that is not whole yet: its frames, the control frames between them, what keeping them costs
// and since when they wait. Decides nothing.

import type { FrameEntry } from "../../cassette/format/entry.js";
import { type FrameView, isControl } from "../../wire/websocket/frame.js";

/** Frames in their order, and the entry of each. */
export interface ArrivedFrames {
  readonly frames: readonly FrameView[];
  readonly entries: readonly FrameEntry[];
}

const nothing: ArrivedFrames = { frames: [], entries: [] };

/** The memory that keeping a frame costs in addition to its bytes; a million empty fragments must not fill it. */
const frameCost = 256;

/** The frames of one lane that wait until their message is whole. */
export class Arriving {
  private frames: FrameView[] = [];
  private entries: FrameEntry[] = [];
  /** Bytes of all frames. */
  bytes = 0;
  /** Since when something waits, in nanoseconds since the session's start; undefined while nothing does. */
  sinceNs: number | undefined;

  get isEmpty(): boolean {
    return this.frames.length === 0;
  }

  /** What keeping the frames costs, in bytes. */
  get cost(): number {
    return this.bytes + this.frames.length * frameCost;
  }

  /** The frames of the message itself. */
  get data(): readonly FrameView[] {
    return this.frames.filter(({ opcode }) => !isControl(opcode));
  }

  /** Something waits from now on, if nothing has before. */
  wait(atNs: number): void {
    this.sinceNs ??= atNs;
  }

  /** Keeps a frame. */
  keep(frame: FrameView, entry: FrameEntry, atNs: number): void {
    this.frames.push(frame);
    this.entries.push(entry);
    this.bytes += frame.raw.length;
    this.wait(atNs);
  }

  /** Takes all frames out, in their order. */
  take(): ArrivedFrames {
    this.sinceNs = undefined;
    if (this.frames.length === 0) return nothing;
    const { frames, entries } = this;
    this.bytes = 0;
    this.frames = [];
    this.entries = [];
    return { frames, entries };
  }
}
