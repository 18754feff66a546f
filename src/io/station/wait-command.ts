// Runs a person's command for each call of the CSMS that a replay waits for, so that it can make the CSMS call:
// the call as one line of JSON on stdin, what the command prints handed on, its life no longer than the wait.

import { type ChildProcess, spawn } from "node:child_process";
import type { AwaitedCall } from "../../replay/protocol.js";
import { startTimer } from "../platform/timers.js";

/** Runs commands. */
export interface WaitCommands {
  /** Starts the command for a call. */
  start(waiting: AwaitedCall): void;
  /** Ends what still runs. */
  end(): void;
}

/** The longest piece of output that is handed on in one line. */
const longestLine = 2000;

/** The line that a command reads. */
export function waitLine(waiting: AwaitedCall, identity: string): string {
  const { for: action, payload, id, timeoutMs } = waiting;
  // The payload goes as it is: integers of any size keep their digits.
  const head = `"identity":${JSON.stringify(identity)},"action":${JSON.stringify(action)}`;
  return `{${head},"payload":${payload},"id":${JSON.stringify(id)},"timeoutMs":${timeoutMs}}\n`;
}

const kill = (child: ChildProcess): void => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    // The shell and what it started are one group of their own.
    if (process.platform === "win32") child.kill();
    else process.kill(-child.pid, "SIGTERM");
  } catch {
    // It was over already.
  }
};

/** Commands of one replay; `say` takes what they print and what went wrong. */
export function createWaitCommands(
  command: string,
  identity: string,
  say: (line: string) => void,
): WaitCommands {
  const running = new Set<ChildProcess>();
  const start = (waiting: AwaitedCall): void => {
    const child = spawn(command, { shell: true, detached: process.platform !== "win32", stdio: "pipe" });
    running.add(child);
    const timer = startTimer(() => {
      say(`--on-wait: the command for ${waiting.for} took longer than the wait and was ended`);
      kill(child);
    }, waiting.timeoutMs);
    const over = (): void => {
      timer.stop();
      running.delete(child);
    };
    child.on("error", (error) => {
      over();
      say(`--on-wait: the command cannot be run: ${error.message}`);
    });
    child.on("exit", (code, signal) => {
      over();
      if (code !== null && code !== 0) say(`--on-wait: the command for ${waiting.for} ended with ${code}`);
      else if (signal !== null && signal !== "SIGTERM")
        say(`--on-wait: the command for ${waiting.for} was ended by ${signal}`);
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (words: string) => {
        for (const line of words.split("\n")) if (line !== "") say(line.slice(0, longestLine));
      });
    // A command need not read what it is told.
    child.stdin.on("error", () => undefined).end(waitLine(waiting, identity));
  };
  return {
    start,
    end: () => {
      for (const child of running) kill(child);
    },
  };
}
