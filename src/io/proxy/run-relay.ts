// Runs the relay machine of one proxied connection on its two legs: feeds it the events of the sockets, and executes its
// commands in order. If the machine fails, the connection goes on as a plain pipe or is reset (invariant 7 of
// docs/architecture.md).
//
//   socket --data/end/error--> machine.handle --write/record/end/reset/timer--> socket, cassette

import type { Side } from "../../base/direction.js";
import type { Machine } from "../../base/machine.js";
import type { Entry } from "../../cassette/format/entry.js";
import { joinWrites } from "../../relay/connection/join-writes.js";
import type { OperatorCommand } from "../../relay/operator-command.js";
import type { RelayCommand, RelayEvent, RunAction } from "../../relay/protocol.js";
import type { Clock } from "../platform/clock.js";
import { startTimer, type Timer } from "../platform/timers.js";
import type { Leg } from "../tls/tls-settings.js";

/** What a relay runs on. */
export interface RelayRun {
  readonly legs: Readonly<Record<Side, Leg>>;
  readonly machine: Machine<RelayEvent, RelayCommand>;
  readonly clock: Clock;
  readonly record: (entry: Entry) => void;
  /** Bytes that came in before the relay began. */
  readonly early: Readonly<Record<Side, Buffer>>;
  /** What to do if the machine fails: go on as a plain pipe, or reset both sides. */
  readonly onDefect: "pipe" | "close";
  /** Reports that the machine failed. */
  readonly reportDefect: (error: unknown) => void;
  /** Called with an action of a rule on the run as a whole. */
  readonly onRunAction?: (ruled: RunAction) => void;
  /** Called once, when both sides have ended. */
  readonly done: () => void;
}

/** A running relay. */
export interface RunningRelay {
  /** Ends both sides now. `end` sends what was written before; `reset` does not. */
  stop(how: "end" | "reset"): void;
  /** Gives an operator command to the machine. */
  operate(command: OperatorCommand): void;
  /** Reads neither leg until `resume`; the peers' data waits in their own buffers. */
  pause(): void;
  resume(): void;
  readonly isPaused: boolean;
}

/** Why a leg is not read: the receiver is full, a lane (`asked`) or a shaper holds too much, or an operator paused it. */
type PauseReason = "full" | "asked" | "shaped" | "by-hand";

const resetTimeoutMs = 2000;
/** Time for the kernel to send its buffer, which cannot be observed. */
const resetGraceMs = 50;
const sides = ["charger", "csms"] as const;
const opposite = (side: Side): Side => (side === "charger" ? "csms" : "charger");

class Runner implements RunningRelay {
  private readonly run: RelayRun;
  private readonly timers = new Map<string, Timer>();
  /** Why a socket is not read. */
  private readonly pauses: Record<Side, Set<PauseReason>> = { charger: new Set(), csms: new Set() };
  private isPiping = false;
  private isOver = false;
  private wroteAtNs = 0;

  constructor(run: RelayRun) {
    this.run = run;
  }

  start(): void {
    for (const side of sides) this.listen(side);
    this.feed({ kind: "start", atNs: this.run.clock.now() });
    for (const side of sides) {
      const chunk = this.run.early[side];
      if (chunk.length > 0) this.feed({ kind: "bytes", from: side, atNs: this.run.clock.now(), chunk });
    }
    for (const side of sides) {
      const socket = this.run.legs[side].stream;
      // A socket that ended before the listeners were added will not emit its end again.
      if (socket.destroyed) this.feed({ kind: "reset", from: side, atNs: this.run.clock.now() });
      else if (socket.readableEnded) this.feed({ kind: "end", from: side, atNs: this.run.clock.now() });
      else if (this.pauses[side].size === 0) socket.resume();
    }
  }

  stop(how: "end" | "reset"): void {
    if (how === "end") this.feed({ kind: "stop", atNs: this.run.clock.now() });
    for (const side of sides) {
      const { stream, raw } = this.run.legs[side];
      if (how === "reset") raw.resetAndDestroy();
      else stream.destroySoon();
    }
  }

  operate(command: OperatorCommand): void {
    this.feed({ kind: "operator", command, atNs: this.run.clock.now() });
    // A close or reset also ends a pause.
    if (command.kind === "close" || command.kind === "reset") this.resume();
  }

  pause(): void {
    if (!this.isOver) for (const side of sides) this.hold(side, "by-hand");
  }

  resume(): void {
    for (const side of sides) this.unpause(side, "by-hand");
  }

  get isPaused(): boolean {
    return this.pauses.charger.has("by-hand");
  }

  private listen(side: Side): void {
    const { clock, legs } = this.run;
    const socket = legs[side].stream;
    let ended = false;
    socket.on("data", (chunk: Buffer) => this.feed({ kind: "bytes", from: side, atNs: clock.now(), chunk }));
    socket.on("end", () => {
      ended = true;
      this.feed({ kind: "end", from: side, atNs: clock.now() });
    });
    socket.on("drain", () => this.unpause(opposite(side), "full"));
    // The close event that follows is enough.
    socket.on("error", () => undefined);
    socket.on("close", (hadError: boolean) => {
      if (!ended || hadError) this.feed({ kind: "reset", from: side, atNs: clock.now() });
      this.unpause(opposite(side), "full");
    });
  }

