// A lane that begins as a tap and becomes a gate once a rule or the operator can act on it, at the next byte that comes and
// without losing one. A gate stays a gate: without rules it lets everything pass.

import type { RuledMessage } from "../../rules/contract/ruled-message.js";
import type { FrameView } from "../../wire/websocket/frame.js";
import type { SendOutcome } from "../own/gate-controls.js";
import type { RelayCommand } from "../protocol.js";
import { createGate } from "./gate.js";
import type { Closing, Lane, LanePlace } from "./lane.js";
import type { LaneHost } from "./lane-host.js";
import { createTap, type TapLane } from "./tap.js";

class ChangingLane implements Lane {
  private readonly place: LanePlace;
  private readonly host: LaneHost;
  private readonly tap: TapLane;
  private lane: Lane;
  private generation: number;

  constructor(place: LanePlace, host: LaneHost) {
    this.place = place;
    this.host = host;
    this.tap = createTap(place, host);
    this.lane = this.tap;
    this.generation = host.gateGeneration;
  }

  bytes(chunk: Uint8Array, atNs: number, out: RelayCommand[]): void {
    this.change();
    this.lane.bytes(chunk, atNs, out);
  }

  wake(atNs: number, out: RelayCommand[]): void {
    this.change();
    this.lane.wake(atNs, out);
  }

  end(how: "end" | "reset", atNs: number, out: RelayCommand[]): void {
    this.lane.end(how, atNs, out);
  }

  settle(atNs: number, out: RelayCommand[]): void {
    this.lane.settle(atNs, out);
  }

  flush(atNs: number, out: RelayCommand[]): void {
    this.lane.flush(atNs, out);
  }

  finish(closing: Closing, atNs: number, out: RelayCommand[]): void {
    this.lane.finish(closing, atNs, out);
  }

  silence(out: RelayCommand[]): void {
    this.lane.silence(out);
  }

  insert(frame: FrameView, by: string, atNs: number, out: RelayCommand[]): SendOutcome {
    return this.lane.insert(frame, by, atNs, out);
  }

  sendOwn(bytes: Uint8Array, atNs: number, out: RelayCommand[]): SendOutcome {
    return this.lane.sendOwn(bytes, atNs, out);
  }

  messageSent(message: RuledMessage, atNs: number, out: RelayCommand[]): void {
    this.lane.messageSent(message, atNs, out);
  }

  release(what: "own-call" | "command", atNs: number, out: RelayCommand[]): void {
    this.lane.release(what, atNs, out);
  }

  private change(): void {
    const generation = this.host.gateGeneration;
    if (this.lane !== this.tap || generation === this.generation) return;
    if (!this.host.needsGate(this.place.direction)) {
      this.generation = generation;
      return;
    }
    // In the middle of a frame that passes in parts no gate can take over; the next bytes are another occasion.
    const taken = this.tap.handOver();
    if (taken !== undefined) this.lane = createGate(this.place, this.host, taken);
  }
}

/** Makes a tap that becomes a gate. */
export function createChangingLane(place: LanePlace, host: LaneHost): Lane {
  return new ChangingLane(place, host);
}
