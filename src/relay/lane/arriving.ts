// What has arrived of a message that is not whole yet: its frames, the control frames between them, how much memory that
// takes and since when it waits. Decides nothing.

import type { FrameEntry } from "../../cassette/format/entry.js";
import { type FrameView, isControl } from "../../wire/websocket/frame.js";

/** A frame and its entry. */
export interface Arrived {
  readonly frame: FrameView;
  readonly entry: FrameEntry;
}

/** What a waiting frame costs beside its bytes; a million empty fragments must not fill the memory. */
const frameCost = 256;

/** The frames of one lane that wait to be whole. */
export class Arriving {
  private frames: Arrived[] = [];
  /** Bytes of all frames. */
  bytes = 0;
  /** Nanoseconds since the session's start; undefined while nothing waits. */
  since: number | undefined;

  get isEmpty(): boolean {
    return this.frames.length === 0;
  }

  /** What keeping the frames costs, in bytes. */
  get cost(): number {
    return this.bytes + this.frames.length * frameCost;
  }

  /** The frames of the message itself. */
  get data(): readonly FrameView[] {
    return this.frames.filter(({ frame }) => !isControl(frame.opcode)).map(({ frame }) => frame);
  }

  /** Something waits from now on, if nothing has before. */
  wait(at: number): void {
    this.since ??= at;
  }

  /** Keeps a frame. */
  keep(arrived: Arrived, at: number): void {
    this.frames.push(arrived);
    this.bytes += arrived.frame.raw.length;
    this.wait(at);
  }

  /** Gives all frames out, in their order, and forgets them. */
  take(): readonly Arrived[] {
    const { frames } = this;
    this.bytes = 0;
    this.since = undefined;
    if (frames.length > 0) this.frames = [];
    return frames;
  }
}
