// A selection applied to a recording.
import { describe, expect, test } from "vitest";
import { indexRecording } from "../../../src/analyse/select/recording-index.js";
import {
  isEverything,
  isInSpans,
  matchSelection,
  type Selection,
} from "../../../src/analyse/select/selection.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { everything } from "../../support/cassettes/selections.js";

const recording = dialogueRecording([
  "1 dial",
  '1> [2,"b","BootNotification",{}]',
  '1< [3,"b",{}]',
  '1> [2,"s","StartTransaction",{"connectorId":1,"idTag":"T"}]',
  '1< [3,"s",{"transactionId":4711}]',
  '1> [2,"m","MeterValues",{"connectorId":1,"transactionId":4711}]',
  '1< [3,"m",{}]',
  '1> [2,"n","StatusNotification",{"connectorId":2}]',
  '1< [3,"n",{}]',
  "1> what is that",
]);
const indexed = indexRecording(recording);

const chosen = (wanted: Partial<Selection>): unknown => {
  const { exchanges } = matchSelection(recording, indexed, { ...everything, ...wanted });
  return exchanges === undefined
    ? undefined
    : indexed.filter(({ exchange }) => exchanges.has(exchange)).map(({ label }) => label.id);
};

describe("choose", () => {
  test("a selection keeps answers with their CALLs", () => {
    expect(chosen({ transactions: ["4711"] })).toEqual(["s", "s", "m", "m"]);
    expect(chosen({ connectors: ["2"] })).toEqual(["n", "n"]);
    expect(chosen({ only: ["Boot*", "Status*"] })).toEqual(["b", "b", "n", "n"]);
    expect(chosen({ skip: ["*Notification", "Start*"] })).toEqual(["m", "m", undefined]);
  });

  test("a connector selects its transactions, and all criteria must match", () => {
    expect(chosen({ connectors: ["1"] })).toEqual(["s", "s", "m", "m"]);
    expect(chosen({ connectors: ["1"], skip: ["MeterValues"] })).toEqual(["s", "s"]);
    expect(chosen({ transactions: ["4711"], connectors: ["2"] })).toEqual([]);
  });

  test("an empty selection selects everything", () => {
    expect(chosen({})).toBeUndefined();
    expect(isEverything(everything)).toBe(true);
    expect(isEverything({ ...everything, skip: ["Heartbeat"] })).toBe(false);
  });

  test("a selection lists what the recording does not have, and what it has instead", () => {
    const { missing } = matchSelection(recording, indexed, {
      ...everything,
      transactions: ["4711", "1"],
      connectors: ["7"],
    });
    expect(missing).toEqual([
      "the recording has no transaction 1; its transactions are: 4711",
      "no message names connector 7",
    ]);
  });
});

describe("isWithin", () => {
  test("a span includes both ends, and an unknown time is in no span", () => {
    const spans = [{ fromNs: 1, toNs: 3 }];
    expect([0, 1, 3, 4, null].map((at) => isInSpans(spans, at))).toEqual([false, true, true, false, false]);
    expect(isInSpans(undefined, null)).toBe(true);
  });
});
