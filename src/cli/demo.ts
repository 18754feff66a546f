// `ocpp-vcr demo`: records, replays and disturbs a sample charge point in a few seconds. Runs the commands that a user
// would type as child processes, prints each command and its output, and checks its exit code.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { VcrError } from "../base/errors.js";
import { type CliSession, raiseExitCode } from "./common/session.js";

const packageFile = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

interface Stage {
  readonly session: CliSession;
  readonly running: Set<ChildProcess>;
  failed: boolean;
  stopped: boolean;
}

/** A command of the demo. */
interface Running {
  /** The lines that it has printed so far. */
  readonly lines: readonly string[];
  /** Resolves with its exit code. */
  readonly done: Promise<number | null>;
  /** The first line that matches; rejects if the command ends without one. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  /** Interrupts it as Ctrl-C would. */
  interrupt(): Promise<number | null>;
}

const heading = (stage: Stage, words: string): void => {
  stage.session.out("");
  stage.session.out(stage.session.paint.bold(words));
};

const start = (
  stage: Stage,
  args: readonly string[],
  shows: (line: string) => boolean = () => true,
): Running => {
  const { session, running } = stage;
  if (stage.stopped) throw new Error("the demo was interrupted");
  session.out(session.paint.cyan(`  $ ocpp-vcr ${args.join(" ")}`));
  const child = spawn(process.execPath, [packageFile("bin/ocpp-vcr.js"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  const lines: string[] = [];
  const waiting: { pattern: RegExp; resolve: (found: RegExpExecArray) => void }[] = [];
  const take = (line: string): void => {
    lines.push(line);
    if (shows(line)) session.out(`    ${line}`);
    for (const { pattern, resolve } of waiting) {
      const found = pattern.exec(line);
      if (found !== null) resolve(found);
    }
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", take);
  const done = once(child, "close").then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  return {
    lines,
    done,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        for (const earlier of lines) {
          const found = pattern.exec(earlier);
          if (found !== null) resolve(found);
        }
        waiting.push({ pattern, resolve });
        void done.then((code) => reject(new Error(`ocpp-vcr ${args[0]} ended with ${code} too early`)));
      }),
    interrupt: () => {
      child.kill("SIGINT");
      return done;
    },
  };
};

const expectExit = (stage: Stage, what: string, code: number | null, expected: number): void => {
  if (code === expected || stage.stopped) return;
  stage.failed = true;
  stage.session.err(`ocpp-vcr: ${what} ended with ${code} instead of ${expected}`);
};

const urlIn = /(ws:\/\/[^\s",]+)/;

interface Recording {
  readonly cassette: string;
  readonly verdictExit: number | null;
}

/** Records the sample charge point through a proxy; returns the cassette. */
const recordSample = async (stage: Stage, sample: string, record: readonly string[]): Promise<Recording> => {
  const proxy = start(stage, ["record", ...record]);
  const [, url = ""] = await proxy.line(/Listening on (ws:\/\/[^\s,]+)/);
  const station = start(stage, ["replay", sample, "--csms", url, "--timeout", "1s"]);
  const verdictExit = await station.done;
  expectExit(stage, "the recording proxy", await proxy.interrupt(), 0);
  const cassette = proxy.lines
    .map((line) => /^\s+(\S.*\.cassette)$/.exec(line)?.[1])
    .find((path) => path !== undefined);
  if (cassette === undefined) throw new Error("the proxy wrote no cassette");
  return { cassette, verdictExit };
};

const play = async (stage: Stage, out: string): Promise<void> => {
  const { session } = stage;
  const sample = packageFile("recordings/sample-1.6.cassette");
  const rules = packageFile("examples/lose-start-answer.yaml");
  for (const file of [sample, rules])
    if (!existsSync(file))
      throw new VcrError("FILE_UNREADABLE", `${file} is missing`, "Install the package again.");

  heading(stage, "1. A CSMS: the embedded one");
  const csms = start(stage, ["csms", "--listen", "127.0.0.1:0"], (line) => line.includes("listens"));
  const [, csmsUrl = ""] = await csms.line(urlIn);

  heading(stage, "2. A charge point (a recorded one) talks to it through the recording proxy");
  const recorded = await recordSample(stage, sample, [
    "--csms",
    csmsUrl,
    "--listen",
    "127.0.0.1:0",
    "--out",
    out,
  ]);
  expectExit(stage, "the simulated charge point", recorded.verdictExit, 0);

  heading(stage, "3. The content of the cassette");
  expectExit(stage, "info", await start(stage, ["info", recorded.cassette]).done, 0);
  expectExit(stage, "verify", await start(stage, ["verify", recorded.cassette]).done, 0);

  heading(stage, "4. The new recording is replayed against the CSMS");
  const replayed = start(stage, ["replay", recorded.cassette, "--csms", csmsUrl]);
  expectExit(stage, "the replay", await replayed.done, 0);

  heading(stage, "5. The same charge point, disturbed by rules: the answer to StartTransaction is lost");
  const faulty = ["--csms", csmsUrl, "--listen", "127.0.0.1:0", "--out", out, "--rules", rules];
  const disturbed = await recordSample(stage, sample, faulty);
  expectExit(stage, "the disturbed charge point (its verdict must be fail)", disturbed.verdictExit, 1);
  expectExit(stage, "the embedded CSMS", await csms.interrupt(), 0);

  session.out("");
  session.out(`Cassettes: ${out}/  (to see one: ocpp-vcr show ${disturbed.cassette})`);
  session.out(
    stage.failed
      ? "The demo failed."
      : "Verdicts: pass when recorded, pass when replayed, fail when disturbed, as expected.",
  );
};

const demo = async (session: CliSession, out: string): Promise<void> => {
  const stage: Stage = { session, running: new Set(), failed: false, stopped: false };
  void session.untilStopped().then(() => {
    raiseExitCode(session, 130);
    stage.stopped = true;
    for (const child of stage.running) child.kill("SIGINT");
  });
  try {
    await play(stage, out);
  } catch (error) {
    // After an interruption, the errors of interrupted children are expected.
    if (!stage.stopped) throw error;
  } finally {
    for (const child of stage.running) child.kill("SIGINT");
  }
  if (stage.failed) raiseExitCode(session, 1);
};

/** Adds `demo` to the program. */
export function registerDemo(program: Command, session: CliSession): void {
  program
    .command("demo")
    .description("Record, replay and disturb a sample charge point in a few seconds.")
    .option("-o, --out <folder>", "folder of the cassettes", join("recordings", "demo"))
    .addHelpText("after", "\nExample:\n  ocpp-vcr demo --out /tmp/demo")
    .action((options: { out: string }) => demo(session, options.out));
}
