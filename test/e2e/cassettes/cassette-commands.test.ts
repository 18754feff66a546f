// The commands on cassettes as a user runs them: what they print, what they write, how they end.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, describe, expect, test, vi } from "vitest";
import { VcrError } from "../../../src/base/errors.js";
import { registerExport } from "../../../src/cli/cassettes/export.js";
import { registerImport } from "../../../src/cli/cassettes/import.js";
import { registerInfo } from "../../../src/cli/cassettes/info.js";
import { registerRecover } from "../../../src/cli/cassettes/recover.js";
import { registerShow } from "../../../src/cli/cassettes/show.js";
import { registerVerify } from "../../../src/cli/cassettes/verify.js";
import { cassetteBytes } from "../../support/cassettes/cassette-bytes.js";
import { fromCharger, smallRecording } from "../../support/cassettes/entries.js";
import { linesOf, ownTraces, sample } from "../../support/cassettes/samples.js";
import { sessionTo } from "../../support/runs/cli-session.js";

const folder = mkdtempSync(join(tmpdir(), "cassette-commands-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: Uint8Array | string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

const commands = [
  registerInfo,
  registerShow,
  registerVerify,
  registerRecover,
  registerImport,
  registerExport,
];

/** Runs a command in this process; what it writes to stdout itself is caught, too. */
const run = async (...argv: string[]): Promise<Outcome> => {
  const out: string[] = [];
  const err: string[] = [];
  const session = sessionTo(
    (line) => void out.push(`${line}\n`),
    (line) => void err.push(`${line}\n`),
  );
  const outcomeOf = (code: number): Outcome => ({ out: out.join(""), err: err.join(""), code });
  const caught = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out.push(String(text));
    return true;
  });
  const quiet = {
    writeErr: (text: string) => void err.push(text),
    writeOut: (text: string) => void out.push(text),
  };
  const program = new Command("ocpp-vcr");
  for (const register of commands) register(program, session);
  for (const command of [program, ...program.commands]) command.exitOverride().configureOutput(quiet);
  try {
    await program.parseAsync(argv, { from: "user" });
    return outcomeOf(session.exitCode);
  } catch (error) {
    err.push(error instanceof VcrError ? `${error.message}\n` : String(error));
    return outcomeOf(error instanceof VcrError ? error.exitCode : 2);
  } finally {
    caught.mockRestore();
  }
};

const jsonLines = ({ out }: Outcome): readonly Record<string, unknown>[] =>
  linesOf(out).map((line) => JSON.parse(line) as Record<string, unknown>);

const whole = file("whole.cassette", cassetteBytes(smallRecording()));
const torn = file("torn.cassette", cassetteBytes(smallRecording()).subarray(0, -30));
const flipped = cassetteBytes(smallRecording());
flipped[600]! ^= 1;
const damaged = file("damaged.cassette", flipped);

describe("info", () => {
  test("info counts what a cassette contains", async () => {
    const { out, code } = await run("info", whole);
    expect(code).toBe(0);
    expect(out).toMatch(/identity +CP-0001/);
    expect(out).toMatch(/cp>csms +16 CALL\n/);
    expect(jsonLines(await run("info", "--json", whole))).toMatchObject([
      { identity: "CP-0001", state: "whole", findings: 0, frames: { "cp-to-csms": 16 } },
    ]);
  });

  test("info ends with 4 if the file is missing or not a cassette", async () => {
    expect((await run("info", file("no.cassette", "hello"))).code).toBe(4);
    expect((await run("info", join(folder, "none.cassette"))).code).toBe(4);
  });
});

