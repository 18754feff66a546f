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
  test("the id -1 after a start without an answer is an event", () => {
    const story = authorised().call(10, "StartTransaction", start16(10));
    expect(story.call(600, "StopTransaction", stop16(600, 5, -1), {}).codes()).toContain(
      "event offline-transaction",
    );
  });

  test("the id -1 after an answered start is a defect", () => {
    const story = authorised().call(10, "StartTransaction", start16(10), startAnswer());
    const codes = story.call(60, "MeterValues", meter16(60, [energy(5)], -1), {}).codes();
    expect(codes).toContain("defect transaction-id-minus-one");
  });

  test("a transaction id of 0 from the CSMS is a smell", () => {
    const found = authorised().call(10, "StartTransaction", start16(10), startAnswer(0)).findings();
    expect(found).toMatchObject([{ code: "transaction-id-not-positive", class: "smell", by: "csms" }]);
  });

  test("valid transaction ids are not findings", () => {
    const story = authorised().call(10, "StartTransaction", start16(10), startAnswer());
    expect(story.call(600, "StopTransaction", stop16(600), {}).codes()).toEqual([]);
  });

  test("the id -1 of a transaction from before the recording is not a defect", () => {
    const story = authorised().call(10, "StartTransaction", start16(10), startAnswer());
    expect(story.call(60, "StopTransaction", stop16(-600, 5, -1), {}).codes()).toContain(
      "event offline-transaction",
    );
  });
});
