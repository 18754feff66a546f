// Runs the command blocks of a page as a newcomer does who has a checkout, has run `npm start` in it, and has got the
// command as the README says. All `sh` blocks run in order, in one folder; a line that ends with `&` stays in the
// background once it listens; `# exit N` after a command is its exit code. A `text` block after an `sh` block shows
// lines that were printed; `…` in it matches anything.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  readonly lines: readonly string[];
  /** The block as it is, with blank lines. */
  readonly body: string;
  /** The last path in backticks before the block: the file that a block of code belongs to. */
  readonly file: string | undefined;
}

/** One command of a page, or all of one block: how it ended and what it printed. */
export interface CommandResult {
  readonly command: string;
  readonly expectedExit: number;
  readonly exit: number | null;
  readonly output: string;
  /** The lines of the `text` block that follows; none after a single command. */
  readonly shown: readonly string[];
}

/** The fenced blocks of a page, in order. */
export function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(
    ({ index, 1: language = "", 2: body = "" }) => ({
      language,
      lines: body.split("\n").filter((line) => line.trim() !== ""),
      body,
      file: [...page.slice(0, index).matchAll(/`([\w./-]+\/[\w./-]+\.\w+)`/g)].at(-1)?.[1],
    }),
  );
}

/** Whether a printed line matches a line that the page shows. */
export function matchesLine(shown: string, printed: string): boolean {
  const pattern = shown
    .trim()
    .split("…")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${pattern}$`).test(printed.trim());
}

/** Commands that install, build, test or pack the project itself: `.ci/run` and test/long/install.test.ts run them. */
const ofTheProject = /^npm (start|test|run|ci|pack|install)\b/;

/** Below the ports that systems choose themselves: one of those may be taken between the check and the use. */
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

/** Where the commands of a page run. */
interface Place {
  /** A checkout, installed and built, made of copies and links. */
  readonly folder: string;
  /** The environment of a user whose npm installs commands in a folder of its own; no `ocpp-vcr` is on the PATH. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether the code of a page is written into it, and commands that build and test the project run. */
  readonly isChanged?: true;
  /** Whether the YAML files of a page are written into it. */
  readonly hasYaml?: true;
}

/** The environment of this process without npm's own variables, and with `prefix` as npm's folder for commands. */
const newcomerEnv = (prefix: string): Place["env"] => {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  const path = (process.env.PATH ?? "").split(delimiter).filter((one) => !existsSync(join(one, "ocpp-vcr")));
  const PATH = [join(prefix, "bin"), dirname(process.execPath), ...path].join(delimiter);
  return { ...Object.fromEntries(kept), PATH, NO_COLOR: "1", npm_config_prefix: prefix };
};

/** What earlier runs left in the checkout. */
const leftByRuns =
  /^[\\/](recordings[\\/](?!sample-|README)|certs[\\/](?!README)|\.bootstrap[\\/]lock|[^\\/]+\.tgz$)/;

const makePlace = (names: readonly string[], links: readonly string[]): Place => {
  const folder = mkdtempSync(join(tmpdir(), "ocpp-vcr-docs-"));
  const filter = (from: string): boolean => !leftByRuns.test(from.slice(root.length - 1));
  for (const name of names)
    cpSync(join(root, name), join(folder, name), { recursive: true, filter, verbatimSymlinks: true });
  for (const name of links) symlinkSync(join(root, name), join(folder, name));
  return { folder, env: newcomerEnv(join(folder, ".npm-prefix")) };
};

/** A checkout to run commands in. */
const placeToRun = (): Place =>
  makePlace(["package.json", "bin", "examples", "recordings", "certs"], ["dist", "node_modules"]);

/** A whole checkout to pack, already built. Its scripts do not run: they would install packages, which CI does elsewhere. */
const placeToPack = (): Place => {
  const names = readdirSync(root).filter((name) => !/^(node_modules|\.git|test|coverage)$/.test(name));
  const { folder, env } = makePlace(names, []);
  return { folder, env: { ...env, npm_config_ignore_scripts: "true" } };
};

/**
 * A whole checkout to change, build and test; the command runs from it. The packages are copied as well, because npm may
 * install them anew, which would empty a linked folder.
 */
const placeToChange = (): Place => {
  const place = makePlace(
    readdirSync(root).filter((name) => !/^(\.git|coverage)$/.test(name)),
    [],
  );
  const commands = join(place.folder, ".npm-prefix", "bin");
  mkdirSync(commands, { recursive: true });
  symlinkSync(join(place.folder, "bin", "ocpp-vcr.js"), join(commands, "ocpp-vcr"));
  return { ...place, isChanged: true };
};

interface Started {
  readonly child: ChildProcess;
  output: string;
}

const start = (line: string, { folder, env }: Place): Started => {
  const child = spawn("bash", ["-c", `exec ${line}`], { cwd: folder, env });
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

/** The README's block that gets the command. */
const installBlocks = (): readonly Block[] =>
  blocksOf(readFileSync(join(root, "README.md"), "utf8")).filter(({ lines }) =>
    lines.some((line) => line.startsWith("npm link")),
  );

/** Runs a page's commands. Those in the background are interrupted at the end and must end with 0. */
export async function runPage(path: string): Promise<readonly CommandResult[]> {
  const page = await withFreePorts(readFileSync(join(root, path), "utf8"));
  return runPageIn(placeToRun(), page, path === "README.md" ? [] : installBlocks());
}

/** Runs a page's commands, and writes each `yaml` block into the file that is named before it. */
export async function runPageWithYaml(path: string): Promise<readonly CommandResult[]> {
  const page = readFileSync(join(root, path), "utf8");
  return runPageIn({ ...placeToRun(), hasYaml: true }, page, installBlocks());
}

async function runPageIn(
  place: Place,
  page: string,
  before: readonly Block[] = [],
): Promise<readonly CommandResult[]> {
  const background: Started[] = [];
  try {
    return await runBlocks([...before, ...blocksOf(page)], place, background);
  } finally {
    for (const { child } of background) child.kill("SIGKILL");
    rmSync(place.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The text of a file with the lines that a `diff` block adds; throws if the lines around them are not in it. */
export function withAddedLines({ body, file }: Block, text: string): string {
  const lines = body.trimEnd().split("\n");
  const without = (sign: string): string =>
    lines.flatMap((line) => (line.startsWith(sign) ? [] : [line.slice(1)])).join("\n");
  if (!text.includes(without("+"))) throw new Error(`${file} does not contain:\n${without("+")}`);
  return text.replace(without("+"), () => without("-"));
}

/** Writes a block of code into a checkout: `ts` is a whole file, `diff` adds lines to one. */
const writeCode = (block: Block, folder: string): void => {
  const path = join(folder, block.file ?? "");
  if (block.language === "ts") writeFileSync(path, block.body);
  if (block.language === "diff") writeFileSync(path, withAddedLines(block, readFileSync(path, "utf8")));
};

/** Follows a page that changes the program: writes its code into a copy of the checkout and runs all its commands there. */
export async function followPage(path: string): Promise<readonly CommandResult[]> {
  return runPageIn(placeToChange(), await withFreePorts(readFileSync(join(root, path), "utf8")));
}

/** Runs these commands in a whole checkout, those that pack and install the project as well. */
export async function runPacking(commands: readonly string[]): Promise<readonly CommandResult[]> {
  const place = placeToPack();
  const results: CommandResult[] = [];
  try {
    for (const command of commands) {
      const started = start(command, place);
      const [exit] = (await once(started.child, "close")) as [number | null];
      results.push({ command, expectedExit: 0, exit, output: started.output, shown: [] });
    }
    return results;
  } finally {
    rmSync(place.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function runBlocks(
  blocks: readonly Block[],
  place: Place,
  background: Started[],
): Promise<readonly CommandResult[]> {
  const results: CommandResult[] = [];
  for (const [i, block] of blocks.entries()) {
    if (place.isChanged) writeCode(block, place.folder);
    if (place.hasYaml && block.language === "yaml")
      writeFileSync(join(place.folder, block.file ?? ""), block.body);
    if (block.language !== "sh") continue;
    let output = "";
    for (const line of commandsOf(block, place)) {
      const [, command = line, code = "0"] = /^(.*?)(?:\s+#\s*exit (\d+))?$/.exec(line) ?? [];
      const started = start(command.replace(/\s*&$/, ""), place);
      if (command.endsWith("&")) {
        background.push(started);
        await untilListening(started);
        output += started.output;
        continue;
      }
      const [exit] = (await once(started.child, "close")) as [number | null];
      output += started.output;
      results.push({ command, expectedExit: Number(code), exit, output: started.output, shown: [] });
    }
    const next = blocks[i + 1];
    if (next?.language === "text")
      results.push({ command: block.lines.join("; "), expectedExit: 0, exit: 0, output, shown: next.lines });
  }
  for (const { child, output } of background.reverse()) {
    child.kill("SIGINT");
    const [exit] = (await once(child, "close")) as [number | null];
    results.push({ command: "a command in the background", expectedExit: 0, exit, output, shown: [] });
  }
  return results;
}

const commandsOf = ({ lines }: Block, { isChanged }: Place): readonly string[] =>
  lines
    .join("\n")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => (isChanged || !ofTheProject.test(line)) && !line.startsWith("#"));
