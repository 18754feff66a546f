// The lock that keeps two set-ups of one checkout apart: one work of a folder at a time.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { oneAtATime } from "../../scripts/one-at-a-time.mjs";

let scratch = "";
let folder = "";

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "one-at-a-time-"));
  folder = join(scratch, "lock");
});

afterEach(() => rmSync(scratch, { recursive: true, force: true }));

/** A lock left behind by these processes. */
function leave(pids: readonly number[]): void {
  mkdirSync(folder);
  writeFileSync(join(folder, "owner"), JSON.stringify({ pids, host: hostname() }));
}

async function idOfEndedProcess(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""], { stdio: "ignore" });
  await once(child, "exit");
  return child.pid ?? 0;
}

describe("a lock made of a folder", () => {
  test("runs the works of one folder one after the other, and is gone after the last", async () => {
    let inside = 0;
    const work = async (): Promise<number> => {
      inside += 1;
      const seen = inside;
      await new Promise(setImmediate);
      inside -= 1;
      return seen;
    };
    expect(await Promise.all([1, 2, 3].map(() => oneAtATime(folder, work)))).toEqual([1, 1, 1]);
    expect(existsSync(folder)).toBe(false);
  });

  test("is released if its work throws", async () => {
    await expect(oneAtATime(folder, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(existsSync(folder)).toBe(false);
  });

  test("is taken over from an owner that was killed, by one waiter at a time", async () => {
    leave([await idOfEndedProcess()]);
    let inside = 0;
    const works = [1, 2, 3, 4].map(() =>
      oneAtATime(folder, async () => {
        inside += 1;
        const seen = inside;
        await new Promise(setImmediate);
        inside -= 1;
        return seen;
      }),
    );
    expect(await Promise.all(works)).toEqual([1, 1, 1, 1]);
  });

  test("is taken over from an owner whose file is old, even if a process has its id", async () => {
    leave([process.pid]);
    const longAgo = new Date(Date.now() - 120_000);
    utimesSync(join(folder, "owner"), longAgo, longAgo);
    expect(await oneAtATime(folder, async () => "done")).toBe("done");
  });

  test("stays taken while the child of a killed owner lives, and reports once which process it waits for", async () => {
    const dead = await idOfEndedProcess();
    const child = spawn(process.execPath, ["-e", "process.stdin.resume()"], {
      stdio: ["pipe", "ignore", "ignore"],
    });
    leave([dead, child.pid ?? 0]);
    const reported: (number | undefined)[] = [];
    await oneAtATime(
      folder,
      async () => expect(child.exitCode).toBe(0),
      (pid: number | undefined) => {
        reported.push(pid);
        child.stdin?.end();
      },
    );
    expect(reported).toEqual([dead]);
  });
});