describe("show", () => {
  test("show prints one line for each entry", async () => {
    const { out } = await run("show", whole);
    expect(linesOf(out).length).toBe(smallRecording().length);
    expect(out).toMatch(/3 +\+10\.000000 +1 cp>csms +CALL Heartbeat \[2,"m0","Heartbeat",\{\}\]/);
  });

  test.each([
    [["--direction", "csms>cp"], 16],
    [["--type", "CALL"], 16],
    [["--action", "Heart*"], 32],
    [["--action", "Heartbeat", "--type", "CALLRESULT", "--from", "100s"], 7],
    [["--from", "20", "--to", "35s", "--type", "CALL"], 2],
    [["--from", "2026-01-02T03:04:15.678Z", "--to", "2026-01-02T03:04:16Z"], 2],
    [["--identity", "CP-*", "--action", "Heartbeat"], 32],
    [["--identity", "other"], 0],
  ])("show filters by %j", async (filters, count) => {
    expect(jsonLines(await run("show", "--json", ...filters, whole)).length).toBe(count);
  });

  test("show escapes the texts of chargers", async () => {
    const evil = '[2,"\u001b[2J\u0007","\u009b31m\u202e",{"a":"\r\u001b]0;x\u0007"}]';
    const path = file("evil.cassette", cassetteBytes([...smallRecording(0).slice(0, 3), fromCharger(evil)]));
    for (const argv of [
      ["show", path],
      ["show", "--view", "pairs", path],
      ["info", path],
    ]) {
      const { out } = await run(...argv);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
      expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
  });

  test("show --view pairs prints the pairs of each trace of the repository", async () => {
    for (const { name, trace, expected } of ownTraces()) {
      const out = join(folder, name);
      await run("import", "--from", "open-ocpp-trace", file(`${name}.jsonl`, trace), "-o", out);
      const [view] = jsonLines(
        await run("show", "--view", "pairs", "--json", join(out, "SAMPLE-1.cassette")),
      );
      expect(view).toMatchObject(expected);
    }
  });

  test("show prints the time from a CALL to its answer", async () => {
    expect((await run("show", whole)).out).toContain("CALLRESULT Heartbeat after 1.0 ms [3,");
  });

  test("show cuts long messages, and prints them whole with --full", async () => {
    const long = fromCharger(`[2,"1","DataTransfer",{"data":"${"x".repeat(3000)}"}]`);
    const path = file("long.cassette", cassetteBytes([...smallRecording(0).slice(0, 3), long]));
    expect((await run("show", path)).out).toMatch(/never answered \[2,"1".{0,200}… \(\d+ more\)\n/);
    expect((await run("show", "--full", path)).out).toContain(`${"x".repeat(3000)}"}]\n`);
  });

  test("show --sequence draws the filtered messages", async () => {
    const { out } = await run("show", "--sequence", "--action", "Heartbeat", "--to", "10s", whole);
    expect(linesOf(out).map((line) => line.length)).toEqual([100, 100]);
    expect(out).toMatch(/^ +charger CP-0001 +CSMS\n +\+10\.000000 │── Heartbeat \{\} ─+▶│\n$/);
  });

  test("show --html writes a page about one cassette and replaces it only with --force", async () => {
    const page = join(folder, "report.html");
    expect(await run("show", "--html", page, whole)).toMatchObject({ out: "", err: "", code: 0 });
    expect(readFileSync(page, "utf8")).toMatch(/^<!doctype html>.*<h1>CP-0001<\/h1>/s);
    expect((await run("show", "--html", page, whole)).code).not.toBe(0);
    expect((await run("show", "--html", page, "--force", whole)).code).toBe(0);
    expect((await run("show", "--html", page, "--force", whole, whole)).code).toBe(2);
  });

  test.each([
    ["--html", "x.html", "--action", "Heartbeat"],
    ["--html", "x.html", "--json"],
    ["--sequence", "--json"],
    ["--sequence", "--view", "pairs"],
    ["--sequence", "--full"],
  ])("show refuses options that exclude each other: %s %s %s %s", async (...argv) => {
    expect((await run("show", ...argv, whole)).code).toBe(2);
  });

  test("show refuses unknown values of options", async () => {
    expect(await run("show", "--direction", "up", whole)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/cp-to-csms/),
    });
    expect((await run("show", "--from", "yesterday", whole)).code).toBe(2);
    expect((await run("show", "--view", "pairs", "--type", "CALL", whole)).code).toBe(2);
  });
});

describe("verify", () => {
  test("verify says where a cassette is damaged and ends with 4", async () => {
    expect(await run("verify", whole)).toMatchObject({ code: 0, out: expect.stringMatching(/: whole \(/) });
    expect(await run("verify", torn)).toMatchObject({
      code: 4,
      out: expect.stringMatching(/torn.*\n +byte \d+/),
    });
    const result = await run("verify", "--json", damaged);
    expect(result.code).toBe(4);
    expect(jsonLines(result)).toMatchObject([
      { state: "damaged", findings: [{ code: "damaged", damage: true }] },
    ]);
  });

  test("verify accepts a cassette that was never closed", async () => {
    const path = file("open.cassette", cassetteBytes(smallRecording().slice(0, -1)));
    expect(await run("verify", path)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/still being recorded/),
    });
  });
});

