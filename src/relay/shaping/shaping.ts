// The shapers of a connection, between the commands of its lanes and the shell: writes and ends go through those of their
// direction, every other command stays as it is. Made only once a rule asks for a shape. Decides nothing: a shape that wants
// the connection to end gives a cut.

import { type Direction, directionFrom, type Side, senderOf } from "../../base/direction.js";
import { nsPerMs, timerMs } from "../../base/time.js";
import type { ShapeAction } from "../../rules/contract/action.js";
import type { LiveRules } from "../../rules/deciding/live-rules.js";
import type { RelayCommand } from "../protocol.js";
import { type CutOff, createStage, type StreamPiece } from "./shape-stages.js";
import { type PlacedStage, Shaper } from "./shaper.js";

/** Whose connection is shaped. */
export interface ShapingOptions {
  readonly connection: number;
  /** Bytes that may wait in one direction before the sender is paused. */
  readonly holdBytes: number;
  readonly rules: LiveRules;
}

/** A cut and the rule that wants it. */
export interface RuledCut extends CutOff {
  readonly rule: string;
}

/** The timer that wakes the shapers. */
export const shapingTimer = "shaping";

const directions: readonly Direction[] = ["cp-to-csms", "csms-to-cp"];
const never = Number.POSITIVE_INFINITY;

const directionTo = (to: Side): Direction => directionFrom(to === "csms" ? "charger" : "csms");
const receiverOf = (direction: Direction): Side => (direction === "cp-to-csms" ? "csms" : "charger");

/** Shapes both directions of a connection. */
export class Shaping {
  private readonly options: ShapingOptions;
  private readonly shapers: Record<Direction, Shaper> = {
    "cp-to-csms": new Shaper(),
    "csms-to-cp": new Shaper(),
  };
  private readonly paused = new Set<Direction>();
  /** Shapes, each of which begins before the command of this number. */
  private beginning: { readonly action: ShapeAction; readonly rule: string; readonly before: number }[] = [];
  /** From the command of this number on, everything stays as it is; what waits goes first. */
  private openFrom: number | undefined;
  private isOpen = false;
  private isClosed = false;
  private cut: RuledCut | undefined;
  private timerAtNs: number | undefined;
  private generation: number;

  constructor(options: ShapingOptions) {
    this.options = options;
    this.generation = options.rules.generation;
  }

  /** Begins a shape after the commands that are in `out` now. */
  begin(action: ShapeAction, rule: string, out: readonly RelayCommand[]): void {
    this.beginning.push({ action, rule, before: out.length });
  }

  /** Stops shaping after the commands that are in `out` now; what waits goes out then. */
  open(out: readonly RelayCommand[]): void {
    this.openFrom ??= out.length;
  }

  /** Sends nothing any more. */
  close(): void {
    this.isClosed = true;
  }

  /** Whether nothing that goes to this side arrives any more. */
  isDead(to: Side): boolean {
    return this.shapers[directionTo(to)].isDead;
  }

  /** What the shell does now, instead of these commands. */
  shape(commands: readonly RelayCommand[], atNs: number): RelayCommand[] {
    const out: RelayCommand[] = [];
    this.endRules(atNs, out);
    for (const direction of directions) this.wake(direction, atNs, out);
    for (const [i, command] of commands.entries()) {
      this.reach(i, atNs, out);
      this.take(command, atNs, out);
    }
    this.reach(never, atNs, out);
    this.watchBytes(out);
    this.setTimer(atNs, out);
    return out;
  }

  /** The timer rang. */
  rang(): void {
    this.timerAtNs = undefined;
  }

  /** Takes what a shape wants of the whole connection; undefined for most. */
  takeCut(): RuledCut | undefined {
    const { cut } = this;
    this.cut = undefined;
    return cut;
  }

  /** Sends what waits, except what a stage has swallowed. */
  flush(atNs: number, out: RelayCommand[]): void {
    for (const direction of directions)
      this.shapers[direction].removeOver(
        () => true,
        atNs,
        (piece) => this.emit(direction, piece, out),
      );
  }

