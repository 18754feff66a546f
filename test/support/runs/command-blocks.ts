// Runs the command blocks of a document as a reader would: the `sh` blocks of one page in order in one folder,
// lines ending with `&` in the background until they listen, `# exit N` behind a command for what it ends with.
// A `text` block behind an `sh` block is what was printed; `…` in it stands for anything.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  readonly lines: readonly string[];
}

/** What a page's commands printed and how they ended. */
export interface Ran {
  readonly command: string;
  readonly expectedExit: number;
  readonly exit: number | null;
  readonly output: string;
}

/** The fenced blocks of a page, in order. */
export function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", body = ""]) => ({
    language,
    lines: body.split("\n").filter((line) => line.trim() !== ""),
  }));
}

/** Whether a line of what was printed is the one that the page shows. */
export function fitsLine(shown: string, printed: string): boolean {
  const pattern = shown
    .trim()
    .split("…")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${pattern}$`).test(printed.trim());
}

/** Commands that set up or test the project itself: `.ci/run` runs them in a clean checkout. */
const ofTheProject = /^(npm (start|test|run|ci|pack)|git clone|cd ocpp-vcr)\b/;

/** Below the ports that systems give away themselves: between the look and the use, one of those is soon taken. */
const firstPort = 20_000;
const portCount = 12_000;
const givenPorts = new Set<number>();

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
      .once("error", () => resolve(false))
      .listen(port, () => server.close(() => resolve(true)));
  });

const freePort = async (): Promise<number> => {
  for (;;) {
    const port = firstPort + Math.floor(Math.random() * portCount);
    if (givenPorts.has(port) || !(await isFree(port))) continue;
    givenPorts.add(port);
    return port;
  }
};

const makeFolder = (): { folder: string; path: string } => {
  const folder = mkdtempSync(join(tmpdir(), "ocpp-vcr-docs-"));
  cpSync(join(root, "recordings"), join(folder, "recordings"), {
    recursive: true,
    filter: (from) => !from.includes("demo"),
  });
  cpSync(join(root, "examples"), join(folder, "examples"), { recursive: true });
  const bin = join(folder, ".bin");
  mkdirSync(bin);
  const launcher = join(bin, "ocpp-vcr");
  writeFileSync(launcher, `#!/bin/sh\nexec "${process.execPath}" "${join(root, "bin/ocpp-vcr.js")}" "$@"\n`);
  chmodSync(launcher, 0o755);
  return { folder, path: `${bin}:${process.env.PATH ?? ""}` };
};

interface Started {
  readonly child: ChildProcess;
  output: string;
}

const start = (line: string, folder: string, path: string): Started => {
  const child = spawn("bash", ["-c", `exec ${line}`], {
    cwd: folder,
    env: { ...process.env, PATH: path, NO_COLOR: "1" },
  });
  const started: Started = { child, output: "" };
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      started.output += chunk.toString();
    });
  return started;
};

const untilListening = async (started: Started): Promise<void> => {
  const { child } = started;
  while (!/isten(s|ing) on/.test(started.output)) {
    const ended = await Promise.race([
      once(child.stdout ?? child, "data").then(() => false),
      once(child, "exit").then(() => true),
    ]);
    if (ended) throw new Error(`ended before it listened: ${started.output}`);
  }
};

/** Replaces the ports that a page writes by free ones, the same for the same. */
export async function withFreePorts(page: string): Promise<string> {
  let out = page;
  for (const port of new Set(page.match(/\b9\d{3}\b/g) ?? []))
    out = out.replaceAll(new RegExp(`\\b${port}\\b`, "g"), String(await freePort()));
  return out;
}

type Result = { readonly ran: Ran; readonly shown: readonly string[] };

/** Runs a page's commands; the background ones are interrupted at the end and must end with 0. */
export async function runPage(path: string): Promise<readonly Result[]> {
  const page = await withFreePorts(readFileSync(join(root, path), "utf8"));
  const place = makeFolder();
  const background: Started[] = [];
  try {
    return await runBlocks(blocksOf(page), place, background);
  } finally {
    for (const { child } of background) child.kill("SIGKILL");
    rmSync(place.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function runBlocks(
  blocks: readonly Block[],
  place: { folder: string; path: string },
  background: Started[],
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const [i, block] of blocks.entries()) {
    if (block.language !== "sh") continue;
    let output = "";
    for (const line of joinContinued(block.lines).filter(
      (one) => !ofTheProject.test(one) && !one.startsWith("#"),
    )) {
      const [, command = line, code = "0"] = /^(.*?)(?:\s+#\s*exit (\d+))?$/.exec(line) ?? [];
      const started = start(command.replace(/\s*&$/, ""), place.folder, place.path);
      if (command.endsWith("&")) {
        background.push(started);
        await untilListening(started);
        output += started.output;
        continue;
      }
      const [exit] = (await once(started.child, "close")) as [number | null];
      output += started.output;
      results.push({ ran: { command, expectedExit: Number(code), exit, output: started.output }, shown: [] });
    }
    const next = blocks[i + 1];
    if (next?.language === "text")
      results.push({
        ran: { command: block.lines.join("; "), expectedExit: 0, exit: 0, output },
        shown: next.lines,
      });
  }
  for (const { child, output } of background.reverse()) {
    child.kill("SIGINT");
    const [exit] = (await once(child, "close")) as [number | null];
    results.push({
      ran: { command: "a command in the background", expectedExit: 0, exit, output },
      shown: [],
    });
  }
  return results;
}

const joinContinued = (lines: readonly string[]): readonly string[] =>
  lines
    .join("\n")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n");
