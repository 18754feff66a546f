// The shapers of a connection, between the commands of its lanes and the shell: writes and ends go through those of
// their direction, everything else passes. Made only once a rule asks for a shape; before that nothing of it is in the
// way. Decides nothing: what a shape wants of the connection is told as a cut.

import { type Direction, directionFrom, type Side, senderOf } from "../../base/direction.js";
import { nsPerMs, timerMs } from "../../base/time.js";
import type { ShapeAction } from "../../rules/contract/action.js";
import type { LiveRules } from "../../rules/deciding/live-rules.js";
import type { RelayCommand } from "../protocol.js";
import { type CutOff, createStage, type Piece } from "./shape-stages.js";
import { type PlacedStage, Shaper } from "./shaper.js";

/** Whose connection is shaped. */
export interface ShapingOptions {
  readonly connection: number;
  /** Bytes that may wait in one direction before the sender is paused. */
  readonly holdBytes: number;
  readonly rules: LiveRules;
}

/** A cut and the rule that it comes from. */
export interface RuledCut extends CutOff {
  readonly rule: string;
}

/** The timer that wakes the shapers. */
export const shapingTimer = "shaping";

const directions: readonly Direction[] = ["cp-to-csms", "csms-to-cp"];
const never = Number.POSITIVE_INFINITY;

const towards = (to: Side): Direction => directionFrom(to === "csms" ? "charger" : "csms");
const receiverOf = (direction: Direction): Side => (direction === "cp-to-csms" ? "csms" : "charger");

/** Shapes both directions of a connection. */
export class Shaping {
  private readonly options: ShapingOptions;
  private readonly shapers: Record<Direction, Shaper> = {
    "cp-to-csms": new Shaper(),
    "csms-to-cp": new Shaper(),
  };
  private readonly paused = new Set<Direction>();
  /** Shapes that begin before the command of this number. */
  private beginning: { readonly action: ShapeAction; readonly rule: string; readonly before: number }[] = [];
  /** From the command of this number on everything passes as it is, what waits first. */
  private openFrom: number | undefined;
  private isOpen = false;
  private isClosed = false;
  private cut: RuledCut | undefined;
  private timerAt: number | undefined;
  private generation: number;

  constructor(options: ShapingOptions) {
    this.options = options;
    this.generation = options.rules.generation;
  }

  /** Begins a shape behind what stands in `out`. */
  begin(action: ShapeAction, rule: string, out: readonly RelayCommand[]): void {
    this.beginning.push({ action, rule, before: out.length });
  }

  /** Lets what waits go, and everything behind what stands in `out` pass as it is. */
  open(out: readonly RelayCommand[]): void {
    this.openFrom ??= out.length;
  }

  /** Lets nothing pass any more. */
  close(): void {
    this.isClosed = true;
  }

  /** Whether what goes to this side never arrives. */
  isDead(to: Side): boolean {
    return this.shapers[towards(to)].isDead;
  }

  /** What the shell shall do now, in place of these commands. */
  pass(commands: readonly RelayCommand[], at: number): RelayCommand[] {
    const out: RelayCommand[] = [];
    this.endRules(at, out);
    for (const direction of directions) this.wake(direction, at, out);
    for (const [i, command] of commands.entries()) {
      this.turn(i, at, out);
      this.take(command, at, out);
    }
    this.turn(never, at, out);
    this.watchBytes(out);
    this.setTimer(at, out);
    return out;
  }

  /** The timer rang. */
  rang(): void {
    this.timerAt = undefined;
  }

  /** What a shape wants of the whole connection; once. */
  takeCut(): RuledCut | undefined {
    const { cut } = this;
    this.cut = undefined;
    return cut;
  }

  /** Lets go of what waits, as far as it is not lost. */
  flush(at: number, out: RelayCommand[]): void {
    for (const direction of directions)
      this.shapers[direction].removeOver(
        () => true,
        at,
        (piece) => this.emit(direction, piece, out),
      );
  }

  private turn(i: number, at: number, out: RelayCommand[]): void {
    const due = this.beginning.filter(({ before }) => before <= i);
    if (due.length > 0) {
      this.beginning = this.beginning.filter(({ before }) => before > i);
      for (const { action, rule } of due) this.place(action, rule, at);
      for (const direction of directions) this.wake(direction, at, out);
    }
    if (this.openFrom === undefined || i < this.openFrom || this.isOpen) return;
    this.flush(at, out);
    this.isOpen = true;
  }

