// Starts `ocpp-vcr` as a process of its own, as a user does, and `record` on a free port.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const launcher = fileURLToPath(new URL("../../../bin/ocpp-vcr.js", import.meta.url));

/** A started program. */
export interface Program {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Waits for a line of stdout that contains this. Rejects if the program ends without one. */
  line(part: string): Promise<string>;
  /** Resolves to the exit code, or to the signal that ended the program. */
  readonly ended: Promise<number | string>;
}

/** A new folder, removed after the test. */
export async function ownFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ocpp-vcr-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Starts the program with these arguments; it is killed when the test ends. */
export function startProgram(cwd: string, ...args: readonly string[]): Program {
  const child = spawn(process.execPath, [launcher, ...args], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  let over = false;
  const watchers = new Set<() => void>();
  const look = (): void => {
    for (const watch of [...watchers]) watch();
  };
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
    look();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<number | string>((resolve) =>
    child.once("close", (code, signal) => {
      over = true;
      look();
      resolve(code ?? signal ?? -1);
    }),
  );
  onTestFinished(() => {
    if (!over) child.kill("SIGKILL");
  });
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    line: (part) =>
      new Promise((resolve, reject) => {
        const watch = (): void => {
          const whole = stdout.slice(0, stdout.lastIndexOf("\n") + 1).split("\n");
          const found = whole.find((line) => line.includes(part));
          if (found === undefined && !over) return;
          watchers.delete(watch);
          if (found === undefined) reject(new Error(`it ended without "${part}":\n${stdout}\n${stderr}`));
          else resolve(found);
        };
        watchers.add(watch);
        watch();
      }),
  };
}

/** Starts `record --json` in a folder, on a free port; its cassettes go to `cassettes/` in the folder. */
export async function startRecord(
  folder: string,
  csmsPort: number,
  ...args: readonly string[]
): Promise<{ program: Program; port: number }> {
  const csms = `ws://127.0.0.1:${csmsPort}`;
  const program = startProgram(
    folder,
    "record",
    "--json",
    "--csms",
    csms,
    "--listen",
    "0",
    "-o",
    "cassettes",
    ...args,
  );
  const { url } = JSON.parse(await program.line('"listening"')) as { url: string };
  return { program, port: Number(new URL(url).port) };
}

/** Paths of all cassettes below a folder. */
export async function cassettesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith(".cassette")).map((name) => join(folder, name));
}
