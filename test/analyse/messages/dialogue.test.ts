// Messages as a dialogue.
import { describe, expect, test } from "vitest";
import { dialogueOf, entryTone, toneOf } from "../../../src/analyse/messages/dialogue.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";

const recording = dialogueRecording([
  "1 dial",
  '@10 1> [2,"a","BootNotification",{}]',
  '@30 1< [3,"a",{"status":"Rejected"}]',
  '@40 1> [2,"b","Authorize",{}]',
  '@41 1< [4,"b","InternalError","",{}]',
  '@50 1> [2,"c","Heartbeat",{}]',
  '1< [3,"zz",{}]',
  "1> junk",
  '1< [2,"d","Reset",{}]',
  '@60 1> [3,"d",{"status":"Accepted"}]',
  "1 close",
]);

describe("dialogueOf", () => {
  const items = dialogueOf(recording);

  test("an answer has the time since its CALL", () => {
    expect(items.map(({ latencyNs }) => latencyNs)).toEqual([
      null,
      20e6,
      null,
      1e6,
      null,
      null,
      null,
      null,
      7e6,
      null,
    ]);
  });

  test("an answer has the position of its CALL", () => {
    expect(
      items.map(({ position, callPosition }) => callPosition && [position, callPosition]).filter(Boolean),
    ).toEqual([
      [3, 2],
      [5, 4],
      [10, 9],
    ]);
  });

  test("a message's outcome is an error, a refusal, a missing answer or a missing CALL", () => {
    expect(items.map(({ outcome }) => outcome)).toEqual([
      "plain",
      "refused",
      "plain",
      "error",
      "unanswered",
      "orphan",
      "unreadable",
      "plain",
      "plain",
      "control",
    ]);
    expect(items.map(toneOf)).toEqual([
      "charger",
      "warn",
      "charger",
      "bad",
      "warn",
      "warn",
      "bad",
      "csms",
      "charger",
      "quiet",
    ]);
  });

  test("an answer has no latency if a time is unknown", () => {
    const timeless = recording.map((entry) => (entry.kind === "frame" ? { ...entry, rx: null } : entry));
    expect(new Set(dialogueOf(timeless).map(({ latencyNs }) => latencyNs))).toEqual(new Set([null]));
  });

  test("a negative status inside idTagInfo or idTokenInfo is a refusal", () => {
    const [, answer] = dialogueOf(
      dialogueRecording(['1> [2,"a","Authorize",{}]', '1< [3,"a",{"idTagInfo":{"status":"Blocked"}}]']),
    );
    expect(answer?.outcome).toBe("refused");
  });
});

test("decisions of rules have a colour of their own, lost entries that of errors", () => {
  expect([entryTone("decision"), entryTone("gap"), entryTone("note")]).toEqual(["mark", "bad", "quiet"]);
});
