// The session that the cast shows: runs its commands against the built-in CSMS and gives the lines to draw. What differs
// from run to run (ports) is put back to what the commands say, so that two runs give the same lines.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../build.mjs";

const sample = "recordings/sample-1.6.cassette";
const counts = /^ {2}\d+ equal/;

/** Comments, and commands with the lines of theirs that are drawn; `also` is a line of the command in the background. */
const STEPS = [
  { comment: "record: the proxy between a charger and its CSMS" },
  {
    command: "ocpp-vcr record --csms ws://127.0.0.1:9000 --listen 9310 --out cassettes &",
    shows: [/^Listening on/],
  },
  {
    command: `ocpp-vcr replay ${sample} --csms ws://127.0.0.1:9310`,
    shows: [counts, /^ {2}pass/],
  },
  { comment: "replay: the cassette plays its charger; ids that the CSMS chooses are followed" },
  {
    command: "ocpp-vcr replay cassettes --csms ws://127.0.0.1:9000",
    shows: [/^ {2}bound/, /transactionId: /, counts, /^ {2}pass/],
  },
  { comment: "disturb: lose one answer, and see what the charger and the CSMS make of it" },
  {
    command:
      "ocpp-vcr record --csms ws://127.0.0.1:9000 --listen 9311 --rules examples/lose-start-answer.yaml &",
    shows: [],
  },
  {
    command: `ocpp-vcr replay ${sample} --csms ws://127.0.0.1:9311 --timeout 1s`,
    also: /: rule lose-start-answer: CALLRESULT/,
    shows: [/^ {2}fork 1 .*:/, counts, /^ {2}fail/],
  },
];

/** The lines of the session: `{ kind: "comment" | "command" | "output", text }`. */
export async function castLines() {
  const folder = mkdtempSync(join(tmpdir(), "ocpp-vcr-cast-"));
  const started = [];
  try {
    cpSync(join(root, sample), join(folder, sample));
    cpSync(join(root, "examples"), join(folder, "examples"), { recursive: true });
    const ports = new Map();
    for (const port of ["9000", "9310", "9311"]) ports.set(port, await freePort());
    const begin = (command) => {
      const program = startProgram(folder, inPorts(command, ports));
      started.push(program);
      return program;
    };
    await listening(begin("ocpp-vcr csms --listen 9000 &"));
    const lines = [];
    let background;
    for (const step of STEPS) {
      if (step.comment !== undefined) {
        lines.push({ kind: "comment", text: step.comment });
        continue;
      }
      const program = begin(step.command);
      if (step.command.endsWith("&")) {
        background = program;
        await listening(program);
      } else await program.ended;
      const printed = [...(step.also === undefined ? [] : linesOf(background, [step.also]))];
      printed.push(...linesOf(program, step.shows));
      lines.push({ kind: "command", text: step.command });
      for (const text of printed) lines.push({ kind: "output", text: outOfPorts(text, ports) });
    }
    return lines;
  } finally {
    for (const { child } of started) child.kill("SIGKILL");
    await Promise.all(started.map(({ ended }) => ended));
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The first line for each pattern; throws where there is none. */
function linesOf(program, patterns) {
  const lines = program.output().split("\n");
  return patterns.map((pattern) => {
    const line = lines.find((one) => pattern.test(one));
    if (line === undefined) throw new Error(`no line ${pattern} in:\n${program.output()}`);
    return line;
  });
}

const inPorts = (text, ports) =>
  [...ports].reduce(
    (out, [stated, real]) => out.replaceAll(new RegExp(`\\b${stated}\\b`, "g"), String(real)),
    text,
  );

const outOfPorts = (text, ports) =>
  [...ports].reduce((out, [stated, real]) => out.replaceAll(new RegExp(`\\b${real}\\b`, "g"), stated), text);

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** A command line of ours without shell syntax but a last `&`. */
function startProgram(cwd, command) {
  const [, ...args] = command.replace(/\s*&$/, "").split(" ");
  const child = spawn(process.execPath, [join(root, "bin", "ocpp-vcr.js"), ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const watchers = new Set();
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output += chunk;
      for (const watch of [...watchers]) watch();
    });
  const ended = once(child, "close");
  return { child, ended, output: () => output, watchers };
}

/** Resolves when a program says where it listens. */
function listening({ output, watchers, ended }) {
  return new Promise((resolve, reject) => {
    const watch = () => {
      if (/isten(s|ing) on .*\n/.test(output())) resolve();
    };
    watchers.add(watch);
    watch();
    void ended.then(() => reject(new Error(`ended before it listened:\n${output()}`)));
  });
}