  private place({ direction, shape, lastsMs, draw }: ShapeAction, rule: string, at: number): void {
    const endsAt = lastsMs === undefined ? never : at + lastsMs * nsPerMs;
    const cut = (wanted: CutOff): void => {
      this.cut ??= { ...wanted, rule };
    };
    for (const one of direction === "both" ? directions : [direction])
      this.shapers[one].place(rule, shape.kind, endsAt, () => {
        const named = (part: string): number => draw(direction === "both" ? `${one}.${part}` : part);
        return createStage(shape, { at, draw: named, cut });
      });
  }

  private take(command: RelayCommand, at: number, out: RelayCommand[]): void {
    if (this.isOpen) {
      out.push(command);
      return;
    }
    switch (command.kind) {
      case "write":
        this.enter(command.to, { kind: "bytes", bytes: command.bytes }, at, out);
        return;
      case "end":
      case "reset":
        this.enter(command.to, { kind: command.kind }, at, out);
        return;
      case "record": {
        const { entry } = command;
        // When it is written nobody knows yet.
        const isShaped =
          command.sent && "direction" in entry && (this.isClosed || this.shapers[entry.direction].isActive);
        out.push(isShaped ? { ...command, sent: false } : command);
        return;
      }
      default:
        out.push(command);
    }
  }

  private enter(to: Side, piece: Piece, at: number, out: RelayCommand[]): void {
    const direction = towards(to);
    this.shapers[direction].take(piece, at, (left) => this.emit(direction, left, out));
  }

  private emit(direction: Direction, piece: Piece, out: RelayCommand[]): void {
    if (this.isClosed) return;
    const to = receiverOf(direction);
    out.push(piece.kind === "bytes" ? { kind: "write", to, bytes: piece.bytes } : { kind: piece.kind, to });
  }

  private wake(direction: Direction, at: number, out: RelayCommand[]): void {
    const shaper = this.shapers[direction];
    const emit = (piece: Piece): void => this.emit(direction, piece, out);
    shaper.wake(at, emit);
    this.tellOver(
      direction,
      shaper.removeOver(({ endsAt }) => endsAt <= at, at, emit),
      at,
      out,
    );
  }

  /** A rule that is disarmed, or gone, shapes no more. */
  private endRules(at: number, out: RelayCommand[]): void {
    const { rules } = this.options;
    if (rules.generation === this.generation) return;
    this.generation = rules.generation;
    const active = new Set(rules.active.map(({ rule }) => rule.id));
    for (const direction of directions) {
      const emit = (piece: Piece): void => this.emit(direction, piece, out);
      const over = this.shapers[direction].removeOver(({ rule }) => !active.has(rule), at, emit);
      this.tellOver(direction, over, at, out);
    }
  }

  private tellOver(
    direction: Direction,
    over: readonly PlacedStage[],
    at: number,
    out: RelayCommand[],
  ): void {
    const { connection } = this.options;
    for (const { rule, name } of over) {
      const message = `${rule}: ${name} is over, ${direction}`;
      out.push({
        kind: "record",
        entry: { kind: "note", connection, at, code: "fault-over", message },
        sent: false,
      });
    }
  }

  private watchBytes(out: RelayCommand[]): void {
    const { holdBytes } = this.options;
    for (const direction of directions) {
      const { bytes } = this.shapers[direction];
      const from = senderOf(direction);
      if (bytes > holdBytes && !this.paused.has(direction)) {
        this.paused.add(direction);
        out.push({ kind: "pause", from, why: "shaped" });
      } else if (bytes <= holdBytes / 2 && this.paused.delete(direction))
        out.push({ kind: "resume", from, why: "shaped" });
    }
  }

  private setTimer(at: number, out: RelayCommand[]): void {
    const next = Math.min(...directions.map((direction) => this.shapers[direction].nextAt));
    if (next === never || (this.timerAt !== undefined && this.timerAt <= next)) return;
    this.timerAt = next;
    const ms = timerMs(at, next);
    out.push({ kind: "timer", id: shapingTimer, ms });
  }
}