  /** Does what is to happen before the command of this number. */
  private reach(i: number, atNs: number, out: RelayCommand[]): void {
    const due = this.beginning.filter(({ before }) => before <= i);
    if (due.length > 0) {
      this.beginning = this.beginning.filter(({ before }) => before > i);
      for (const { action, rule } of due) this.place(action, rule, atNs);
      for (const direction of directions) this.wake(direction, atNs, out);
    }
    if (this.openFrom === undefined || i < this.openFrom || this.isOpen) return;
    this.flush(atNs, out);
    this.isOpen = true;
  }

  private place({ direction, shape, lastsMs, draw }: ShapeAction, rule: string, atNs: number): void {
    const endsAtNs = lastsMs === undefined ? never : atNs + lastsMs * nsPerMs;
    const cut = (wanted: CutOff): void => {
      this.cut ??= { ...wanted, rule };
    };
    for (const one of direction === "both" ? directions : [direction])
      this.shapers[one].place(rule, shape.kind, endsAtNs, () => {
        const named = (part: string): number => draw(direction === "both" ? `${one}.${part}` : part);
        return createStage(shape, { atNs, draw: named, cut });
      });
  }

  private take(command: RelayCommand, atNs: number, out: RelayCommand[]): void {
    if (this.isOpen) {
      out.push(command);
      return;
    }
    switch (command.kind) {
      case "write":
        this.enter(command.to, { kind: "bytes", bytes: command.bytes }, atNs, out);
        return;
      case "end":
      case "reset":
        this.enter(command.to, { kind: command.kind }, atNs, out);
        return;
      case "record": {
        const { entry } = command;
        // When it is written is not known yet.
        const isShaped =
          command.sent && "direction" in entry && (this.isClosed || this.shapers[entry.direction].isActive);
        out.push(isShaped ? { ...command, sent: false } : command);
        return;
      }
      default:
        out.push(command);
    }
  }

  private enter(to: Side, piece: StreamPiece, atNs: number, out: RelayCommand[]): void {
    const direction = directionTo(to);
    this.shapers[direction].take(piece, atNs, (left) => this.emit(direction, left, out));
  }

  private emit(direction: Direction, piece: StreamPiece, out: RelayCommand[]): void {
    if (this.isClosed) return;
    const to = receiverOf(direction);
    out.push(piece.kind === "bytes" ? { kind: "write", to, bytes: piece.bytes } : { kind: piece.kind, to });
  }

  private wake(direction: Direction, atNs: number, out: RelayCommand[]): void {
    const shaper = this.shapers[direction];
    const emit = (piece: StreamPiece): void => this.emit(direction, piece, out);
    shaper.wake(atNs, emit);
    this.noteOver(
      direction,
      shaper.removeOver(({ endsAtNs }) => endsAtNs <= atNs, atNs, emit),
      atNs,
      out,
    );
  }

  /** Removes the shapes of rules that are not armed any more. */
  private endRules(atNs: number, out: RelayCommand[]): void {
    const { rules } = this.options;
    if (rules.generation === this.generation) return;
    this.generation = rules.generation;
    const active = new Set(rules.active.map(({ rule }) => rule.id));
    for (const direction of directions) {
      const emit = (piece: StreamPiece): void => this.emit(direction, piece, out);
      const over = this.shapers[direction].removeOver(({ rule }) => !active.has(rule), atNs, emit);
      this.noteOver(direction, over, atNs, out);
    }
  }

  private noteOver(
    direction: Direction,
    over: readonly PlacedStage[],
    atNs: number,
    out: RelayCommand[],
  ): void {
    const { connection } = this.options;
    for (const { rule, name } of over) {
      const message = `${rule}: ${name} is over, ${direction}`;
      out.push({
        kind: "record",
        entry: { kind: "note", connection, at: atNs, code: "fault-over", message },
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

  private setTimer(atNs: number, out: RelayCommand[]): void {
    const next = Math.min(...directions.map((direction) => this.shapers[direction].nextAtNs));
    if (next === never || (this.timerAtNs !== undefined && this.timerAtNs <= next)) return;
    this.timerAtNs = next;
    const ms = timerMs(atNs, next);
    out.push({ kind: "timer", id: shapingTimer, ms });
  }
}
