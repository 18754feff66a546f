// The sides of a connection that hear nothing any more, because a rule wants a black hole before them: no byte, and
// no end of the stream either. The connection stays until both peers have given it up by themselves. Knows no faults.

import { type Direction, directionFrom, type Side } from "../../base/direction.js";
import type { Lane } from "../lane/lane.js";
import type { RelayCommand } from "../protocol.js";

/** Who hears nothing any more; lanes by the side that sends into them. */
export class Silences {
  private readonly lanes: Readonly<Record<Side, Lane>>;
  /** The sides that hear nothing. */
  private readonly deaf = new Set<Side>();

  constructor(lanes: Readonly<Record<Side, Lane>>) {
    this.lanes = lanes;
  }

  /** From now on nothing goes out in this direction. */
  begin(direction: Direction | "both", out: RelayCommand[]): void {
    for (const from of ["charger", "csms"] as const) {
      if (direction !== "both" && direction !== directionFrom(from)) continue;
      this.lanes[from].silence(out);
      this.deaf.add(from === "charger" ? "csms" : "charger");
    }
  }

  /** Whether this side hears nothing any more. */
  isDeaf(side: Side): boolean {
    return this.deaf.has(side);
  }

  /** The connection is over: nobody is left to be kept in silence. */
  end(out: RelayCommand[]): void {
    const isEnding = (side: Side): boolean =>
      out.some((command) => (command.kind === "end" || command.kind === "reset") && command.to === side);
    for (const side of this.deaf) if (!isEnding(side)) out.push({ kind: "end", to: side });
    this.deaf.clear();
  }
}
