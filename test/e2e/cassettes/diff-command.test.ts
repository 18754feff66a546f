// `diff` as a user runs it: what it prints, its page, and its exit codes.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { registerDiff } from "../../../src/cli/cassettes/diff.js";
import { writeCassetteFile } from "../../../src/io/cassette/cassette-file.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { type CliOutcome, jsonLines, runCommand } from "../../support/runs/replay-cli.js";
import { temporaryFolder } from "../../support/runs/temporary-folder.js";

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const diff = (...argv: readonly string[]): Promise<CliOutcome> => runCommand(registerDiff, ["diff", ...argv]);

const recorded = [
  '@1 1> [2,"1","StartTransaction",{"connectorId":1,"idTag":"T","meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}]',
  '@2 1< [3,"1",{"transactionId":7,"idTagInfo":{"status":"Accepted"}}]',
  '@3 1> [2,"2","StopTransaction",{"transactionId":7,"meterStop":1,"timestamp":"2026-01-01T00:01:00Z"}]',
  '@4 1< [3,"2",{"idTagInfo":{"status":"Accepted"}}]',
  '@5 1> [2,"3","Heartbeat",{}]',
  '@6 1< [3,"3",{"currentTime":"2026-01-01T00:00:00Z"}]',
];

const replayed = [
  '@1 1> [2,"x","StartTransaction",{"connectorId":1,"idTag":"T","meterStart":0,"timestamp":"2027-02-02T00:00:00Z"}]',
  '@2 1< [3,"x",{"transactionId":1,"idTagInfo":{"status":"Accepted"}}]',
  '@3 1> [2,"y","StopTransaction",{"transactionId":1,"meterStop":1,"timestamp":"2027-02-02T00:01:00Z"}]',
  '@90 1< [3,"y",{"idTagInfo":{"status":"Expired"}}]',
  '@91 1< [2,"z","Reset",{"type":"Soft"}]',
];

const a = at("a.cassette");
const b = at("b.cassette");

beforeAll(async () => {
  await writeCassetteFile(a, dialogueRecording(recorded));
  await writeCassetteFile(b, dialogueRecording(replayed));
  await writeCassetteFile(at("site/CP/one.cassette"), dialogueRecording(recorded));
});

describe("ocpp-vcr diff", () => {
  test("diff finds no difference between a cassette and a folder with the same dialogue", async () => {
    const { out, code } = await diff(a, at("site"));
    expect(out).toContain("3 equal\n  same");
    expect(code).toBe(0);
  });

  test("diff prints what was added, is missing, has changed and is slower", async () => {
    const { out, code } = await diff(a, b, "--max-slowdown", "2x");
    expect(code).toBe(1);
    expect(out).toMatch(
      /changed {4}#1 > CALL StopTransaction id 2\n {6}answer \/idTagInfo\/status: "Accepted" -> "Expired"\n {6}slower: 1 ms -> 87 ms/,
    );
    expect(out).toMatch(/missing {4}#1 > CALL Heartbeat/);
    expect(out).toMatch(/added {6}#1 < CALL Reset/);
    expect(out).toContain("1 bound, 1 changed, 1 added, 1 missing\n  different");
  });

  test("diff --json prints the same, and ignored differences with their reason", async () => {
    const lines = jsonLines((await diff(a, b, "--json")).out);
    expect(lines.find(({ action }) => action === "StartTransaction")).toMatchObject({
      event: "diff",
      result: "bound",
      id: { left: "1", right: "x" },
      differences: [
        { part: "call", pointer: "/timestamp", why: "date-time" },
        { part: "answer", pointer: "/transactionId", left: 7, right: 1, why: "bound" },
      ],
    });
    expect(lines.at(-1)).toMatchObject({
      event: "verdict",
      verdict: "different",
      counts: { added: 1 },
      left: a,
    });
  });

  test("diff ignores what --ignore and --ignore-path name", async () => {
    const ignore = at("ignore.yaml");
    writeFileSync(ignore, "- { action: StopTransaction, pointer: /**/status, why: expired in the lab }\n");
    const { out } = await diff(a, b, "--ignore", ignore);
    expect(out).not.toContain("changed");
  });

  test("diff --html writes a page and overwrites only an earlier page", async () => {
    const page = at("diff.html");
    expect((await diff(a, b, "--html", page)).code).toBe(1);
    expect((await diff(a, b, "--html", page)).code).toBe(1);
    expect(readFileSync(page, "utf8")).toContain("Expired");
    expect((await diff(a, b, "--html", a)).code).toBe(2);
  });

  test("diff ends with 2 for too many cassettes, and with 4 for a damaged one", async () => {
    expect((await diff(a, folder)).code).toBe(2);
    writeFileSync(at("broken"), "no cassette");
    expect((await diff(a, at("broken"))).code).toBe(4);
    expect((await diff(a, at("nowhere.cassette"))).code).toBe(4);
  });
});
