// The user's command for a call that is waited for.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createWaitCommands, waitLine } from "../../../src/io/station/wait-command.js";
import type { AwaitedCall } from "../../../src/replay/protocol.js";

const folder = mkdtempSync(join(tmpdir(), "wait-command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const waiting: AwaitedCall = {
  kind: "waiting",
  step: 3,
  connection: 1,
  for: "RemoteStopTransaction",
  payload: '{"transactionId": 9223372036854775807}',
  call: "",
  id: 'r"1',
  because: "the end of its transaction",
  timeoutMs: 5000,
};

/** The lines that come of a command until one fits. */
const linesUntil = (command: string, last: RegExp, timeoutMs = 20_000): Promise<readonly string[]> =>
  new Promise((resolve) => {
    const lines: string[] = [];
    const commands = createWaitCommands(command, "CP-1", (line) => {
      lines.push(line);
      if (last.test(line)) resolve(lines);
    });
    commands.start({ ...waiting, timeoutMs });
  });

test("the call is one line of JSON that keeps every digit", () => {
  const line = waitLine(waiting, "CP-1");
  expect(line).toBe(
    '{"identity":"CP-1","action":"RemoteStopTransaction","payload":{"transactionId": 9223372036854775807},"id":"r\\"1","timeoutMs":5000}\n',
  );
  expect(JSON.parse(line)).toMatchObject({ identity: "CP-1", id: 'r"1', timeoutMs: 5000 });
});

test("the command reads the call, and its output and failure are passed on", async () => {
  const file = join(folder, "call.json");
  const lines = await linesUntil(`cat > "${file}"; echo pressed; exit 3`, /ended with 3/);
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ action: "RemoteStopTransaction" });
  expect(lines).toContain("pressed");
});

test("a command that takes longer than the wait is ended with all processes that it started", async () => {
  const lines = await linesUntil("sleep 600 | sleep 600", /longer than the wait/, 50);
  expect(lines).toHaveLength(1);
});

test("a command that does not exist, or does not read its stdin, only prints a line", async () => {
  expect((await linesUntil("no-such-command-here 2>/dev/null", /ended with 127/)).length).toBe(1);
  expect(await linesUntil("exec 0<&-; exit 1", /ended with 1$/)).toHaveLength(1);
});
