// The lock that keeps two set-ups of one checkout apart.
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

async function pidOfTheDead(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""], { stdio: "ignore" });
  await once(child, "exit");
  return child.pid ?? 0;
}

describe("oneAtATime", () => {
  test("runs the works of one folder one after the other and leaves nothing behind", async () => {
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

  test("lets go when its work throws", async () => {
    await expect(oneAtATime(folder, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(existsSync(folder)).toBe(false);
  });

  test("takes over from a dead owner, one of many waiters at a time", async () => {
    leave([await pidOfTheDead()]);
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

  test("takes over from an owner that has been silent for long, whatever its id says", async () => {
    leave([process.pid]);
    const longAgo = new Date(Date.now() - 120_000);
    utimesSync(join(folder, "owner"), longAgo, longAgo);
    expect(await oneAtATime(folder, async () => "done")).toBe("done");
  });

  test("waits for the child of a dead owner, and says once whom it waits for", async () => {
    const dead = await pidOfTheDead();
    const child = spawn(process.execPath, ["-e", "process.stdin.resume()"], {
      stdio: ["pipe", "ignore", "ignore"],
    });
    leave([dead, child.pid ?? 0]);
    const told: (number | undefined)[] = [];
    await oneAtATime(
      folder,
      async () => expect(child.exitCode).toBe(0),
      (pid: number | undefined) => {
        told.push(pid);
        child.stdin?.end();
      },
    );
    expect(told).toEqual([dead]);
  });
});
