// The first characters of a message.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { peek } from "../../../src/ocpp/envelope/peek.js";

describe("peek", () => {
  test.each([
    ['[2,"1","Heartbeat",{}]', "CALL", "1", "Heartbeat"],
    ['[3,"1",{}]', "CALLRESULT", "1", undefined],
    ['[4,"1","GenericError","",{}]', "CALLERROR", "1", undefined],
    ['[5,"1","GenericError","",{}]', "CALLRESULTERROR", "1", undefined],
    ['[6,"1","NotifyPeriodicEventStream",{}]', "SEND", "1", "NotifyPeriodicEventStream"],
    [' \r\n[ 2 ,\t"1" , "Heartbeat" , {}]', "CALL", "1", "Heartbeat"],
    ['\uFEFF[2,"1","Heartbeat",{}]', "CALL", "1", "Heartbeat"],
    ['[2,"a\\"b\\u0041","Heart\\u0062eat",{}]', "CALL", 'a"bA', "Heartbeat"],
    ['[2.0,"1","Heartbeat",{}]', "CALL", "1", "Heartbeat"],
    ['[2,"","",{}]', "CALL", "", ""],
    ['[2,"1","Heartbeat', "CALL", "1", undefined],
    ['[2,"1",{}]', "CALL", "1", undefined],
    ['[2,"1"', "CALL", "1", undefined],
    ['[2,"1","Heartbeat",{"a":[,}', "CALL", "1", "Heartbeat"],
  ])("reads %j", (message, type, id, action) => {
    expect(peek(message)).toEqual({ type, id, action });
  });

  test.each([
    "",
    "[",
    "[2",
    "[2,",
    '[2,"1',
    "[2,1,",
    '["2","1"]',
    '[7,"1",{}]',
    '[-2,"1",{}]',
    '[2..,"1"]',
    '{"2":"1"}',
    "x",
  ])("sees no message in %j", (message) => {
    expect(peek(message)).toBeUndefined();
  });

  test("is total", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (rest) => {
        for (const start of ["", "[2,", '[2,"1",', '[2,"']) peek(start + rest);
      }),
    );
  });

  test("follows an id of millions of escapes", () => {
    expect(peek(`[2,"${"\\n".repeat(5_000_000)}","Heartbeat",{}]`)?.action).toBe("Heartbeat");
    expect(peek(`[2,"${"\\n".repeat(5_000_000)}`)).toBeUndefined();
  });
});
