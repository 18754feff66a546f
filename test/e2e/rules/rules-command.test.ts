// `ocpp-vcr rules` as a user runs it.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { constants, deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { cassetteBytes } from "../../support/cassettes/cassette-bytes.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { runHere } from "../../support/runs/program-here.js";
import { ownFolder } from "../../support/runs/record-process.js";

interface Outcome {
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

const rules = async (folder: string, ...args: readonly string[]): Promise<Outcome> => {
  const program = runHere(folder, "rules", ...args);
  const code = await program.ended;
  return { code, out: program.stdout(), err: program.stderr() };
};

const withFile = async (text: string): Promise<string> => {
  const folder = await ownFolder();
  writeFileSync(join(folder, "r.yaml"), text);
  return folder;
};

const wrong = `version: 1
rules:
  - id: a
    when: { acton: X }
    then: [ { dely: 2s } ]
`;
const right = `version: 1
seed: 7
rules:
  - { id: half, when: { action: "*" }, trigger: { probability: 0.5 }, then: [ drop: ] }
  - { id: quiet, when: { action: Nothing }, then: [ drop: ] }
`;
/** A compressed Heartbeat on a first connection; a plain one on a second. */
const compressedCassette = (): readonly Entry[] => {
  const flushed = deflateRawSync('[2,"1","Heartbeat",{}]', { finishFlush: constants.Z_SYNC_FLUSH });
  const payload = new Uint8Array(flushed).subarray(0, -4);
  const raw = encodeFrame({ opcode: 1, rsv: 4, payload, mask: Uint8Array.of(1, 2, 3, 4) });
  const head = utf8("HTTP/1.1 101 X\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
  const script = ["1 dial", "1> hex:8900", "2 dial", '2> [2,"1","Heartbeat",{}]'];
  return dialogueRecording(script, { head: "GET /CP-1 HTTP/1.1\r\n\r\n" }).map((entry) => {
    if (entry.kind === "connection-opened" && entry.connection === 1)
      return { ...entry, response: { raw: head, hidden: [] } };
    return entry.kind === "frame" && entry.connection === 1 ? { ...entry, raw } : entry;
  });
};

const sample = resolve("recordings/sample-1.6.cassette");

describe("rules", () => {
  test("rules check prints every error with its line and column, and exits with 2", async () => {
    const folder = await withFile(wrong);
    const { code, out, err } = await rules(folder, "check", "r.yaml");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain('r.yaml:4:13: unknown key "acton" in when');
    expect(err).toContain('r.yaml:5:15: unknown fault "dely"');
    expect(err).toContain('did you mean "delay"?');
    const json = await rules(folder, "check", "r.yaml", "--json");
    expect(JSON.parse(json.out)).toMatchObject({
      event: "checked",
      file: "r.yaml",
      ok: false,
      issues: [{}, {}],
    });
  });

  test("rules check prints the number of rules of a valid file, and an error for a missing file", async () => {
    const folder = await withFile(right);
    expect(await rules(folder, "check", "r.yaml")).toEqual({
      code: 0,
      out: "r.yaml: 2 rules, no errors\n",
      err: "",
    });
    const two = await rules(folder, "check", "gone.yaml", "r.yaml");
    expect([two.code, two.out]).toEqual([2, "r.yaml: 2 rules, no errors\n"]);
    expect(two.err).toMatch(/^gone\.yaml:1:1: the rule file gone\.yaml cannot be read: ENOENT/);
  });

  test("rules explain prints a sentence for each rule", async () => {
    const folder = await withFile(right);
    const { code, out } = await rules(folder, "explain", "r.yaml");
    expect(code).toBe(0);
    expect(out.split("\n")[0]).toBe(
      'half: Drops every message with action "*". Acts with a probability of 50 %.',
    );
  });

  test("rules test shows frame headers if nothing else changed", async () => {
    const folder = await withFile(
      "version: 1\nrules:\n  - { id: r, when: { direction: csms-to-cp, action: Heartbeat }, trigger: { nth: 1 }, then: [ { bad-rsv: rsv3 } ] }\n",
    );
    const { out, code } = await rules(folder, "test", "r.yaml", sample);
    expect(code).toBe(0);
    expect(out).toMatch(/before \[81[0-9a-f]{2}\] (\[3,.*)\n {4}after {2}\[91[0-9a-f]{2}\] \1\n/);
  });

  test("rules explain warns about rules that can destroy billing data, also for a preset and as JSON", async () => {
    const folder = await withFile(right);
    const plain = await rules(folder, "explain", "preset:lost-start-answer");
    expect(plain.out).toContain("  warning: this rule can destroy billing data: StartTransaction can fail");
    const json = (await rules(folder, "explain", "preset:duplicate-stop", "--json")).out.trim().split("\n");
    expect(JSON.parse(json[0] ?? "")).toMatchObject({ event: "rule", id: "stop-1.6", risk: null });
    const risky = (await rules(folder, "explain", "r.yaml", "--json")).out.trim().split("\n");
    expect(JSON.parse(risky[0] ?? "")).toMatchObject({ id: "half", risk: { faults: ["drop"] } });
  });

  test("rules presets lists the rule files that come with the program", async () => {
    const { code, out } = await rules(await withFile(right), "presets");
    expect([code, out.split("\n").includes("preset:flaky-4g")]).toEqual([0, true]);
  });

  test("rules test prints each application with before and after, the same in every run", async () => {
    const folder = await withFile(right);
    const first = await rules(folder, "test", "r.yaml", sample);
    expect(first.code).toBe(0);
    expect(first.out).toContain("dropped");
    expect(first.out).toContain("before [");
    expect(first.out).toContain("quiet: never applied");
    expect((await rules(folder, "test", "r.yaml", sample)).out).toBe(first.out);
    expect((await rules(folder, "test", "r.yaml", sample, "--seed", "8")).out).not.toBe(first.out);
    const json = (await rules(folder, "test", "r.yaml", sample, "--json")).out.trim().split("\n");
    const last = JSON.parse(json.at(-1) ?? "") as { fired: Record<string, number> };
    expect(last.fired.half).toBe(json.length - 1);
    expect(JSON.parse(json[0] ?? "")).toMatchObject({ event: "would-apply", rule: "half", after: [] });
  });

  test("rules test applies rules to upgrades and compressed messages, and says what a recording cannot test", async () => {
    const folder = await withFile(`version: 1
rules:
  - { id: beats, when: { action: Heartbeat }, then: [ drop: ] }
  - { id: no, trigger: { nth: 2, per: identity }, then: [ { refuse: { status: 503, retryAfter: 9 } } ] }
  - { id: cert, then: [ { certificate: expired } ] }
`);
    writeFileSync(join(folder, "c.cassette"), cassetteBytes(compressedCassette(), 1));
    const { out, code } = await rules(folder, "test", "r.yaml", "c.cassette", "--full");
    expect(code).toBe(0);
    expect(out).toContain("#1 1 compressed messages are read uncompressed");
    expect(out).toContain('before [2,"1","Heartbeat",{}]\n    after  nothing');
    expect(out).toMatch(
      /#2 upgrade: no refused 503\n {4}before GET .*\n {4}after {2}HTTP\/1.1 503 .*Retry-After: 9/,
    );
    expect(out).toContain("#2 would not have opened: rule no refused 503");
    expect(out).toContain("cert: cannot be tested with this recording: the recording does not hold TLS");
    expect(out).toMatch(/beats: 1 applied\nno: 1 applied\ncert: never applied\n$/);
    const json = (await rules(folder, "test", "r.yaml", "c.cassette", "--json")).out.trim().split("\n");
    const events = json.map((line) => JSON.parse(line) as { event: string; position?: number });
    expect(events.map(({ event, position }) => `${event} ${position}`)).toEqual([
      "compressed undefined",
      "would-apply 2",
      "would-apply 3",
      "would-not-connect 3",
      "cannot-tell undefined",
      "rules-tested undefined",
    ]);
  });

  test("rules list prints every fault, or everything about one", async () => {
    const folder = await withFile(right);
    const all = await rules(folder, "list", "--json");
    const names = all.out
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { name: string }).name);
    expect(names).toEqual(expect.arrayContaining(["delay", "drop", "close"]));
    const one = await rules(folder, "list", "delay");
    expect(one.out).toContain("jitter: ");
    const none = await rules(folder, "list", "dleay");
    expect([none.code, none.err.includes("Did you mean delay?")]).toEqual([2, true]);
  });

  test("rules schema prints a JSON Schema", async () => {
    const { code, out } = await rules(await withFile(right), "schema");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      title: "A rule file of ocpp-vcr",
      $defs: { rule: {}, when: {} },
    });
  });
});
