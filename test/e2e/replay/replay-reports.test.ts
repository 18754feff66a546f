// The verdict of a replay and its reports, as a user sees them.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Entry } from "../../../src/cassette/format/entry.js";
import type { CliSession } from "../../../src/cli/common/session.js";
import { registerReplay } from "../../../src/cli/replay/replay.js";
import { writeCassetteFile } from "../../../src/io/cassette/cassette-file.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import {
  type ReceivedCall,
  type Reply,
  type ScriptedCsms,
  startScriptedCsms,
} from "../../support/peers/scripted-csms.js";
import { type CliOutcome, jsonLines, runCommand } from "../../support/runs/replay-cli.js";
import { temporaryFolder } from "../../support/runs/temporary-folder.js";

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

const replay = (argv: readonly string[], changes: Partial<CliSession> = {}): Promise<CliOutcome> =>
  runCommand(registerReplay, ["replay", ...argv], changes);

const recorded = [
  "1 dial",
  '1> [2,"1","Authorize",{"idTag":"T"}]',
  '@3 1< [3,"1",{"idTagInfo":{"status":"Accepted","parentIdTag":"P"}}]',
  '1< [2,"c","GetConfiguration",{"key":["A"]}]',
  '1> [3,"c",{"configurationKey":[]}]',
  '1> [2,"2","StartTransaction",{"connectorId":1,"idTag":"T","meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}]',
  '1< [3,"2",{"transactionId":4711,"idTagInfo":{"status":"Accepted"}}]',
  "1 close",
];

/** Answers as recorded, but for what a test changes. */
const csmsSaying = (changes: Readonly<Record<string, Reply>>): Promise<ScriptedCsms> =>
  startScriptedCsms(({ action }: ReceivedCall): Reply => {
    const usual: Record<string, Reply> = {
      Authorize: {
        result: { idTagInfo: { status: "Accepted", parentIdTag: "P" } },
        first: ['[2,"x","GetConfiguration",{"key":["A"]}]'],
      },
      StartTransaction: { result: { transactionId: 1, idTagInfo: { status: "Accepted" } } },
      StopTransaction: { result: {} },
    };
    return { ...usual[action], ...changes[action] };
  });

let faithful: ScriptedCsms;
let quiet: ScriptedCsms;
let strict: ScriptedCsms;
let slow: ScriptedCsms;
const path = at("incident.cassette");

beforeAll(async () => {
  await writeCassetteFile(path, dialogueRecording(recorded));
  faithful = await csmsSaying({});
  quiet = await csmsSaying({ Authorize: { first: [] } });
  strict = await csmsSaying({ Authorize: { result: { idTagInfo: { status: "Invalid" } } } });
  slow = await csmsSaying({ StartTransaction: { after: 150 } });
});
afterAll(async () => {
  await Promise.all([faithful, quiet, strict, slow].map((csms) => csms.close()));
});

const file = (name: string, content: string): string => {
  writeFileSync(at(name), content);
  return at(name);
};

const verdictOf = ({ out }: CliOutcome): Record<string, unknown> =>
  jsonLines(out).find(({ event }) => event === "verdict") ?? {};

// Concurrent: each replay ends with a second in which the CSMS may call.
describe.concurrent("ignored differences", () => {
  test("ignored differences are named in a file or on the command line, and are in the JSON output", async () => {
    const ignore = file(
      "ignore.yaml",
      '- { action: Auth*, type: CALLRESULT, direction: csms-to-cp, pointer: "/**/status", why: a test system }\n' +
        "- { pointer: /idTagInfo/parentIdTag }\n",
    );
    const ignored = await replay([path, "--csms", strict.url, "--ignore", ignore, "--json"]);
    expect(verdictOf(ignored)).toMatchObject({ verdict: "pass", counts: { ignorable: 1, different: 0 } });
    const compared = jsonLines(ignored.out).find(({ result }) => result === "ignorable");
    expect(compared?.differences).toContainEqual({
      pointer: "/idTagInfo/status",
      recorded: "Accepted",
      live: "Invalid",
      why: "ignored",
    });
    const short = await replay([path, "--csms", strict.url, "--ignore-path", "Authorize:/idTagInfo"]);
    expect(short.code).toBe(0);
    const other = await replay([path, "--csms", strict.url, "--ignore-path", "BootNotification:/idTagInfo"]);
    expect(other.code).toBe(1);
  });

  test("an ignore file is refused with all errors, their places and the nearest words", async () => {
    const ignore = file("wrong.yaml", "- { poinetr: /a }\n- { type: CALLRESLT, pointer: a }\n- 7\n");
    const { err, code } = await replay([path, "--csms", quiet.url, "--ignore", ignore]);
    expect(code).toBe(2);
    expect(err).toContain("5 errors in");
    expect(err).toMatch(/wrong\.yaml:1:5: unknown key "poinetr".*did you mean "pointer"/);
    expect(err).toMatch(/wrong\.yaml:2:11: type cannot be "CALLRESLT".*did you mean "CALLRESULT"/);
    expect(err).toMatch(/wrong\.yaml:2:31: pointer must begin with a slash/);
    expect(err).toMatch(/wrong\.yaml:3:3: the entry must be a map/);
    expect((await replay([path, "--ignore", at("nowhere.yaml")])).code).toBe(2);
    expect((await replay([path, "--ignore-path", "/a"])).code).toBe(2);
  });
});

