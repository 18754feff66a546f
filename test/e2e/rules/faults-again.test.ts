// Repeating the faults of a recording: `record --faults-from` and `replay --side`.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { runHere } from "../../support/runs/program-here.js";
import { cassettesIn, ownFolder, startProgram } from "../../support/runs/record-process.js";

const sample = resolve("recordings/sample-1.6.cassette");
const rules = `version: 1
seed: 11
rules:
  - { id: twice, when: { direction: cp-to-csms, type: CALL, action: MeterValues }, trigger: { probability: 0.6 }, then: [ duplicate: ] }
  - { id: late, when: { direction: cp-to-csms, type: CALL, action: StatusNotification }, trigger: { nth: 1 }, then: [ { delay: { ms: 20, jitter: 80 } } ] }
  - { id: gone, when: { direction: cp-to-csms, type: CALL, action: Heartbeat }, then: [ drop: ] }
`;

const lines = (text: string): readonly Record<string, unknown>[] =>
  text
    .trim()
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** Records the sample as this charge point, under these options; gives its cassette. */
const recordUnder = async (folder: string, out: string, identity: string, ...options: readonly string[]) => {
  const record = startProgram(
    folder,
    "record",
    "--json",
    "--csms",
    "embedded",
    "--listen",
    "0",
    "-o",
    out,
    ...options,
  );
  const { url } = JSON.parse(await record.line('"listening"')) as { url: string };
  const dialled = ["--csms", url, "--identity", identity, "--timeout", "1s", "--leave-open"];
  await runHere(folder, "replay", sample, ...dialled).ended;
  record.child.kill("SIGINT");
  await record.ended;
  const [cassette] = await cassettesIn(join(folder, out, identity));
  if (cassette === undefined) throw new Error("no cassette");
  return cassette;
};

const decisionsOf = async (folder: string, cassette: string) => {
  const program = runHere(folder, "export", cassette, "--to", "ndjson");
  await program.ended;
  return lines(program.stdout())
    .filter(({ kind }) => kind === "decision")
    .map(({ rule, fault, action, ordinal, draw, outcome }) => ({
      rule,
      fault,
      action,
      ordinal,
      draw,
      outcome,
    }));
};

describe("a recording under faults", () => {
  test("recorded faults are repeated decision by decision on another charge point, and replay works for either side", async () => {
    const folder = await ownFolder();
    writeFileSync(join(folder, "r.yaml"), rules);
    const first = await recordUnder(folder, "a", "CP-A", "--rules", "r.yaml");
    const second = await recordUnder(folder, "b", "CP-B", "--faults-from", first);
    const decisions = await decisionsOf(folder, first);
    expect(decisions.length).toBeGreaterThan(2);
    expect(await decisionsOf(folder, second)).toEqual(decisions);

    const twice = decisions.filter(({ rule }) => rule === "twice").length;
    const sent = async (side: string): Promise<number> => {
      const program = runHere(
        folder,
        "replay",
        first,
        "--side",
        side,
        "--timeout",
        "1s",
        "--json",
        "--transcript",
        `${side}.cassette`,
      );
      await program.ended;
      const shown = runHere(folder, "export", `${side}.cassette`, "--to", "ndjson");
      await shown.ended;
      return lines(shown.stdout()).filter(
        ({ text }) => typeof text === "string" && text.includes('"MeterValues"'),
      ).length;
    };
    expect((await sent("csms")) - (await sent("charger"))).toBe(twice);
  });

  test("repeating faults refuses a cassette without faults, and rules in addition", async () => {
    const folder = await ownFolder();
    writeFileSync(join(folder, "r.yaml"), rules);
    const none = runHere(folder, "record", "--csms", "embedded", "--faults-from", sample);
    expect(await none.ended).toBe(2);
    expect(none.stderr()).toContain("has no faults to repeat");
    const both = runHere(
      folder,
      "record",
      "--csms",
      "embedded",
      "--faults-from",
      sample,
      "--rules",
      "r.yaml",
    );
    expect(await both.ended).toBe(2);
    expect(both.stderr()).toContain("brings its own rules and draws");
  });
});
