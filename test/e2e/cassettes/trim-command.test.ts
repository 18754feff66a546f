// `trim`, and selections of `show` and `replay`, as a user runs them.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, describe, expect, test, vi } from "vitest";
import { VcrError } from "../../../src/base/errors.js";
import { registerInfo } from "../../../src/cli/cassettes/info.js";
import { registerShow } from "../../../src/cli/cassettes/show.js";
import { registerTrim } from "../../../src/cli/cassettes/trim.js";
import { registerVerify } from "../../../src/cli/cassettes/verify.js";
import { registerReplay } from "../../../src/cli/replay/replay.js";
import { writeCassetteFile } from "../../../src/io/cassette/cassette-file.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { sessionTo } from "../../support/runs/cli-session.js";

const folder = mkdtempSync(join(tmpdir(), "trim-command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

const run = async (...argv: readonly string[]): Promise<Outcome> => {
  const out: string[] = [];
  const err: string[] = [];
  const session = sessionTo(
    (line) => void out.push(`${line}\n`),
    (line) => void err.push(`${line}\n`),
  );
  const program = new Command("ocpp-vcr");
  for (const register of [registerTrim, registerShow, registerInfo, registerVerify, registerReplay])
    register(program, session);
  const quiet = {
    writeErr: (text: string) => void err.push(text),
    writeOut: (text: string) => void out.push(text),
  };
  for (const command of [program, ...program.commands]) command.exitOverride().configureOutput(quiet);
  const caught = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out.push(String(text));
    return true;
  });
  let code = 0;
  try {
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (error instanceof VcrError) err.push(`${error.message}\n${error.hint}\n`);
    code = error instanceof VcrError ? error.exitCode : 2;
  } finally {
    caught.mockRestore();
  }
  return { out: out.join(""), err: err.join(""), code: Math.max(code, session.exitCode) };
};

const time = (seconds: number): string => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
const day = join(folder, "day.cassette");
await writeCassetteFile(day, [
  ...dialogueRecording([
    "1 dial",
    '1> [2,"boot","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]',
    `1< [3,"boot",{"status":"Accepted","currentTime":"${time(0)}","interval":300}]`,
    '1> [2,"status","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Available"}]',
    '1< [3,"status",{}]',
    `@60000 1> [2,"start","StartTransaction",{"connectorId":1,"idTag":"T","meterStart":0,"timestamp":"${time(60)}"}]`,
    '1< [3,"start",{"transactionId":4711,"idTagInfo":{"status":"Accepted"}}]',
    '@90000 1> [2,"beat","Heartbeat",{}]',
    `1< [3,"beat",{"currentTime":"${time(90)}"}]`,
    `@120000 1> [2,"stop","StopTransaction",{"transactionId":4711,"meterStop":9,"timestamp":"${time(120)}"}]`,
    '1< [3,"stop",{}]',
    "@180000 1 close",
    "1 fin",
  ]),
  { kind: "marker", at: 90e9, text: "gun stuck" },
]);

