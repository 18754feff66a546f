// `export` in a format that writes one document over several cassettes.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { expect, onTestFinished, test } from "vitest";
import type { WritableFormat } from "../../../src/cassette/formats/table.js";
import { registerExport } from "../../../src/cli/cassettes/export.js";
import { cassetteBytes } from "../../support/cassettes/cassette-bytes.js";
import { smallRecording } from "../../support/cassettes/entries.js";
import { sessionTo } from "../../support/runs/cli-session.js";

/** One JSON array with one object a cassette. */
const counts: WritableFormat = {
  name: "counts",
  about: "how many entries each cassette has",
  endings: [".json"],
  writer: {
    cannotHold: { frames: "frames" },
    start: () => {
      let before = "";
      return {
        begin: () => ["["],
        add: ({ entries }) => {
          const line = `${before}{"entries":${entries.length}}`;
          before = ",";
          return {
            lines: [line],
            notHeld: () => ({ frames: entries.filter(({ kind }) => kind === "frame").length }),
          };
        },
        end: () => ["]"],
      };
    },
  },
};

test("a document over several cassettes has one beginning and one end, and each cassette's losses are reported", async () => {
  const folder = mkdtempSync(join(tmpdir(), "export-document-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const recordings = [smallRecording(1), smallRecording(2)];
  const paths = recordings.map((entries, i) => {
    const path = join(folder, `${i}.cassette`);
    writeFileSync(path, cassetteBytes(entries));
    return path;
  });
  const err: string[] = [];
  const program = new Command("ocpp-vcr");
  registerExport(
    program,
    sessionTo(
      () => undefined,
      (line) => void err.push(line),
    ),
    [counts],
  );
  const out = join(folder, "counts.json");
  await program.parseAsync(["export", "--to", "counts", ...paths, "-o", out], { from: "user" });
  expect(JSON.parse(readFileSync(out, "utf8"))).toEqual(
    recordings.map(({ length }) => ({ entries: length })),
  );
  expect(err).toEqual([
    expect.stringMatching(/0\.cassette: counts cannot hold \d+ frames$/),
    expect.stringMatching(/1\.cassette: counts cannot hold \d+ frames$/),
  ]);
});
