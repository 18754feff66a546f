// What somebody at the controls says into a connection: messages of our own that wait for their moment, and the answers
// to them, which the other peer did not ask for and does not get. Knows no sockets and no rules.

import { text } from "../base/bytes.js";
import { type Direction, opposite } from "../base/direction.js";
import { peek } from "../ocpp/peek.js";
import { encodeFrame, opcodes, readFrame } from "../wire/frame.js";
import type { HandOrder } from "./hand-order.js";
import type { Lane } from "./lane.js";
import type { Listener, Named } from "./listener.js";
import type { RelayCommand } from "./protocol.js";

type Injection = HandOrder & { kind: "inject" };

// Frames of our own towards the CSMS need some masking key (RFC 6455 5.3); a fixed one keeps tapes equal.
const ownMask = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
/** Answers that are waited for; the oldest are let through beyond. */
const mostAwaited = 1000;

/** Messages by hand, on one connection. */
export class Hand {
  /** Rises when a direction must be looked at that was not before. */
  generation = 0;
  private readonly listener: Listener;
  private readonly queue: Injection[] = [];
  private readonly awaited: Record<Direction, Set<string>> = {
    "cp-to-csms": new Set(),
    "csms-to-cp": new Set(),
  };
  private readonly hasInjected: Record<Direction, boolean> = { "cp-to-csms": false, "csms-to-cp": false };

  constructor(listener: Listener) {
    this.listener = listener;
  }

  /** Injections that wait for their moment. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Whether answers in this direction may be ours to keep. */
  touches(direction: Direction): boolean {
    return this.hasInjected[opposite(direction)];
  }

  /** Takes an injection; it goes out with `attempt`. */
  ask(injection: Injection): void {
    this.queue.push(injection);
    if (this.hasInjected[injection.direction]) return;
    this.hasInjected[injection.direction] = true;
    this.generation++;
  }

  /** Sends what can be sent now; a direction keeps the order in which it was asked. */
  attempt(lanes: Readonly<Record<Direction, Lane>>, at: number, out: RelayCommand[]): void {
    const blocked = new Set<Direction>();
    for (const injection of [...this.queue]) {
      const { direction, when } = injection;
      const isBusy = when === "idle" && this.listener.open(direction) > 0;
      if (blocked.has(direction) || isBusy || !this.send(injection, lanes[direction], at, out)) {
        blocked.add(direction);
        continue;
      }
      this.queue.splice(this.queue.indexOf(injection), 1);
    }
  }

  /** Whether this message answers a CALL of ours, which the other peer knows nothing of; once for each. */
  keeps(direction: Direction, { type, id }: Named): boolean {
    if (id === undefined || (type !== "CALLRESULT" && type !== "CALLERROR")) return false;
    return this.awaited[direction].delete(id);
  }

  private send(
    { direction, payload, isText, by }: Injection,
    lane: Lane,
    at: number,
    out: RelayCommand[],
  ): boolean {
    const mask = direction === "cp-to-csms" ? ownMask : undefined;
    const opcode = isText ? opcodes.text : opcodes.binary;
    const raw = encodeFrame({ opcode, payload, mask });
    if (!lane.inject(raw, by, at, out)) return false;
    const frame = readFrame(raw);
    if (frame !== undefined) this.listener.name(direction, [frame]);
    const seen = peek(text(payload.subarray(0, 512)));
    if (seen?.type === "CALL") {
      const awaited = this.awaited[opposite(direction)];
      awaited.add(seen.id);
      const [oldest] = awaited;
      if (awaited.size > mostAwaited && oldest !== undefined) awaited.delete(oldest);
    }
    return true;
  }
}
