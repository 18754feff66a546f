// The numbers of message types.
import { describe, expect, test } from "vitest";
import { messageTypeOf, messageTypes, namesAction } from "../../../src/ocpp/envelope/message-type.js";

describe("messageTypeOf", () => {
  test("knows the numbers 2 to 6", () => {
    expect([2, 3, 4, 5, 6].map(messageTypeOf)).toEqual([
      "CALL",
      "CALLRESULT",
      "CALLERROR",
      "CALLRESULTERROR",
      "SEND",
    ]);
    expect(messageTypes).toEqual([2, 3, 4, 5, 6].map(messageTypeOf));
  });

  test.each([0, 1, 7, -2, 2.5, Number.NaN, Number.POSITIVE_INFINITY])("knows no type %d", (number) => {
    expect(messageTypeOf(number)).toBeUndefined();
  });
});

describe("namesAction", () => {
  test("is true of CALL and SEND alone", () => {
    expect(messageTypes.filter(namesAction)).toEqual(["CALL", "SEND"]);
  });
});
