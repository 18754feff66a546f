// The examples of the library, run as they stand against a CSMS of ocpp-rpc.
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { startRpcCsms } from "../../support/peers/rpc-peers.js";
import { temporaryFolder } from "../../support/runs/temporary-folder.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../../", import.meta.url));

/** A project of its own, in which the package is installed. */
const project = (): string => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules", "ocpp-vcr"));
  cpSync(join(root, "examples"), join(folder, "examples"), { recursive: true });
  cpSync(join(root, "recordings"), join(folder, "recordings"), { recursive: true });
  return folder;
};

const node = async (folder: string, ...args: readonly string[]): Promise<string> =>
  (await run(process.execPath, [...args], { cwd: folder, env: { PATH: process.env.PATH } })).stdout;

test.each([
  ["disturb.mjs", "armed: lose-start"],
  ["lint.mjs", "event short-session"],
])(
  "examples/library/%s runs in a project of its own",
  async (name, line) => {
    expect(await node(project(), `examples/library/${name}`)).toContain(line);
  },
  60_000,
);

test("examples/library/replay.mjs prints the verdict for a CSMS of ocpp-rpc", async () => {
  const rpc = await startRpcCsms({ strict: true, firstId: 1, calls: false });
  const script = ["examples/library/replay.mjs", "recordings/sample-1.6.cassette", rpc.url];
  const { stdout } = await run(process.execPath, script, { cwd: project() }).catch((error) => error);
  expect(stdout).toMatch(/^(pass|fail|partial) sha256:/);
  expect(rpc.received).toContain("StartTransaction");
}, 60_000);

test("examples/library/record.mjs prints the messages that pass, until it is interrupted", async () => {
  const rpc = await startRpcCsms({ strict: true, firstId: 1, calls: false });
  const folder = project();
  const running = run(process.execPath, ["examples/library/record.mjs", rpc.url], { cwd: folder });
  const url = await new Promise<string>((resolve) => {
    running.child.stdout?.on("data", (data: Buffer) => {
      const found = /ws:\/\/\S+/.exec(data.toString());
      if (found !== null) resolve(found[0]);
    });
  });
  await run(process.execPath, ["examples/library/replay.mjs", "recordings/sample-1.6.cassette", url], {
    cwd: folder,
  }).catch(() => undefined);
  running.child.kill("SIGINT");
  const { stdout } = await running;
  expect(stdout).toMatch(/SAMPLE-16 cp-to-csms CALL StartTransaction/);
  expect(stdout).toMatch(/entries in recordings\/SAMPLE-16\/.*\.cassette/);
}, 60_000);

test("examples/library/test-a-csms.mjs records on its first run and replays on the second", async () => {
  const folder = project();
  for (const _run of [1, 2])
    expect(await node(folder, "--test", "examples/library/test-a-csms.mjs")).toMatch(/pass 1/);
}, 120_000);
