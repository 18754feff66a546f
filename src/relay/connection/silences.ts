// The sides of a connection that get nothing any more, because a rule wants a black hole before them: no byte, and no end of
// the stream either. The connection stays open until both peers have given it up by themselves. Knows no faults.

import type { Direction, Side } from "../../base/direction.js";
import type { Lane } from "../lane/lane.js";
import type { RelayCommand } from "../protocol.js";

/** The sides of one connection that get nothing any more. */
export class Silences {
  private readonly lanes: Readonly<Record<Direction, Lane>>;
  private readonly deaf = new Set<Side>();

  constructor(lanes: Readonly<Record<Direction, Lane>>) {
    this.lanes = lanes;
  }

  /** From now on nothing goes out in this direction. */
  begin(direction: Direction | "both", out: RelayCommand[]): void {
    for (const one of ["cp-to-csms", "csms-to-cp"] as const) {
      if (direction !== "both" && direction !== one) continue;
      this.lanes[one].silence(out);
      this.deaf.add(one === "cp-to-csms" ? "csms" : "charger");
    }
  }

  /** Whether this side gets nothing any more. */
  isDeaf(side: Side): boolean {
    return this.deaf.has(side);
  }

  /** The connection is over: ends the streams that silence has kept open. */
  end(out: RelayCommand[]): void {
    const isEnding = (side: Side): boolean =>
      out.some((command) => (command.kind === "end" || command.kind === "reset") && command.to === side);
    for (const side of this.deaf) if (!isEnding(side)) out.push({ kind: "end", to: side });
    this.deaf.clear();
  }
}
