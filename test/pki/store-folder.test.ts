import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  claimFolder,
  createFile,
  createNewFile,
  fileCertificate,
  fileName,
  listFolder,
  makeFolder,
  readStored,
  requireFolder,
} from "../../src/pki/store-folder.js";
import { temporaryFolder } from "../support/runs/temporary-folder.js";

const scratch = temporaryFolder();
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const refused = (code: string, hint: string | RegExp): unknown =>
  expect.objectContaining({ code, hint: expect.stringMatching(hint) });

/** Runs a function under another umask. */
const under = (mask: number, run: () => void): void => {
  const before = process.umask(mask);
  try {
    run();
  } finally {
    process.umask(before);
  }
};

describe.each([0o000, 0o022, 0o077, 0o277])("under the umask %i", (mask) => {
  test("folders are 0700 and keys 0600 from the start", () => {
    const folder = join(scratch, `mask-${mask}`);
    under(mask, () => {
      claimFolder(folder);
      createNewFile(join(folder, "a.key"), "secret", 0o600);
      fileCertificate(join(folder, "server"), "b", "public");
    });
    expect([modeOf(folder), modeOf(join(folder, "a.key"))]).toEqual(["700", "600"]);
    expect([modeOf(join(folder, "server")), modeOf(join(folder, "server", "b.pem"))]).toEqual(["700", "644"]);
    expect(readdirSync(folder)).toEqual(["a.key", "server"]);
  });
});

describe("a folder", () => {
  test("a folder with nothing but a README is used, and closed to other users", () => {
    const folder = join(scratch, "fresh");
    mkdirSync(folder, { mode: 0o755 });
    writeFileSync(join(folder, "README.md"), "");
    claimFolder(folder);
    expect(modeOf(folder)).toBe("700");
  });

  test("a folder that others can enter is refused with the command that closes it, and not changed", () => {
    const folder = join(scratch, "wide open");
    mkdirSync(folder);
    writeFileSync(join(folder, "mine"), "");
    chmodSync(folder, 0o777);
    for (const open of [claimFolder, makeFolder, requireFolder])
      expect(() => open(folder)).toThrow(refused("CERTIFICATE_STORE", /^Run: chmod 700 '.*wide open'$/));
    expect(modeOf(folder)).toBe("777");
  });

  test("a folder that is a link, a file or missing is refused", () => {
    const folder = join(scratch, "real");
    makeFolder(folder);
    symlinkSync(folder, join(scratch, "link"));
    writeFileSync(join(scratch, "file"), "");
    for (const name of ["link", "file"])
      expect(() => makeFolder(join(scratch, name))).toThrow(refused("CERTIFICATE_STORE", /./));
    expect(() => requireFolder(join(scratch, "missing"))).toThrow(refused("CERTIFICATE_STORE", "certs init"));
    expect(() => makeFolder(join(scratch, "file", "below"))).toThrow(
      expect.objectContaining({ name: "VcrError" }),
    );
  });

  test("a missing folder is empty", () => {
    expect(listFolder(join(scratch, "missing"))).toEqual([]);
  });
});

describe("a file", () => {
  const folder = join(scratch, "files");
  makeFolder(folder);

  test("a file is never overwritten", () => {
    const path = join(folder, "once");
    createNewFile(path, "first", 0o600);
    expect(createFile(path, "second", 0o600)).toBe(false);
    expect(() => createNewFile(path, "third", 0o600)).toThrow(
      refused("FILE_UNWRITABLE", /never overwritten/),
    );
    expect(readFileSync(path, "utf8")).toBe("first");
  });

  test("a symbolic link is neither written through nor read", () => {
    const target = join(scratch, "elsewhere");
    const link = join(folder, "link.key");
    symlinkSync(target, link);
    expect(createFile(link, "secret", 0o600)).toBe(false);
    expect(() => lstatSync(target)).toThrow(/ENOENT/);
    expect(() => readStored(link, true)).toThrow(refused("CERTIFICATE_STORE", /itself/));
  });

  test("a key that others can read is refused with the command that closes it", () => {
    const path = join(folder, "wide.key");
    writeFileSync(path, "secret");
    chmodSync(path, 0o644);
    expect(() => readStored(path, true)).toThrow(refused("CERTIFICATE_STORE", /chmod 600 .*wide\.key$/));
    expect(readStored(path, false)).toBe("secret");
    chmodSync(path, 0o600);
    expect(readStored(path, true)).toBe("secret");
    expect(readStored(join(folder, "missing"), true)).toBeUndefined();
  });

  test("a file that cannot be written is reported with its path", () => {
    expect(() => createFile(join(folder, "no", "where"), "", 0o600)).toThrow(refused("FILE_UNWRITABLE", ""));
  });

  test("a certificate file gets the next free number", () => {
    const files = ["one", "two", "three"].map((pem) => fileCertificate(folder, "n", pem));
    expect(files).toEqual(["n.pem", "n.2.pem", "n.3.pem"].map((name) => join(folder, name)));
    expect(files.map((file) => readFileSync(file, "utf8"))).toEqual(["one", "two", "three"]);
  });
});

test.each([
  ["CP-1", "CP-1"],
  ["../../etc/passwd", "etcpasswd~"],
  [".hidden", "hidden~"],
  ["a/b", "ab~"],
  ["", "~"],
  ["*.example.com", "examplecom~"],
])("the file name for %j does not lead out of the folder", (name, begin) => {
  expect(fileName(name)).toMatch(
    begin.includes("~") ? new RegExp(`^${begin.split("~")[0]}~[0-9a-f]{8}$`) : begin,
  );
  expect(fileName(name)).not.toMatch(/[/\\]|^\./);
});
