import { describe, expect, test } from "vitest";
import { authorised, Story, start16, startAnswer } from "../../../support/cassettes/story.js";

describe("refused cards", () => {
  test("an id tag that is not accepted is an event, in 1.6 and in 2.x", () => {
    const refused = new Story().call(1, "Authorize", { idTag: "X" }, { idTagInfo: { status: "Blocked" } });
    expect(refused.codes()).toEqual(["event failed-auth"]);
    const refused2x = new Story({ subprotocol: "ocpp2.0.1" }).call(
      1,
      "Authorize",
      { idToken: { idToken: "X", type: "ISO14443" } },
      { idTokenInfo: { status: "Invalid" } },
    );
    expect(refused2x.codes()).toEqual(["event failed-auth"]);
  });

  test("a start with an id tag that is not accepted is an event", () => {
    const story = authorised().call(10, "StartTransaction", start16(10), startAnswer(7, "ConcurrentTx"));
    expect(story.codes()).toEqual(["event failed-auth"]);
  });

  test("an accepted id tag is not a finding", () => {
    expect(authorised().codes()).toEqual([]);
  });
});
