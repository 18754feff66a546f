// The body of a close frame.
import { describe, expect, test } from "vitest";
import { closeBody, readCloseBody } from "../../../src/wire/websocket/close-frame.js";
import { bytesFrom } from "../../support/cassettes/frames.js";

describe("closeBody and readCloseBody", () => {
  test.each([
    ["", undefined, ""],
    ["03e8", 1000, ""],
    ["03f3c3a4", 1011, "ä"],
    ["ffff", 65535, ""],
    ["0000ff", 0, "\ufffd"],
    ["41", undefined, "A"],
  ])("readCloseBody reads from %j code %j and reason %j", (digits, code, reason) => {
    expect(readCloseBody(bytesFrom(digits))).toEqual({ code, reason });
  });

  test("readCloseBody returns what closeBody wrote", () => {
    expect(readCloseBody(closeBody(1001, "going away"))).toEqual({ code: 1001, reason: "going away" });
    expect(closeBody(undefined, "")).toHaveLength(0);
  });
});
