import { describe, expect, test } from "vitest";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { rehearse } from "../../../src/relay/rehearse/rehearse.js";
import { createDecider } from "../../../src/rules/deciding/decide.js";
import { ruleSet } from "../../rules/sample.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";

const recording = dialogueRecording([
  "1 dial",
  '1> [2,"1","Heartbeat",{}]',
  '1< [3,"1",{}]',
  '1> [2,"2","MeterValues",{"connectorId":1}]',
  '1< [3,"2",{}]',
  '@400000 1> [2,"3","Heartbeat",{}]',
  "1 close",
]);

const outcomes = (entries: readonly Entry[], ...rules: readonly string[]): readonly string[] =>
  [...rehearse(entries, createDecider(ruleSet(...rules), 1))].flatMap(({ entry, position }) =>
    entry.kind === "decision" ? [`${position} ${entry.type} ${entry.action} ${entry.outcome}`] : [],
  );

describe("a rehearsal", () => {
  test("shows what rules would have done, and on which entry", () => {
    expect(
      outcomes(
        recording,
        "{ id: a, when: { action: Heartbeat, type: CALL }, trigger: { nth: 2 }, then: [ drop: ] }",
        "{ id: b, when: { direction: csms-to-cp, action: MeterValues }, then: [ delay: 1s ] }",
      ),
    ).toEqual(["5 CALLRESULT MeterValues delayed 1000 ms", "6 CALL Heartbeat dropped"]);
  });

  test("moves the clock as recorded, so that rules act by it", () => {
    expect(outcomes(recording, "{ id: a, trigger: { idle: 5m }, then: [ close: ] }")).toEqual([
      "6 connection by the clock closed 1011",
    ]);
    expect(outcomes(recording, "{ id: a, trigger: { idle: 7m }, then: [ close: ] }")).toEqual([]);
  });

  test("is the same every time, and copes with a recording that has lost its beginning", () => {
    const rule = "{ id: a, trigger: { probability: 0.5 }, then: [ drop: ] }";
    expect(outcomes(recording, rule)).toEqual(outcomes(recording, rule));
    expect(outcomes(recording.slice(3), rule)).toEqual([]);
  });
});
