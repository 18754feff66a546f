// Messages of our own on one connection, as far as the lanes have to do with them: rules and people ask for them, the
// injector says when they may go, the gates say where one can stand.

import type { Direction } from "../../base/direction.js";
import { timerMs } from "../../base/time.js";
import type { AnswerPlan, Injection } from "../../rules/contract/action.js";
import { encodeFrame, opcodes, ownMask, readFrame } from "../../wire/websocket/frame.js";
import { createListener, type Listener, type Named } from "../messages/listener.js";
import { peekFrames } from "../messages/peek-frames.js";
import type { OperatorCommand } from "../operator-command.js";
import type { RelayCommand } from "../protocol.js";
import type { Desk } from "./gate-controls.js";
import { type Author, Injector } from "./injector.js";

/** What it needs of its connection. */
export interface OwnMessagesOptions {
  readonly connection: number;
  readonly isOver: () => boolean;
  /** Lets taps that can become gates do so. */
  readonly wakeLanes: (at: number, out: RelayCommand[]) => void;
}

/** The timer of what waits here. */
export const ownMessagesTimer = "injector";

/** How long a CALL that a person sends counts as open. */
const byHandTimeoutMs = 30_000;

/** The messages of our own of one connection. */
export class OwnMessages {
  readonly injector: Injector;
  readonly listener: Listener = createListener();
  private readonly options: OwnMessagesOptions;
  /** The gates of both directions, as far as there are any. */
  private readonly desks: Partial<Record<Direction, Desk>> = {};
  private timerAt: number | undefined;
  /** Rises when taps must become gates although no rule touches them, because a person has something to send. */
  private wantedSoFar = 0;
  /** Whether a message has ever waited for others to pass. */
  private hasParked = false;

  constructor(options: OwnMessagesOptions) {
    this.options = options;
    this.injector = new Injector({
      send: this.send.bind(this),
      free: (direction, at, out) => this.desks[direction]?.free("own-call", at, out),
    });
  }

  /** How often a person has asked for something. */
  get wanted(): number {
    return this.wantedSoFar;
  }

  /** A gate has taken its place. */
  enter(direction: Direction, desk: Desk): void {
    this.desks[direction] = desk;
  }

  /** A rule wants a message of our own. */
  inject(injection: Injection, author: Author, at: number, out: RelayCommand[]): void {
    this.injector.inject(injection, author, at, out);
  }

  /** A rule wants something done to the answer of a CALL. */
  plan(direction: Direction, id: string, plan: AnswerPlan, author: Author): void {
    this.injector.plan(direction, id, plan, author);
  }

  /** A person wants a message of our own. */
  byHand(command: OperatorCommand & { kind: "inject" }, at: number, out: RelayCommand[]): void {
    const { direction, payload, isText, when, by } = command;
    this.wantedSoFar++;
    this.options.wakeLanes(at, out);
    const injection = { direction, payload, isText, when, keepAnswer: true, timeoutMs: byHandTimeoutMs };
    this.injector.inject(injection, { rule: by, fault: "inject" }, at, out);
  }

  /** A person lets go what rules hold back until then. */
  release(at: number, out: RelayCommand[]): void {
    for (const desk of Object.values(this.desks)) desk.free("command", at, out);
  }

  /** A message begins to wait for others to pass. */
  parks(): void {
    this.hasParked = true;
  }

  /** A message of the peers has gone out: what waited for it follows, in whichever direction. */
  passed(direction: Direction, about: Named, at: number, out: RelayCommand[]): void {
    if (!this.hasParked) return;
    this.desks["cp-to-csms"]?.passed(direction, about, at, out);
    this.desks["csms-to-cp"]?.passed(direction, about, at, out);
  }

  /** The timer rang. */
  wake(at: number, out: RelayCommand[]): void {
    this.timerAt = undefined;
    this.injector.wake(at, out);
  }

  /** Sets the timer, where something waits. */
  setTimer(at: number, out: RelayCommand[]): void {
    const next = this.injector.nextAt();
    if (next === undefined || (this.timerAt !== undefined && this.timerAt <= next)) return;
    this.timerAt = next;
    const ms = timerMs(at, next);
    out.push({ kind: "timer", id: ownMessagesTimer, ms });
  }

  /** Frames a message of our own and sends it. */
  private send(
    { direction, payload, isText = true }: Injection,
    { rule }: Author,
    at: number,
    out: RelayCommand[],
  ): boolean {
    const mask = direction === "cp-to-csms" ? ownMask : undefined;
    const raw = encodeFrame({ opcode: isText ? opcodes.text : opcodes.binary, payload, mask });
    const { connection, isOver } = this.options;
    const sent = isOver() ? "never" : (this.desks[direction]?.inject(raw, at, out) ?? "never");
    if (sent === "never") {
      const message = `${direction}: a message of ${rule} could not be sent`;
      const entry = { kind: "note", connection, at, code: "not-injected", message } as const;
      out.push({ kind: "record", entry, sent: false });
      return false;
    }
    const frame = readFrame(raw);
    // So that its answer is known by its action; an answer of ours leaves the peer's own to be known by it.
    if (frame !== undefined && peekFrames([frame])?.type === "CALL") this.listener.name(direction, [frame]);
    const entry = { kind: "injected", connection, direction, at, by: rule, raw } as const;
    out.push({ kind: "record", entry, sent: false });
    return true;
  }
}
