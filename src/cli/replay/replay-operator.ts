// The operator at a terminal: sends messages one by one, and decides what happens when a CSMS call does not come. Reads
// lines from stdin; when stdin ends, the replay continues without asking.

import { createInterface, type Interface } from "node:readline";
import type { ReplayOperator } from "../../app/replay/replay-settings.js";
import type { RunningReplay } from "../../io/station/run-replay.js";
import type { AwaitedCall, NextStep } from "../../replay/protocol.js";
import { jsonLine } from "../../text/printable.js";
import type { CliSession } from "../common/session.js";
import { nextStepWords } from "../words/replay-words.js";

/** The options of the operator. */
export interface OperatorOptions {
  readonly session: CliSession;
  readonly say: (line: string) => void;
  readonly json: boolean;
  /** Manual pace: each message waits for the operator. */
  readonly steps: boolean;
  /** The operator is asked about calls that do not come. */
  readonly asks: boolean;
  readonly input?: NodeJS.ReadableStream;
}

const answers: Readonly<Record<string, "send" | "skip" | "fail">> = {
  send: "send",
  skip: "skip",
  fail: "fail",
};

/** The operator at the terminal. */
export class ConsoleOperator implements ReplayOperator {
  private readonly options: OperatorOptions;
  private lines: Interface | undefined;
  private running: RunningReplay | undefined;
  /** Lines that came while nothing ran. */
  private early: string[] = [];
  private wantsEnd = false;
  private isGone = false;
  private isAsked = false;

  constructor(options: OperatorOptions) {
    this.options = options;
  }

  /** Begins to read lines, if the operator has something to decide. */
  listen(): void {
    const { steps, asks, input = process.stdin } = this.options;
    if (!steps && !asks) return;
    this.lines = createInterface({ input });
    this.lines.on("line", (line) => this.onLine(line.trim().toLowerCase()));
    this.lines.on("close", () => this.onEnd());
  }

  get hasQuit(): boolean {
    return this.wantsEnd;
  }

  attach(running: RunningReplay): void {
    this.running = running;
    this.isAsked = false;
    const { early } = this;
    this.early = [];
    for (const line of early) this.onLine(line);
    if (this.isGone && this.options.steps && !this.wantsEnd) this.sendRest();
  }

  detach(): void {
    this.running = undefined;
  }

  showStep(next: NextStep): void {
    const { session, say, json } = this.options;
    if (json) session.out(jsonLine({ event: "step", ...next }));
    say(nextStepWords(next, session));
  }

  ask({ for: action, because }: AwaitedCall): void {
    if (this.isGone) {
      this.running?.answer("fail");
      return;
    }
    this.isAsked = true;
    this.options.say(`  the CSMS did not call ${action}: ${because}. send, skip or fail?`);
  }

  /** Reads no more lines. */
  close(): void {
    this.detach();
    this.lines?.close();
  }

  private onLine(line: string): void {
    const { running, options } = this;
    if (running === undefined) {
      this.early.push(line);
      return;
    }
    const answer = Object.hasOwn(answers, line) ? answers[line] : undefined;
    if (this.isAsked && answer !== undefined) {
      this.isAsked = false;
      running.answer(answer);
    } else if (this.isAsked) options.say("  send, skip or fail?");
    else if (!options.steps) return;
    else if (line === "q") this.quit();
    else if (line === "a") running.step(true);
    else if (line === "" || line === "n") running.step(false);
    else options.say("  Enter or n sends the message, a sends all that are left, q ends the replay");
  }

  private onEnd(): void {
    this.isGone = true;
    if (this.running === undefined) return;
    if (this.isAsked) this.running.answer("fail");
    if (this.options.steps) this.sendRest();
  }

  private sendRest(): void {
    this.options.say("  note       stdin has ended; the rest is sent without asking");
    this.running?.step(true);
  }

  private quit(): void {
    this.wantsEnd = true;
    this.running?.stop();
  }
}
