// A diff on a page.
import { expect, test } from "vitest";
import { diffRecordings } from "../../../src/analyse/compare/diff.js";
import { diffSection } from "../../../src/analyse/report/diff-section.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";

const heading = { title: "t", leftName: "a", rightName: "b", facts: [] };

test("a diff becomes a section with its result, its totals and a row for each exchange", () => {
  const left = dialogueRecording(['1> [2,"1","A",{"x":1}]', '1< [3,"1",{}]', "1> nonsense"]);
  const right = dialogueRecording(['1> [2,"1","A",{"x":2}]', '1< [3,"1",{}]', '1< [2,"9","Reset",{}]']);
  const section = diffSection(diffRecordings(left, right), heading);
  expect(section).toMatchObject({ verdict: "different", tone: "bad" });
  expect(section.totals).toEqual([
    ["changed", 1, "bad"],
    ["added", 1, "warn"],
    ["missing", 1, "bad"],
  ]);
  expect(
    section.items.map((item) => (item.kind === "exchange" ? `${item.name} ${item.result}` : "")),
  ).toEqual(["A changed", "Reset added", "unreadable missing"]);
});

test("a diff without differences has the result same", () => {
  const recording = dialogueRecording(['1> [2,"1","A",{"x":1}]']);
  expect(diffSection(diffRecordings(recording, recording), heading)).toMatchObject({
    verdict: "same",
    tone: "good",
  });
});
