// `ocpp-vcr demo` and the program without arguments, as a newcomer runs them.
import { expect, test } from "vitest";
import { runHere } from "../../support/runs/program-here.js";
import { cassettesIn, ownFolder, startProgram } from "../../support/runs/record-process.js";

test("the demo records, replays and disturbs the sample, prints the verdicts, and ends with 0", {
  timeout: 40_000,
}, async () => {
  const folder = await ownFolder();
  const demo = startProgram(folder, "demo");
  expect(await demo.ended).toBe(0);
  const verdicts = demo
    .stdout()
    .match(/^ +(pass|fail|partial|error) {2}fingerprint/gm)
    ?.map((line) => line.trim().split(" ")[0]);
  expect(verdicts).toEqual(["pass", "pass", "fail"]);
  expect(await cassettesIn(folder)).toHaveLength(2);
});

test("the program without arguments shows its help and ends with 2; --help ends with 0", async () => {
  const folder = await ownFolder();
  const bare = startProgram(folder);
  expect(await bare.ended).toBe(2);
  const help = runHere(folder, "--help");
  expect(await help.ended).toBe(0);
  expect(help.stdout()).toContain("record");
  expect(help.stdout()).toBe(bare.stdout());
});

test.each([
  ["an unknown command", ["recrod"], "Did you mean record?"],
  ["an unknown option", ["record", "--csm", "embedded"], "Did you mean --csms?"],
  ["a value that cannot be read", ["replay", "x.cassette", "--timeout", "soon"], '"soon" is not a duration'],
])("%s ends with 2 and says what was meant", async (_what, args, words) => {
  const program = runHere(await ownFolder(), ...args);
  expect(await program.ended).toBe(2);
  expect(program.stderr()).toContain(words);
});
