import { describe, expect, test } from "vitest";
import { authorised, type Story, start16, startAnswer, stop16 } from "../../../support/cassettes/story.js";

const session = (seconds: number, reason?: string): Story =>
  authorised()
    .call(10, "StartTransaction", start16(10), startAnswer())
    .call(
      10 + seconds,
      "StopTransaction",
      { ...stop16(10 + seconds), ...(reason === undefined ? {} : { reason }) },
      {},
    );

describe("ends of transactions", () => {
  test("are told that come within 60 s", () => {
    expect(session(59).codes()).toEqual(["event short-session"]);
    expect(session(60).codes()).toEqual([]);
  });

  test("are told that have an unusual reason", () => {
    expect(session(300, "PowerLoss").codes()).toEqual(["event unexpected-stop-reason"]);
    expect(session(300, "EVDisconnected").codes()).toEqual([]);
  });

  test("are not told of a reset that the CSMS asked for", () => {
    const reset = session(300, "SoftReset").ask(250, "Reset", { type: "Soft" }, { status: "Accepted" });
    expect(reset.codes()).toEqual([]);
  });

  test("take the charger's own times before those of the recording", () => {
    const queued = authorised()
      .call(10, "StartTransaction", start16(-900), startAnswer())
      .call(12, "StopTransaction", stop16(-100), {});
    expect(queued.codes()).toEqual([]);
  });
});
