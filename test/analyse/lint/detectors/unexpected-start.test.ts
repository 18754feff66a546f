import { describe, expect, test } from "vitest";
import { authorised, Story, start16, startAnswer, stop16 } from "../../../support/cassettes/story.js";

const session = (story: Story): readonly string[] =>
  story
    .call(10, "StartTransaction", start16(10), startAnswer())
    .call(600, "StopTransaction", stop16(600), {})
    .codes();

describe("transactions that nobody was seen to authorise", () => {
  test("a transaction without an authorisation is an event", () => {
    expect(session(new Story())).toEqual(["event unexpected-start"]);
  });

  test("a transaction after an accepted Authorize or a remote start with its tag is not a finding", () => {
    expect(session(authorised())).toEqual([]);
    const remote = new Story().ask(2, "RemoteStartTransaction", { idTag: "tag" }, { status: "Accepted" });
    expect(session(remote)).toEqual([]);
  });

  test("a transaction after a gap is not a finding", () => {
    expect(session(new Story().gap(5))).toEqual([]);
  });

  test("a 2.x transaction with a token that was not authorised is an event", () => {
    const started = (idToken?: unknown): Story =>
      new Story({ subprotocol: "ocpp2.0.1" }).call(
        5,
        "TransactionEvent",
        {
          eventType: "Started",
          timestamp: "2026-01-01T10:00:05Z",
          triggerReason: "Authorized",
          seqNo: 0,
          transactionInfo: { transactionId: "t" },
          ...(idToken === undefined ? {} : { idToken }),
        },
        {},
      );
    expect(started({ idToken: "AA", type: "ISO14443" }).codes()).toContain("event unexpected-start");
    expect(started().codes()).toEqual(["event station-offline"]);
  });
});
