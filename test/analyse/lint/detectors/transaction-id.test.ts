import { describe, expect, test } from "vitest";
import {
  authorised,
  energy,
  meter16,
  start16,
  startAnswer,
  stop16,
} from "../../../support/cassettes/story.js";

describe("transaction ids that are none", () => {
  test("are an event where the start got no answer", () => {
    const story = authorised().call(10, "StartTransaction", start16(10));
    expect(story.call(600, "StopTransaction", stop16(600, 5, -1), {}).codes()).toContain(
      "event offline-transaction",
    );
  });

  test("are a defect where the start was answered", () => {
    const story = authorised().call(10, "StartTransaction", start16(10), startAnswer());
    const codes = story.call(60, "MeterValues", meter16(60, [energy(5)], -1), {}).codes();
    expect(codes).toContain("defect transaction-id-minus-one");
  });

  test("are a smell of the CSMS that hands out 0", () => {
    const found = authorised().call(10, "StartTransaction", start16(10), startAnswer(0)).findings();
    expect(found).toMatchObject([{ code: "transaction-id-not-positive", class: "smell", by: "csms" }]);
  });

  test("are not found where they are good", () => {
    const story = authorised().call(10, "StartTransaction", start16(10), startAnswer());
    expect(story.call(600, "StopTransaction", stop16(600), {}).codes()).toEqual([]);
  });

  test("are not a defect for a transaction from before the recording", () => {
    const story = authorised().call(10, "StartTransaction", start16(10), startAnswer());
    expect(story.call(60, "StopTransaction", stop16(-600, 5, -1), {}).codes()).toContain(
      "event offline-transaction",
    );
  });
});
