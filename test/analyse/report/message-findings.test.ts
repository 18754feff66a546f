// What is wrong with the messages of a dialogue.
import { describe, expect, test } from "vitest";
import { dialogueOf } from "../../../src/analyse/dialogue.js";
import { messageFindings } from "../../../src/analyse/report/message-findings.js";
import { dialogueTape } from "../../support/dialogue-tape.js";

const findingsOf = (...script: readonly string[]): ReturnType<typeof messageFindings> => {
  const tape = dialogueTape(["1 dial", ...script]);
  return messageFindings(tape, dialogueOf(tape));
};

describe("messageFindings", () => {
  test("is empty for a healthy dialogue", () => {
    expect(
      findingsOf('1> [2,"1","Heartbeat",{}]', '1< [3,"1",{"currentTime":"2026-01-01T00:00:00Z"}]'),
    ).toEqual([]);
  });

  test("folds findings of one kind, with the first and the last place", () => {
    const start =
      '1> [2,"1","StartTransaction",{"connectorId":"1","idTag":"X","meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}]';
    const found = findingsOf(start, start, start);
    expect(found).toMatchObject([
      {
        action: "StartTransaction",
        direction: "cp-to-csms",
        count: 3,
        first: { entry: 2 },
        last: { entry: 4 },
      },
    ]);
  });

  test("judges an answer by the action of its CALL", () => {
    expect(findingsOf('1> [2,"1","Heartbeat",{}]', '1< [3,"1",{}]')).toMatchObject([
      { action: "Heartbeat", direction: "csms-to-cp" },
    ]);
  });
});