const ids = ({ out }: Outcome): readonly string[] =>
  [...out.matchAll(/\[([23]),"(\w+)"/g)].map(([, , id = ""]) => id);

describe("show", () => {
  test.each([
    [
      ["--transaction", "4711"],
      ["start", "start", "stop", "stop"],
    ],
    [
      ["--connector", "1"],
      ["status", "status", "start", "start", "stop", "stop"],
    ],
    [
      ["--only", "Boot*,Heartbeat"],
      ["boot", "boot", "beat", "beat"],
    ],
    [
      ["--skip", "S*", "--skip", "Boot*"],
      ["beat", "beat"],
    ],
    [
      ["--from", "+90s", "--to", "100"],
      ["beat", "beat"],
    ],
    [
      ["--from", "00:01", "--to", "00:01:01"],
      ["start", "start"],
    ],
    [
      ["--around", "GUN stuck", "--span", "10s"],
      ["beat", "beat"],
    ],
  ])("show prints only the messages that %j selects", async (argv, expected) => {
    expect(ids(await run("show", ...argv, day))).toEqual(expected);
  });

  test("show says what a selection names and the cassette does not have", async () => {
    expect(await run("show", "--transaction", "1", day)).toMatchObject({
      code: 0,
      err: `${day}: the recording has no transaction 1; its transactions are: 4711\n`,
    });
    expect((await run("show", "--span", "1s", day)).err).toContain("--span needs --around");
    expect((await run("show", "--from", "noon", day)).err).toContain('"noon" is not a moment');
    expect((await run("show", "--view", "pairs", "--only", "Boot*", day)).code).toBe(2);
  });
});

describe("trim", () => {
  test("trim writes a whole cassette with a note about its origin", async () => {
    const out = join(folder, "incident.cassette");
    const done = await run("trim", day, "-o", out, "--transaction", "4711", "--json");
    expect(JSON.parse(done.out)).toEqual({
      in: day,
      out,
      kept: 4,
      of: 10,
      prologue: 4,
      entries: 16,
      selection: "--transaction 4711 --prologue boot",
      unbound: [],
      notes: [],
    });
    expect((await run("verify", out)).out).toContain(": whole (16 entries");
    expect(ids(await run("show", out))).toEqual(
      ["boot", "status", "start", "stop"].flatMap((id) => [id, id]),
    );
    const trimmed = "from day.cassette: --transaction 4711 --prologue boot; 4 of 10 messages";
    expect((await run("info", out)).out).toContain(`trimmed     ${trimmed}\n`);
    expect(JSON.parse((await run("info", "--json", out)).out)).toMatchObject({ trimmed: [trimmed] });
    expect(await run("trim", day, "-o", out, "--transaction", "4711")).toMatchObject({ code: 2 });
    expect((await run("trim", day, "-o", out, "--force", "--only", "Heartbeat")).out).toBe(
      `${out}: 2 of 10 messages of ${day}, and a prologue of 4 messages\n`,
    );
  });

  test("trim never overwrites the cassette that it reads", async () => {
    expect(await run("trim", day, "-o", day, "--force", "--only", "Heartbeat")).toMatchObject({ code: 2 });
    expect((await run("verify", day)).code).toBe(0);
  });

  test.each([
    [["--transaction", "1"], "the recording has no transaction 1; its transactions are: 4711"],
    [["--around", "fire"], 'no marker contains "fire"; the markers are: "gun stuck"'],
    [["--from", "1h"], "the selection matches none of its 10 messages"],
    [[], "trim needs a selection"],
  ])("trim ends with 2 if %j selects nothing", async (argv, why) => {
    const out = join(folder, "nothing.cassette");
    expect(await run("trim", day, "-o", out, ...argv)).toMatchObject({
      code: 2,
      err: expect.stringContaining(why),
    });
    expect(existsSync(out)).toBe(false);
  });
});

describe("replay of a part", () => {
  const late = ["--from", "+100s"] as const;

  test("replay of a part names values from before it, and how to bind them", async () => {
    const done = await run("replay", day, ...late);
    expect(done).toMatchObject({ code: 2, out: "" });
    expect(done.err).toContain("transactionId:4711 is carried by 1 step, and was assigned before the cut");
    expect(done.err).toContain("Give --bind transactionId:4711=VALUE, --start-missing or --skip-unbound.");
    expect((await run("replay", day, ...late, "--bind", "4711=1")).err).toContain("is not a binding");
  });

  test("replay --start-missing sends the start of a transaction from before the part", async () => {
    const done = await run("replay", day, ...late, "--start-missing");
    expect(done.out).toContain("the recorded start of transactionId:4711 is sent first");
    expect(done).toMatchObject({ code: 0 });
    expect(done.out).toMatch(/transactionId: 4711 -> 1\n {2}2 equal, 1 ignorable, 1 bound\n {2}pass/);
  });

  test("replay --bind sends the given value", async () => {
    const transcript = join(folder, "given.cassette");
    const bind = ["--bind", "transactionId:4711=17", "--bind", "transactionId:5=6"] as const;
    const done = await run("replay", day, ...late, ...bind, "--transcript", transcript);
    expect(done.out).toContain("--bind transactionId:5 has no effect");
    expect((await run("show", "--only", "StopTransaction", transcript)).out).toContain('"transactionId":17');
  });

  test("replay --skip-unbound leaves out steps with an unbound value, also of a trimmed cassette", async () => {
    const out = join(folder, "late.cassette");
    expect((await run("trim", day, "-o", out, ...late)).out).toContain(
      "transactionId:4711 was assigned before the selection; a replay asks for it (--bind)",
    );
    expect((await run("replay", out)).err).toContain("transactionId:4711 is carried by 1 step");
    expect((await run("replay", out, "--start-missing")).err).toContain("does not hold its start");
    const some = await run("replay", day, "--from", "+80s", "--skip-unbound");
    expect(some.out).toContain("left out: 1 step with transactionId:4711");
    expect(some).toMatchObject({ code: 0 });
  });

  test("replay of a part leaves out the cassettes of a folder that have nothing of it", async () => {
    const place = mkdtempSync(join(folder, "place-"));
    const other = dialogueRecording(["1 dial", '1> [2,"x","Heartbeat",{}]', '1< [3,"x",{}]']);
    await writeCassetteFile(join(place, "other.cassette"), other);
    const done = await run("replay", place, "--transaction", "4711");
    expect(done.out).toContain("other.cassette: left out, no message matches the selection");
  });
});
