// The person at a replay: lets messages go one by one, and says what to do when a call stays out. Lines on stdin
// in, words for the run out; where stdin ends, the run goes on by itself.

import { createInterface, type Interface } from "node:readline";
import type { RunningReplay } from "../../io/station/run-replay.js";
import type { AwaitedCall, NextStep } from "../../replay/protocol.js";
import { jsonLine } from "../../text/printable.js";
import type { CliSession } from "../common/session.js";
import { nextStepWords } from "../words/replay-words.js";

/** What a person is talked to with. */
export interface OperatorOptions {
  readonly session: CliSession;
  readonly say: (line: string) => void;
  readonly json: boolean;
  /** Manual pace. */
  readonly steps: boolean;
  readonly asks: boolean;
  readonly input?: NodeJS.ReadableStream;
}

const answers: Readonly<Record<string, "send" | "skip" | "fail">> = {
  send: "send",
  skip: "skip",
  fail: "fail",
};

/** Talks to the person. */
export class Person {
  private readonly options: OperatorOptions;
  private readonly lines: Interface | undefined;
  private running: RunningReplay | undefined;
  /** Lines that came while nothing ran. */
  private early: string[] = [];
  private wantsEnd = false;
  private isGone = false;
  private isAsked = false;

  constructor(options: OperatorOptions) {
    this.options = options;
    if (!options.steps && !options.asks) return;
    this.lines = createInterface({ input: options.input ?? process.stdin });
    this.lines.on("line", (line) => this.line(line.trim().toLowerCase()));
    this.lines.on("close", () => this.gone());
  }

  /** Whether the person wants no further replay. */
  get hasQuit(): boolean {
    return this.wantsEnd;
  }

  /** Speaks for this run from now on. */
  attach(running: RunningReplay): void {
    this.running = running;
    this.isAsked = false;
    const { early } = this;
    this.early = [];
    for (const line of early) this.line(line);
    if (this.isGone && this.options.steps && !this.wantsEnd) this.goOn();
  }

  /** The run is over. */
  detach(): void {
    this.running = undefined;
  }

  /** Tells which message waits. */
  showStep(next: NextStep): void {
    const { session, say, json } = this.options;
    if (json) session.out(jsonLine({ event: "step", ...next }));
    say(nextStepWords(next, session));
  }

  /** Asks what to do without a call. */
  ask({ for: action, because }: AwaitedCall): void {
    if (this.isGone) {
      this.running?.answer("fail");
      return;
    }
    this.isAsked = true;
    this.options.say(`  the CSMS did not call ${action}: ${because}. send, skip or fail?`);
  }

  /** Listens no more. */
  close(): void {
    this.detach();
    this.lines?.close();
  }

  private line(line: string): void {
    if (this.running === undefined) {
      this.early.push(line);
      return;
    }
    const answer = Object.hasOwn(answers, line) ? answers[line] : undefined;
    if (this.isAsked && answer !== undefined) {
      this.isAsked = false;
      this.running.answer(answer);
    } else if (this.isAsked) this.options.say("  send, skip or fail?");
    else if (!this.options.steps) return;
    else if (line === "q") this.quit();
    else if (line === "a") this.running.step(true);
    else if (line === "" || line === "n") this.running.step(false);
    else this.options.say("  Enter or n sends the message, a all that are left, q ends the replay");
  }

  private gone(): void {
    this.isGone = true;
    if (this.running === undefined) return;
    if (this.isAsked) this.running.answer("fail");
    if (this.options.steps) this.goOn();
  }

  private goOn(): void {
    this.options.say("  note       stdin has ended; the rest goes by itself");
    this.running?.step(true);
  }

  private quit(): void {
    this.wantsEnd = true;
    this.running?.stop();
  }
}
