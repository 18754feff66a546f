// The messages of our own of one connection: rules and the operator ask for them, the injector decides when they may go, and
// the lanes send them where a message can stand.

import { type Direction, opposite } from "../../base/direction.js";
import { timerMs } from "../../base/time.js";
import type { AnswerPlan, MessageInjection } from "../../rules/contract/action.js";
import type { RuledMessage } from "../../rules/contract/ruled-message.js";
import { encodeFrame, opcodes, ownMask } from "../../wire/websocket/frame.js";
import type { MessageNames } from "../messages/message-names.js";
import type { OperatorCommand } from "../operator-command.js";
import type { RelayCommand } from "../protocol.js";
import type { GateControls } from "./gate-controls.js";
import { type Author, Injector, type OwnMessage, type PlannedAnswer } from "./injector.js";

/** The timer of what waits here. */
export const ownMessagesTimer = "injector";

/** How long a CALL of the operator counts as open. */
const operatorTimeoutMs = 30_000;

/** The messages of our own of one connection, with its two lanes. */
export class OwnMessages {
  private readonly connection: number;
  private readonly lanes: Readonly<Record<Direction, GateControls>>;
  private readonly names: MessageNames;
  private readonly injector = new Injector();
  private timerAtNs: number | undefined;

  constructor(connection: number, lanes: Readonly<Record<Direction, GateControls>>, names: MessageNames) {
    this.connection = connection;
    this.lanes = lanes;
    this.names = names;
  }

  /** A rule wants a message sent: now, or when it may go. */
  inject(injection: MessageInjection, author: Author, atNs: number, out: RelayCommand[]): void {
    const own = this.injector.add(injection, author, atNs);
    if (own === undefined) this.sendReady(injection.direction, atNs, out);
    else this.send(own, atNs, out);
  }

  /** The operator wants a message sent. */
  injectForOperator(command: OperatorCommand & { kind: "inject" }, atNs: number, out: RelayCommand[]): void {
    const { direction, payload, isText, when, by } = command;
    const injection = { direction, payload, isText, when, keepAnswer: true, timeoutMs: operatorTimeoutMs };
    this.inject(injection, { rule: by, fault: "inject" }, atNs, out);
  }

  /** A rule wants something done to the answer of a CALL. */
  plan(direction: Direction, id: string, plan: AnswerPlan, author: Author): void {
    this.injector.plan(direction, id, plan, author);
  }

  /** Takes what is planned for a message; undefined for most. Our own CALL that it answers is closed. */
  claim(message: RuledMessage, atNs: number, out: RelayCommand[]): PlannedAnswer | undefined {
    const claimed = this.injector.claim(message);
    if (claimed === undefined) return undefined;
    const { planned, closesOwn } = claimed;
    if (planned?.isOurs === true) message.answersUs = true;
    if (closesOwn) this.endOwnCall(opposite(message.direction), atNs, out);
    return planned;
  }

  /** Whether a message of the peer must wait for the answer to our CALL. */
  mustWait(message: RuledMessage): boolean {
    return this.injector.mustWait(message);
  }

  /** A message of the peers has been decided on or forwarded. */
  noteMessage(message: RuledMessage, atNs: number, out: RelayCommand[]): void {
    if (!message.answersUs && this.injector.noteMessage(message, atNs))
      this.sendReady(opposite(message.direction), atNs, out);
  }

  /** A message of the peers has been sent: what waited for it follows, in either direction. */
  messageSent(message: RuledMessage, atNs: number, out: RelayCommand[]): void {
    this.lanes["cp-to-csms"].messageSent(message, atNs, out);
    this.lanes["csms-to-cp"].messageSent(message, atNs, out);
  }

  /** The operator releases what rules hold back until then. */
  release(atNs: number, out: RelayCommand[]): void {
    this.lanes["cp-to-csms"].release("command", atNs, out);
    this.lanes["csms-to-cp"].release("command", atNs, out);
  }

  /** The timer rang. */
  wake(atNs: number, out: RelayCommand[]): void {
    this.timerAtNs = undefined;
    for (const direction of ["cp-to-csms", "csms-to-cp"] as const) {
      if (this.injector.expires(direction, atNs)) this.endOwnCall(direction, atNs, out);
      else this.sendReady(direction, atNs, out);
    }
  }

  /** Sets the timer, where something waits. */
  setTimer(atNs: number, out: RelayCommand[]): void {
    const nextNs = this.injector.nextAtNs();
    if (nextNs === undefined || (this.timerAtNs !== undefined && this.timerAtNs <= nextNs)) return;
    this.timerAtNs = nextNs;
    const ms = timerMs(atNs, nextNs);
    out.push({ kind: "timer", id: ownMessagesTimer, ms });
  }

  private endOwnCall(direction: Direction, atNs: number, out: RelayCommand[]): void {
    this.lanes[direction].release("own-call", atNs, out);
    this.sendReady(direction, atNs, out);
  }

  private sendReady(direction: Direction, atNs: number, out: RelayCommand[]): void {
    for (;;) {
      const own = this.injector.takeReady(direction, atNs);
      if (own === undefined) return;
      this.send(own, atNs, out);
    }
  }

  /** Frames a message of our own and sends it. */
  private send(own: OwnMessage, atNs: number, out: RelayCommand[]): void {
    const { direction, payload, isText = true } = own.injection;
    const { connection } = this;
    const { rule } = own.author;
    const mask = direction === "cp-to-csms" ? ownMask : undefined;
    const raw = encodeFrame({ opcode: isText ? opcodes.text : opcodes.binary, payload, mask });
    if (this.lanes[direction].sendOwn(raw, atNs, out) === "never") {
      const message = `${direction}: a message of ${rule} could not be sent`;
      const entry = { kind: "note", connection, at: atNs, code: "not-injected", message } as const;
      out.push({ kind: "record", entry, sent: false });
      return;
    }
    // So that its answer is known by its action. Our answer to a CALL of the peer closes nothing: the real one still comes.
    const { peeked } = own;
    if (peeked?.type === "CALL") this.names.noteCall(direction, peeked.id, peeked.action);
    const entry = { kind: "injected", connection, direction, at: atNs, by: rule, raw } as const;
    out.push({ kind: "record", entry, sent: false });
    this.injector.noteSent(own, atNs);
  }
}
