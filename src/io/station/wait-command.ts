// Runs the user's command (--on-wait) for each call of the CSMS that a replay waits for, so that it can make the CSMS call.
// The command gets the call as one line of JSON on stdin; its output is passed on; it ends with the wait at the latest.

import { type ChildProcess, spawn } from "node:child_process";
import type { AwaitedCall } from "../../replay/protocol.js";
import { startTimer } from "../platform/timers.js";

/** The commands of one replay. */
export interface WaitCommands {
  /** Starts the command for a call. */
  start(waiting: AwaitedCall): void;
  /** Ends the commands that still run. */
  end(): void;
}

/** The longest line of output that is passed on, in characters. */
const longestLine = 2000;

/** The line on a command's stdin. */
export function waitLine(waiting: AwaitedCall, identity: string): string {
  const { for: action, payload, id, timeoutMs } = waiting;
  // The payload keeps its characters, so that integers of any size keep their digits.
  const head = `"identity":${JSON.stringify(identity)},"action":${JSON.stringify(action)}`;
  return `{${head},"payload":${payload},"id":${JSON.stringify(id)},"timeoutMs":${timeoutMs}}\n`;
}

const kill = (child: ChildProcess): void => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    // The shell and what it started are one process group.
    if (process.platform === "win32") child.kill();
    else process.kill(-child.pid, "SIGTERM");
  } catch {
    // The process has ended already.
  }
};

/** Makes the commands of one replay; `print` takes their output and what went wrong. */
export function createWaitCommands(
  command: string,
  identity: string,
  print: (line: string) => void,
): WaitCommands {
  const running = new Set<ChildProcess>();
  const start = (waiting: AwaitedCall): void => {
    const child = spawn(command, { shell: true, detached: process.platform !== "win32", stdio: "pipe" });
    running.add(child);
    const timer = startTimer(() => {
      print(`--on-wait: the command for ${waiting.for} took longer than the wait and was ended`);
      kill(child);
    }, waiting.timeoutMs);
    const finish = (): void => {
      timer.stop();
      running.delete(child);
    };
    child.on("error", (error) => {
      finish();
      print(`--on-wait: the command cannot be run: ${error.message}`);
    });
    child.on("exit", (code, signal) => {
      finish();
      if (code !== null && code !== 0) print(`--on-wait: the command for ${waiting.for} ended with ${code}`);
      else if (signal !== null && signal !== "SIGTERM")
        print(`--on-wait: the command for ${waiting.for} was ended by ${signal}`);
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (output: string) => {
        for (const line of output.split("\n")) if (line !== "") print(line.slice(0, longestLine));
      });
    // A command need not read its stdin.
    child.stdin.on("error", () => undefined).end(waitLine(waiting, identity));
  };
  return {
    start,
    end: () => {
      for (const child of running) kill(child);
    },
  };
}