describe.concurrent("a verdict", () => {
  test("a verdict is partial if a call of the CSMS is missing, and pass if it may be", async () => {
    const partial = await replay([path, "--csms", quiet.url, "--json"]);
    expect([verdictOf(partial).verdict, partial.code]).toEqual(["partial", 1]);
    const allowed = await replay([path, "--csms", quiet.url, "--allow-missing", "Reset,Get*", "--json"]);
    expect([verdictOf(allowed).verdict, allowed.code]).toEqual(["pass", 0]);
  });

  test("a verdict is fail if an answer is too slow, with both times", async () => {
    const { out, code } = await replay([path, "--csms", slow.url, "--max-slowdown", "2x+50ms", "--json"]);
    expect(code).toBe(1);
    const late = jsonLines(out).find(({ action }) => action === "StartTransaction");
    expect(late).toMatchObject({ result: "different", latencyMs: { recorded: 1 } });
    expect(late?.differences).toContainEqual({
      pointer: "",
      recorded: 1,
      live: expect.any(Number),
      why: "slower",
    });
    expect((await replay([path, "--csms", slow.url, "--max-slowdown", "+5s"])).code).toBe(0);
    expect((await replay([path, "--csms", slow.url, "--max-slowdown", "0.5x"])).code).toBe(2);
  });

  test("a recording that was not made on the wire has no times to compare", async () => {
    const [session, ...rest] = dialogueRecording(recorded);
    const imported = at("imported.cassette");
    await writeCassetteFile(imported, [{ ...session, capture: "messages" } as Entry, ...rest]);
    const { out, code } = await replay([imported, "--csms", slow.url, "--max-slowdown", "2x+50ms"]);
    expect(out).toContain("its times are not compared, because it was not recorded on the wire");
    expect(code).toBe(0);
  });

  test("a verdict is not-applicable, without failing, if there is nothing to compare", async () => {
    const empty = at("empty.cassette");
    await writeCassetteFile(empty, dialogueRecording([]));
    const { out, code } = await replay([empty, "--csms", faithful.url, "--json", "--junit", at("empty.xml")]);
    expect([verdictOf({ out, err: "", code }).verdict, code]).toEqual(["not-applicable", 0]);
    expect(readFileSync(at("empty.xml"), "utf8")).toContain('skipped="1"');
  });

  test("a known failure is expected, and the replay fails if it does not occur", async () => {
    const known = file(
      "known.yaml",
      "- { cassette: incident*, action: Authorize, pointer: /idTagInfo, result: different, why: ticket 12 }\n",
    );
    const met = await replay([path, "--csms", strict.url, "--expect", known, "--json"]);
    expect(verdictOf(met)).toMatchObject({ verdict: "pass", counts: { expected: 1, unmet: 0 } });
    const unmet = await replay([path, "--csms", faithful.url, "--expect", known]);
    expect(unmet.code).toBe(1);
    expect(unmet.out).toContain("Authorize /idTagInfo was expected to be different (ticket 12), but is not");
    expect(unmet.out).toContain("1 unmet");
    const elsewhere = file("elsewhere.yaml", "- { cassette: x*, action: A, result: missing, why: w }\n");
    expect((await replay([path, "--csms", faithful.url, "--expect", elsewhere])).code).toBe(1);
    const wrong = file("wrong-known.yaml", "- { action: A, result: late }\n");
    expect((await replay([path, "--expect", wrong])).err).toContain('result cannot be "late"');
  });
});

