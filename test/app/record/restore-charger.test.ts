// The notes that say how to give a charger its settings back.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { noteChange, writeRestoreNotes } from "../../../src/app/record/restore-charger.js";
import { temporaryFolder } from "../../support/runs/temporary-folder.js";

const run = {
  at: "2026-01-01T00:00:00Z",
  tool: "ocpp-vcr 0",
  commandLine: [
    "record",
    "--csms",
    "wss://user:secret@csms.example/ocpp?token=hidden",
    "--rules",
    "my rules.yaml",
  ],
  csms: "wss://csms.example/ocpp",
  urls: ["ws://10.0.0.1:9310/"],
};

test("each run adds a section below one heading, and changes are noted below it", () => {
  const folder = join(temporaryFolder(), "new");
  const path = writeRestoreNotes(folder, run);
  writeRestoreNotes(folder, { ...run, at: "2026-01-02T00:00:00Z" });
  noteChange(path, "2026-01-02T00:01:00Z", "CP1: `password` changed");
  const text = readFileSync(path, "utf8");
  expect(path).toBe(join(folder, "restore-charger.md"));
  expect(text.match(/^# /gm)).toHaveLength(1);
  expect(text.match(/^## .*/gm)).toEqual(["## 2026-01-01T00:00:00Z", "## 2026-01-02T00:00:00Z"]);
  expect(text).toContain("- 2026-01-02T00:01:00Z: CP1: 'password' changed");
});

test("the command line keeps no password and no query of a URL, and can be typed into a shell", () => {
  const text = readFileSync(writeRestoreNotes(temporaryFolder(), run), "utf8");
  expect(text).not.toContain("secret");
  expect(text).not.toContain("token=hidden");
  expect(text).toContain("--rules 'my rules.yaml'");
});

test("a folder that cannot be made is refused with FILE_UNWRITABLE", () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  expect(() => writeRestoreNotes(file, run)).toThrow(expect.objectContaining({ code: "FILE_UNWRITABLE" }));
});
