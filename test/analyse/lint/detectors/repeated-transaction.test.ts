import { describe, expect, test } from "vitest";
import {
  authorised,
  type Story,
  start16,
  startAnswer,
  status16,
  stop16,
} from "../../../support/cassettes/story.js";

const started = (): Story => authorised().call(10, "StartTransaction", start16(10), startAnswer());

describe("a StartTransaction that comes twice", () => {
  test("a StartTransaction that is repeated without an answer is a retry", () => {
    const story = authorised().call(10, "StartTransaction", start16(10));
    const codes = story.call(50, "StartTransaction", start16(10), startAnswer()).codes();
    expect(codes).toContain("event retry");
    expect(codes).not.toContain("defect started-twice");
  });

  test("a StartTransaction that is repeated after its answer is a smell", () => {
    expect(started().call(50, "StartTransaction", start16(10), startAnswer()).codes()).toContain(
      "smell queued-twice",
    );
  });

  test("a second transaction on a connector while the first one runs is a defect", () => {
    expect(started().call(50, "StartTransaction", start16(50), startAnswer(8)).codes()).toEqual([
      "defect started-twice",
      "event station-offline",
    ]);
  });

  test("a start after a stop, on another connector, or after a refusal is not a finding", () => {
    const next = started()
      .call(300, "StopTransaction", stop16(300), {})
      .call(310, "StatusNotification", status16("Available", 310), {})
      .call(320, "StartTransaction", start16(320), startAnswer(8));
    expect(next.codes()).toEqual(["event station-offline"]);
    const other = started().call(50, "StartTransaction", start16(50, 0, 2), startAnswer(8));
    expect(other.codes()).not.toContain("defect started-twice");
    const refused = authorised()
      .call(10, "StartTransaction", start16(10), startAnswer(7, "Invalid"))
      .call(50, "StartTransaction", start16(50), startAnswer(8));
    expect(refused.codes()).not.toContain("defect started-twice");
  });
});

describe("a StopTransaction that comes twice", () => {
  const stopped = (): Story => started().call(300, "StopTransaction", stop16(300, 5), {});

  test("a repeated StopTransaction is a smell with the same content, a defect with other content", () => {
    expect(stopped().call(310, "StopTransaction", stop16(300, 5), {}).codes()).toEqual([
      "smell queued-twice",
    ]);
    expect(stopped().call(310, "StopTransaction", stop16(310, 9), {}).codes()).toEqual([
      "defect stopped-twice",
    ]);
  });

  test("a StopTransaction that is repeated without an answer is a retry", () => {
    const story = started().call(300, "StopTransaction", stop16(300));
    const codes = story.call(310, "StopTransaction", stop16(300), {}).codes();
    expect(codes).toContain("event retry");
    expect(codes.filter((code) => code.startsWith("defect"))).toEqual([]);
  });

  test("a stop of an id that the CSMS used again is not a finding", () => {
    const again = stopped()
      .call(400, "StartTransaction", start16(400, 5), startAnswer())
      .call(700, "StopTransaction", stop16(700, 9), {});
    expect(again.codes()).toEqual([]);
  });
});
