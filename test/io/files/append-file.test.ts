// Files that are appended to, on a real disk.
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { text, utf8 } from "../../../src/base/bytes.js";
import { type AppendFile, openAppendFile } from "../../../src/io/files/append-file.js";

const folder = mkdtempSync(join(tmpdir(), "append-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = (path: string): Promise<AppendFile> =>
  new Promise((resolve, reject) =>
    openAppendFile(path, (error, file) => (file === undefined ? reject(error) : resolve(file))),
  );

describe("openAppendFile", () => {
  test("appends pieces in order, in a file for its owner alone", async () => {
    const path = join(folder, "a", "b", "file");
    const file = await open(path);
    const write = promisify(file.write.bind(file));
    expect(await write([utf8("one "), utf8("two ")])).toBe(8);
    expect(await write([utf8("three")])).toBe(5);
    await Promise.all([promisify(file.datasync.bind(file))(), promisify(file.datasync.bind(file))()]);
    await promisify(file.close.bind(file))();
    expect(text(readFileSync(path))).toBe("one two three");
    expect([statSync(path).mode & 0o777, statSync(join(folder, "a")).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  test("refuses a file that exists, and a folder that is a file", async () => {
    const path = join(folder, "c");
    await promisify((await open(path)).close)();
    await expect(open(path)).rejects.toThrow(/EEXIST/);
    await expect(open(join(path, "d"))).rejects.toThrow(/EEXIST|ENOTDIR/);
  });
});
