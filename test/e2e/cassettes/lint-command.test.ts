// `ocpp-vcr lint` and `record --live` as a user runs them: what they find, print and write, and how they end.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { utf8 } from "../../../src/base/bytes.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { cassetteBytes } from "../../support/cassettes/cassette-bytes.js";
import { authorised, Story, start16, startAnswer } from "../../support/cassettes/story.js";
import { dialRaw, RawListener, switching, upgradeHead } from "../../support/peers/raw-peer.js";
import { type RunHere, runHere } from "../../support/runs/program-here.js";
import { cassettesIn, ownFolder, startProgram, startRecord } from "../../support/runs/record-process.js";
import { chargerMask } from "../../support/worlds/relay-player.js";

interface Outcome {
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

const outcomeOf = async (program: RunHere): Promise<Outcome> => {
  const code = await program.ended;
  return { code, out: program.stdout(), err: program.stderr() };
};

const lint = (folder: string, ...args: readonly string[]): Promise<Outcome> =>
  outcomeOf(runHere(folder, "lint", ...args));

const withCassette = async (story: Story): Promise<string> => {
  const folder = await ownFolder();
  writeFileSync(join(folder, "a.cassette"), cassetteBytes(story.entries(), 1));
  return folder;
};

const faulty = (): Story =>
  authorised()
    .call(
      2,
      "Authorize",
      { idTag: "\u001b[31mTHIS-TAG-IS-FAR-TOO-LONG" },
      { idTagInfo: { status: "Invalid" } },
    )
    .call(10, "StartTransaction", start16(10), startAnswer(0));

const jsonOf = ({ out }: Outcome): readonly Record<string, unknown>[] =>
  out
    .trim()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("lint", () => {
  test("lint does not take a misspelled profile for a file, and overwrites no file", async () => {
    const folder = await withCassette(faulty());
    const slip = await lint(folder, "--profile", "strikt", "a.cassette");
    expect(slip.code).toBe(2);
    expect(slip.err).toContain("did you mean strict?");
    writeFileSync(join(folder, "mine.yaml"), "mine");
    expect((await lint(folder, "--profile", "mine.yaml", "a.cassette")).code).toBe(2);
    expect(readFileSync(join(folder, "mine.yaml"), "utf8")).toBe("mine");
  });

  test("lint quotes the message, underlines the place, and escapes texts of chargers", async () => {
    const { code, out } = await lint(await withCassette(faulty()), "a.cassette");
    expect(code).toBe(1);
    expect(out).not.toContain("\u001b");
    const lines = out.split("\n");
    const at = lines.findIndex((line) => line.includes("~~~"));
    const from = lines[at]?.indexOf("~") ?? 0;
    const to = lines[at]?.lastIndexOf("~") ?? 0;
    expect(lines[at - 1]?.slice(from, to + 1)).toBe('"\\u001b[31mTHIS-TAG-IS-FAR-TOO-LONG"');
    expect(lines[0]).toBe("a.cassette: 1 defect, 2 smells, 1 event");
  });

  test("lint --json prints one line per finding with the offset and length of its bytes", async () => {
    const outcome = await lint(await withCassette(faulty()), "--json", "a.cassette");
    const [tooLong] = jsonOf(outcome);
    expect(tooLong).toMatchObject({
      code: "too-long",
      class: "defect",
      connection: 1,
      entry: 4,
      pointer: "/3/idTag",
      count: 1,
      cassette: "a.cassette",
    });
    expect(Object.keys(tooLong ?? {})).toEqual(expect.arrayContaining(["offset", "length", "message"]));
  });

  test("lint ends with 0 or 1 by --fail-on, and events never fail", async () => {
    const smelly = await withCassette(authorised().call(10, "StartTransaction", start16(10), startAnswer(0)));
    expect((await lint(smelly, "a.cassette")).code).toBe(0);
    expect((await lint(smelly, "--fail-on", "smell", "a.cassette")).code).toBe(1);
    const eventful = await withCassette(
      authorised().call(10, "StartTransaction", start16(10), startAnswer()),
    );
    const outcome = await lint(eventful, "--fail-on", "smell", "--json", "a.cassette");
    expect([outcome.code, jsonOf(outcome).map(({ class: kind }) => kind)]).toEqual([0, ["event"]]);
  });

  test("lint reads suppressions from the configuration file", async () => {
    const folder = await withCassette(faulty());
    writeFileSync(
      join(folder, "ocpp-vcr.yaml"),
      'lint:\n  suppress: ["too-long:Authorize:/3/idTag", failed-auth]\n',
    );
    const { code, out } = await lint(folder, "a.cassette");
    expect([code, out.split("\n")[0]]).toEqual([
      0,
      "a.cassette: 0 defects, 2 smells, 0 events, 2 suppressed",
    ]);
    writeFileSync(join(folder, "ocpp-vcr.yaml"), "lint:\n  suppress: [to-long]\n");
    const wrong = await lint(folder, "a.cassette");
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain("did you mean too-long?");
  });

  test("lint lists and explains its codes, and needs a cassette otherwise", async () => {
    const folder = await ownFolder();
    const list = await lint(folder, "--list");
    expect(list.out).toMatch(/^smell +heartbeat-irregular /m);
    const explained = await lint(folder, "--explain", "call-before-boot");
    expect(explained.out).toContain("OCPP 1.6, 4.2");
    const unknown = await lint(folder, "--explain", "call-befor-boot");
    expect([unknown.code, unknown.err.includes("did you mean call-before-boot?")]).toEqual([2, true]);
    expect((await lint(folder)).code).toBe(2);
  });

  test("lint judges messages more strictly with the profile spec", async () => {
    const unknownUnit = {
      connectorId: 1,
      meterValue: [{ timestamp: "2026-01-01T10:00:00Z", sampledValue: [{ value: "50", unit: "Hz" }] }],
    };
    const folder = await withCassette(new Story().call(5, "MeterValues", unknownUnit, {}));
    expect((await lint(folder, "a.cassette")).code).toBe(0);
    expect((await lint(folder, "--profile", "spec", "a.cassette")).code).toBe(1);
  });

  test("lint --profile FILE writes the quirks of the charger", async () => {
    const folder = await withCassette(faulty());
    await lint(folder, "--profile", "out.yaml", "a.cassette");
    const profile = parse(readFileSync(join(folder, "out.yaml"), "utf8")) as Record<string, unknown>;
    expect(profile).toMatchObject({ profile: 1, identity: "CP-1", version: "1.6", capture: "wire" });
    expect(profile.written).toMatchObject([{ quirk: "too-long" }, { quirk: "not-printable-ascii" }]);
  });

  test("lint of a damaged cassette ends with 4 and judges the whole records", async () => {
    const folder = await ownFolder();
    const bytes = cassetteBytes(faulty().entries(), 1);
    writeFileSync(join(folder, "torn.cassette"), Uint8Array.from([...bytes, 0x76, 0x63, 1, 2, 3, 4]));
    const { code, out } = await outcomeOf(startProgram(folder, "lint", "torn.cassette"));
    expect([code, out.includes("too-long")]).toEqual([4, true]);
  });
});

describe("record --live", () => {
  test("record --live prints findings while it records", async () => {
    const folder = await ownFolder();
    const csms = await new RawListener((peer) => void peer.head().then(() => peer.send(switching))).listen();
    onTestFinished(() => csms.close());
    const { program, port } = await startRecord(folder, csms.port, "--live");
    const charger = await dialRaw(port);
    onTestFinished(() => void charger.socket.destroy());
    charger.send(upgradeHead("/CP1"));
    await charger.head();
    charger.send(encodeFrame({ opcode: 1, payload: utf8('[2,"1","MakeCoffee",{}]'), mask: chargerMask }));
    const finding = JSON.parse(await program.line('"event":"finding"')) as Record<string, unknown>;
    expect(finding).toMatchObject({ identity: "CP1", code: "unknown-action", class: "defect", count: 1 });
    program.child.kill("SIGINT");
    expect(await program.ended).toBe(0);
    const [cassette = ""] = await cassettesIn(folder);
    const [found] = jsonOf(await lint(folder, "--json", cassette));
    expect(found).toMatchObject({ code: "unknown-action", offset: finding.offset, length: finding.length });
  });
});