  private feed(event: RelayEvent): void {
    if (this.isPiping) {
      this.pipe(event);
      return;
    }
    let commands: readonly RelayCommand[];
    try {
      commands = this.run.machine.handle(event);
    } catch (error) {
      this.fail(error, event);
      return;
    }
    if (severalWrites(commands)) this.executeTogether(commands);
    else for (const command of commands) this.execute(command);
  }

  /** Sends the writes of one batch together, because a system call for each would be slow. */
  private executeTogether(commands: readonly RelayCommand[]): void {
    const streams = sides.map((side) => this.run.legs[side].stream);
    for (const stream of streams) stream.cork();
    let isCorked = true;
    const uncork = (): void => {
      if (isCorked) for (const stream of streams) stream.uncork();
      isCorked = false;
    };
    for (const command of joinWrites(commands)) {
      // An end or a reset depends on what has been sent.
      if (command.kind !== "write" && command.kind !== "record") uncork();
      this.execute(command);
    }
    uncork();
  }

  private execute(command: RelayCommand): void {
    switch (command.kind) {
      case "write":
        this.write(command.to, command.bytes);
        break;
      case "record":
        if (command.sent) (command.entry as { tx: number | null }).tx = this.wroteAtNs;
        this.run.record(command.entry);
        break;
      case "end":
        this.run.legs[command.to].stream.end();
        break;
      case "reset":
        this.reset(command.to);
        break;
      case "pause":
        this.hold(command.from, command.why ?? "asked");
        break;
      case "resume":
        this.unpause(command.from, command.why ?? "asked");
        break;
      case "timer":
        this.setTimer(command.id, command.ms);
        break;
      case "run":
        this.run.onRunAction?.(command.ruled);
        break;
      case "done":
        this.finish();
        break;
    }
  }

  private write(to: Side, bytes: Uint8Array): void {
    const { charger, csms } = this.run.legs;
    const socket = (to === "charger" ? charger : csms).stream;
    if (socket.writable && !socket.write(bytes)) this.hold(opposite(to), "full");
    this.wroteAtNs = this.run.clock.now();
  }

  private hold(side: Side, why: PauseReason): void {
    this.pauses[side].add(why);
    this.run.legs[side].stream.pause();
  }

  private unpause(side: Side, why: PauseReason): void {
    const reasons = this.pauses[side];
    if (reasons.delete(why) && reasons.size === 0) this.run.legs[side].stream.resume();
  }

  private setTimer(id: string, ms: number): void {
    this.timers.get(id)?.stop();
    this.timers.set(
      id,
      startTimer(() => {
        this.timers.delete(id);
        if (!this.isOver) this.feed({ kind: "timer", id, atNs: this.run.clock.now() });
      }, ms),
    );
  }

  /** A reset discards unsent bytes, here and in the kernel, so it waits for them, up to a timeout. */
  private reset(to: Side): void {
    const { stream: socket, raw } = this.run.legs[to];
    if (socket.destroyed) return;
    // TLS has no reset, so the raw socket sends it.
    const cut = (): void => void raw.resetAndDestroy();
    let timer = startTimer(cut, socket.writableLength === 0 ? resetGraceMs : resetTimeoutMs);
    socket.once("drain", () => {
      timer.stop();
      timer = startTimer(cut, resetGraceMs);
    });
    socket.once("close", () => timer.stop());
  }

  private finish(): void {
    if (this.isOver) return;
    this.isOver = true;
    for (const timer of this.timers.values()) timer.stop();
    for (const side of sides) this.run.legs[side].stream.resume();
    this.run.done();
  }

  private fail(error: unknown, event: RelayEvent): void {
    this.run.reportDefect(error);
    if (this.run.onDefect === "close") {
      this.stop("reset");
      this.finish();
      return;
    }
    this.isPiping = true;
    this.pipe(event);
  }

  /** Forwards plainly, after the machine has failed. */
  private pipe(event: RelayEvent): void {
    // Message boundaries are not known any more, so an operator's close becomes a reset.
    if (event.kind === "operator" && (event.command.kind === "close" || event.command.kind === "reset"))
      this.stop("reset");
    if (!("from" in event)) return;
    const to = opposite(event.from);
    if (event.kind === "bytes") this.write(to, event.chunk);
    else if (event.kind === "end") this.run.legs[to].stream.end();
    else this.reset(to);
    const isOver = ({ stream }: Leg): boolean => stream.readableEnded || stream.destroyed;
    if (sides.every((side) => isOver(this.run.legs[side]))) this.finish();
  }
}

const severalWrites = (commands: readonly RelayCommand[]): boolean => {
  let writes = 0;
  for (const { kind } of commands) if (kind === "write" && ++writes > 1) return true;
  return false;
};

/** Starts a relay on two paused legs. */
export function runRelay(run: RelayRun): RunningRelay {
  const runner = new Runner(run);
  runner.start();
  return runner;
}
