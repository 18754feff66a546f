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
  test("a transaction that ends within 60 s is an event", () => {
    expect(session(59).codes()).toEqual(["event short-session"]);
    expect(session(60).codes()).toEqual([]);
  });

  test("an unusual stop reason is an event", () => {
    expect(session(300, "PowerLoss").codes()).toEqual(["event unexpected-stop-reason"]);
    expect(session(300, "EVDisconnected").codes()).toEqual([]);
  });

  test("a stop because of a requested reset is not a finding", () => {
    const reset = session(300, "SoftReset").ask(250, "Reset", { type: "Soft" }, { status: "Accepted" });
    expect(reset.codes()).toEqual([]);
  });

  test("the duration of a transaction is that of the charger's clock", () => {
    const queued = authorised()
      .call(10, "StartTransaction", start16(-900), startAnswer())
      .call(12, "StopTransaction", stop16(-100), {});
    expect(queued.codes()).toEqual([]);
  });
});
