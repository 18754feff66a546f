// Recounts `seen` of kept frames: the number of kept frames of the other direction of the same connection that came before.

import { type Direction, opposite } from "../../base/direction.js";
import type { Entry } from "../../cassette/format/entry.js";

const keyOf = (connection: number, direction: Direction): string => `${connection} ${direction}`;

/** Counts the kept frames of each direction. */
export class SeenCounts {
  /** By connection and direction: element n is the number of kept frames among the first n. */
  private readonly kept = new Map<string, number[]>();

  constructor(entries: readonly Entry[], isKept: (position: number) => boolean) {
    for (const [position, entry] of entries.entries()) {
      if (entry.kind !== "frame") continue;
      const counts = this.of(entry.connection, entry.direction);
      counts.push((counts.at(-1) ?? 0) + (isKept(position) ? 1 : 0));
    }
  }

  /** How many of the first `seen` frames of the other direction are kept. */
  left(connection: number, direction: Direction, seen: number): number {
    const counts = this.of(connection, opposite(direction));
    return counts[Math.min(seen, counts.length - 1)] ?? 0;
  }

  private of(connection: number, direction: Direction): number[] {
    const key = keyOf(connection, direction);
    const found = this.kept.get(key) ?? [0];
    this.kept.set(key, found);
    return found;
  }
}