describe.concurrent("the reports", () => {
  test("the JUnit report has a suite for each cassette, a damaged one included", async () => {
    writeFileSync(at("broken.cassette"), "no cassette");
    const junit = at("junit.xml");
    const { code } = await replay([path, at("broken.cassette"), "--csms", strict.url, "--junit", junit]);
    expect(code).toBe(4);
    const xml = readFileSync(junit, "utf8");
    expect(xml).toContain('tests="3" failures="1" errors="1" skipped="0"');
    expect(xml).toContain('<property name="verdict" value="fail"/>');
    expect(xml).toMatch(/<property name="fingerprint" value="sha256:[0-9a-f]{64}"\/>/);
    expect(xml).toContain("/idTagInfo/status: recorded &quot;Accepted&quot;, live &quot;Invalid&quot;");
    expect(xml).toContain("broken.cassette");
    await replay([path, "--csms", faithful.url, "--junit", junit]);
    expect(readFileSync(junit, "utf8")).toContain('failures="0"');
    expect((await replay([path, "--csms", faithful.url, "--junit", path])).code).toBe(2);
  });

  test("the GitHub report has annotations, and a summary if its file is set", async () => {
    const summary = at("summary.md");
    const { out, code } = await replay([path, "--csms", strict.url, "--github"], {
      env: { GITHUB_STEP_SUMMARY: summary },
    });
    expect(code).toBe(1);
    expect(out).toMatch(/^::error title=.*incident\.cassette #1 fork 1::the authorisation was not accepted/m);
    expect(out).toContain("%0A#1 < CALLRESULT Authorize id 1: different%0A/idTagInfo/status: recorded");
    expect(readFileSync(summary, "utf8")).toContain("| fail |");
    const silent = await replay([path, "--csms", faithful.url, "--github", "--json"]);
    expect(silent.out).not.toContain("::error");
  });

  test("the page shows both dialogues, and does not overwrite another kind of file", async () => {
    const page = at("page.html");
    await replay([path, "--csms", strict.url, "--report", page]);
    const html = readFileSync(page, "utf8");
    expect(html).toContain("parentIdTag");
    expect(html).toContain(">fail</span>");
    expect(html).not.toMatch(/https?:\/\//);
    expect((await replay([path, "--csms", strict.url, "--report", path])).code).toBe(2);
  });

  test("reports are written for an interrupted run as well", async () => {
    let stop: (signal: NodeJS.Signals) => void = () => undefined;
    const stopped = new Promise<NodeJS.Signals>((resolve) => {
      stop = resolve;
    });
    const dumb = await startScriptedCsms(({ action }) => {
      if (action === "StartTransaction") stop("SIGINT");
      return action === "Authorize" ? { result: {} } : {};
    });
    const outputs = ["--junit", at("cut.xml"), "--report", at("cut.html"), "--github"];
    const { code, out } = await replay([path, "--csms", dumb.url, ...outputs], {
      untilStopped: () => stopped,
    });
    await dumb.close();
    expect(code).toBe(130);
    expect(out).toContain("::interrupted");
    expect(readFileSync(at("cut.xml"), "utf8")).toContain('<error message="interrupted"');
    expect(readFileSync(at("cut.html"), "utf8")).toContain("interrupted");
  });
});

describe.concurrent("one recording against two CSMSs", () => {
  test("--against ends with 0 if both CSMSs answer alike, whatever the recording has", async () => {
    const same = await csmsSaying({});
    const { out, code } = await replay([path, "--csms", faithful.url, "--against", same.url, "--json"]);
    await same.close();
    expect(code).toBe(0);
    expect(jsonLines(out).at(-1)).toMatchObject({ event: "alike", alike: true });
    expect(jsonLines(out).filter(({ event }) => event === "verdict")).toHaveLength(2);
  });

  test("--against ends with 1 and prints different answers and calls of only one CSMS", async () => {
    const page = at("both.html");
    const { out, code } = await replay([
      path,
      "--csms",
      quiet.url,
      "--against",
      strict.url,
      "--report",
      page,
    ]);
    expect(code).toBe(1);
    expect(out).toContain('answer /idTagInfo/status: "Accepted" -> "Invalid"');
    expect(out).toMatch(/added {6}#1 < CALL GetConfiguration/);
    expect(out).toContain(`not alike: ${quiet.url}/ and ${strict.url}/`);
    expect(readFileSync(page, "utf8")).toContain(strict.url);
    const { out: lines } = await replay([path, "--csms", quiet.url, "--against", strict.url, "--json"]);
    expect(
      jsonLines(lines).find(({ event, action }) => event === "against" && action === "Authorize"),
    ).toMatchObject({
      event: "against",
      result: "changed",
      differences: expect.arrayContaining([
        {
          part: "answer",
          pointer: "/idTagInfo/status",
          csms: "Accepted",
          against: "Invalid",
          why: "different",
        },
      ]),
    });
  });

  test("--against takes the embedded CSMS on either side, and excludes verdicts on the recording", async () => {
    mkdirSync(at("more"));
    expect((await replay([path, "--against", "embedded"])).code).toBe(0);
    expect((await replay([path, "--against", "embedded", "--junit", at("x.xml")])).code).toBe(2);
  });

  test("--against ends with 3 if one CSMS cannot be reached", async () => {
    const { code } = await replay([path, "--csms", faithful.url, "--against", "ws://127.0.0.1:9"]);
    expect(code).toBe(3);
  });
});
