// Files that change in every way that editors know.
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type FileChange, watchFile } from "../../../src/io/files/watch-file.js";
import { ownFolder } from "../../support/runs/record-process.js";

const watched = async () => {
  const folder = await ownFolder();
  const path = join(folder, "rules.yaml");
  writeFileSync(path, "one");
  const changes: FileChange[] = [];
  let look = (): void => undefined;
  const watch = watchFile(path, {
    restMs: 20,
    largest: 100,
    known: "one",
    tell: (change) => {
      changes.push(change);
      look();
    },
  });
  onTestFinished(() => watch.close());
  const next = (count: number): Promise<readonly FileChange[]> =>
    new Promise((resolve) => {
      look = () => {
        if (changes.length >= count) resolve(changes);
      };
      look();
    });
  return { folder, path, next };
};

describe("a watched file", () => {
  test("is told when it was written in place, replaced by a rename, or taken away and put back", async () => {
    const { folder, path, next } = await watched();
    writeFileSync(path, "two");
    await next(1);
    writeFileSync(join(folder, ".rules.yaml.swp"), "three");
    renameSync(join(folder, ".rules.yaml.swp"), path);
    await next(2);
    rmSync(path);
    writeFileSync(path, "four");
    expect(await next(3)).toEqual(["two", "three", "four"].map((text) => ({ kind: "changed", text })));
  });

  test("is not read where it is too large, and is told once it is read again", async () => {
    const { path, next } = await watched();
    writeFileSync(path, "x".repeat(200));
    expect((await next(1))[0]).toMatchObject({ kind: "unreadable" });
    writeFileSync(path, "fine");
    expect((await next(2))[1]).toEqual({ kind: "changed", text: "fine" });
  });
});