describe("recover", () => {
  test("recover writes a whole cassette, keeps the lost bytes, and changes nothing else", async () => {
    const before = readFileSync(torn);
    expect(await run("recover", torn)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/bytes were lost/),
    });
    const good = join(folder, "torn.recovered.cassette");
    expect((await run("verify", good)).code).toBe(0);
    expect(readFileSync(torn)).toEqual(before);
    const kept = readFileSync(`${good}.torn`);
    expect(before.subarray(-kept.length)).toEqual(kept);
    expect(await run("recover", torn)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/exists already/),
    });
  });

  test("recover --json prints what was lost", async () => {
    const out = join(folder, "good.cassette");
    const [result] = jsonLines(await run("recover", "--json", damaged, "-o", out));
    expect(result).toMatchObject({
      in: damaged,
      out,
      state: "damaged",
      entries: smallRecording().length - 1,
      torn: `${out}.torn`,
    });
    expect((await run("recover", file("junk.cassette", "junk"))).code).toBe(4);
  });
});

describe("import and export", () => {
  test("a cassette that is exported to ndjson and imported again is equal", async () => {
    const exported = join(folder, "whole.ndjson");
    expect((await run("export", "--to", "ndjson", whole, "-o", exported)).code).toBe(0);
    expect((await run("export", "--to", "ndjson", whole)).out).toBe(readFileSync(exported, "utf8"));
    const back = join(folder, "back.cassette");
    expect((await run("import", "--from", "ndjson", exported, "-o", back)).code).toBe(0);
    expect(readFileSync(back)).toEqual(readFileSync(whole));
  });

  test("every quirk survives an export and an import", async () => {
    const log = file("quirks.ndjson", sample("quirk-frames.ndjson"));
    const out = join(folder, "quirks");
    const [report] = jsonLines(await run("import", "--from", "frames", "--json", log, "-o", out));
    expect(report).toMatchObject({ taken: 47, notUnderstood: 0, files: [join(out, "quirks.cassette")] });
    const frames = jsonLines(await run("export", "--to", "ndjson", out)).filter(
      ({ kind }) => kind === "frame",
    );
    const wanted = linesOf(sample("quirk-frames.ndjson")).map(
      (line) => (JSON.parse(line) as { raw: string }).raw,
    );
    expect(frames.map(({ text }) => text)).toEqual(wanted);
  });

  test("export says what Open OCPP Trace cannot contain", async () => {
    const { err, out } = await run("export", "--to", "open-ocpp-trace", whole);
    expect(err).toMatch(/cannot hold 1 handshakes, 2 other entries/);
    expect(linesOf(out).length).toBe(32);
  });

  test("export of a damaged cassette writes the whole records, says so, and ends with 4", async () => {
    const result = await run("export", "--to", "ndjson", damaged);
    expect(result).toMatchObject({ code: 4, err: expect.stringMatching(/damaged/) });
    expect(linesOf(result.out).length).toBe(smallRecording().length - 1);
    expect(await run("export", "--to", "ndjson", torn)).toMatchObject({
      code: 0,
      err: expect.stringMatching(/torn/),
    });
  });

  test("import and export replace a file only with --force", async () => {
    const taken = join(folder, "taken.cassette");
    cpSync(whole, taken);
    const log = file("one.ndjson", '{"dir":"cp>csms","raw":"x","session":"../evil/CON"}\n');
    expect((await run("import", "--from", "frames", log, "-o", taken)).code).toBe(2);
    expect(readFileSync(taken)).toEqual(readFileSync(whole));
    expect((await run("import", "--from", "frames", log, "-o", taken, "--force")).code).toBe(0);
    const out = join(folder, "safe");
    await run("import", "--from", "frames", log, "-o", out);
    expect(readdirSync(out)).toEqual([expect.stringMatching(/^evilCON~[0-9a-f]{8}\.cassette$/)]);
  });

  test("import says which lines it did not understand, and fails if it understood none", async () => {
    const some = file("some.ndjson", 'nonsense\n{"dir":"cp>csms","raw":"x"}\n');
    expect(await run("import", "--from", "frames", some, "-o", join(folder, "some"))).toMatchObject({
      code: 0,
      err: expect.stringMatching(/1 lines were not understood, 1 were taken\n +line 1: /),
    });
    const none = file("none.ndjson", "nonsense\n");
    expect((await run("import", "--from", "frames", none, "-o", join(folder, "none"))).code).toBe(4);
    expect(existsSync(join(folder, "none"))).toBe(false);
    const two = file(
      "two.ndjson",
      '{"dir":"cp>csms","raw":"x","session":"a"}\n{"dir":"cp>csms","raw":"x","session":"b"}\n',
    );
    expect((await run("import", "--from", "frames", two, "-o", join(folder, "two.cassette"))).code).toBe(2);
  });
});
