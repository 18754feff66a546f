import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { text, utf8 } from "../../../src/base/bytes.js";
import { parseEnvelope } from "../../../src/ocpp/envelope/parse-envelope.js";
import { peek } from "../../../src/ocpp/envelope/peek.js";
import { hasEmptyPayload, peekBytes } from "../../../src/ocpp/envelope/peek-bytes.js";
import { applyMask } from "../../../src/wire/websocket/frame.js";

const mask = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

describe("a peek into the bytes of a message", () => {
  test.each([
    ['[2,"17","Heartbeat",{}]', { type: "CALL", id: "17", action: "Heartbeat" }],
    ['[3,"a-b c",{}]', { type: "CALLRESULT", id: "a-b c", action: undefined }],
    ['[4,"","InternalError","",{}]', { type: "CALLERROR", id: "", action: undefined }],
    ['[6,"x","NotifyPeriodicEventStream",{', { type: "SEND", id: "x", action: "NotifyPeriodicEventStream" }],
  ])("%s is read, masked or not, wherever it lies", (message, seen) => {
    const bytes = utf8(message);
    expect(peekBytes(bytes, 0, undefined)).toEqual(seen);
    expect(peekBytes(applyMask(bytes, mask), 0, mask)).toEqual(seen);
    expect(peekBytes(Uint8Array.of(1, 2, 3, ...applyMask(bytes, mask)), 3, mask)).toEqual(seen);
  });

  test.each([
    "",
    "[",
    "[2",
    '[2,"1',
    '[2,"1"',
    '[2,"1","Heart',
    '[2,"1",17,{}]',
    ' [2,"1","Heartbeat",{}]',
    '[2, "1","Heartbeat",{}]',
    '[2,"1", "Heartbeat",{}]',
    '[2.0,"1","Heartbeat",{}]',
    '[7,"1","Heartbeat",{}]',
    '[2,"\\u0031","Heartbeat",{}]',
    '[2,"\u00e9","Heartbeat",{}]',
    '{"2":"1"}',
    `[2,"${"x".repeat(70)}","Heartbeat",{}]`,
  ])("%j is left to others", (message) => {
    expect(peekBytes(utf8(message), 0, undefined)).toBeUndefined();
  });

  test("says what a peek into the text says, whenever it says something", () => {
    const digit = fc.constantFrom("2", "3", "4", "5", "6", "7", "22", "2.0", "");
    const name = fc.oneof(
      fc.string({ maxLength: 70 }),
      fc.constantFrom("a", "Heartbeat", 'q"', "b\\", "\\\\"),
    );
    const glue = fc.constantFrom(",", ", ", "", ",,");
    const message = fc
      .tuple(digit, glue, name, glue, name, fc.string({ maxLength: 10 }))
      .map(([type, a, id, b, action, rest]) => `[${type}${a}"${id}"${b}"${action}"${rest}`);
    let said = 0;
    fc.assert(
      fc.property(message, fc.boolean(), (written, isMasked) => {
        const bytes = utf8(written);
        const seen = isMasked ? peekBytes(applyMask(bytes, mask), 0, mask) : peekBytes(bytes, 0, undefined);
        if (seen === undefined) return;
        said++;
        expect(seen).toEqual(peek(text(bytes)));
      }),
      { numRuns: 3000, seed: 1 },
    );
    expect(said).toBeGreaterThan(100);
  });

  test("bears any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(50), (bytes, at) => {
        const seen = peekBytes(bytes, at, undefined);
        if (seen !== undefined) expect(seen).toEqual(peek(text(bytes.subarray(at))));
      }),
    );
  });
});

describe("an empty payload", () => {
  const isEmpty = (message: string): boolean => {
    const bytes = utf8(message);
    const masked = Uint8Array.of(9, ...applyMask(bytes, mask));
    const found = hasEmptyPayload(bytes, 0, undefined);
    expect(hasEmptyPayload(masked, 1, mask)).toBe(found);
    return found;
  };

  test.each(['[2,"17","Heartbeat",{}]', '[3,"17",{}]', '[6,"17","Notify",{}]'])(
    "is known in %s",
    (message) => {
      expect(isEmpty(message)).toBe(true);
    },
  );

  test.each([
    '[2,"17","Heartbeat",{"a":1}]',
    '[2,"17","Heartbeat",{} ]',
    '[2,"17","Heartbeat",{}]x',
    '[2,"17","Heartbeat",{}',
    '[2,"17",{}]',
    '[3,"17",{},1]',
    '[3,"17"{}]',
    '[4,"17","InternalError","",{}]',
    '[4,"17",{}]',
    '[5,"17",{}]',
    "[]",
    "",
  ])("is not taken for granted in %j", (message) => {
    expect(isEmpty(message)).toBe(false);
  });

  test("is what parsing finds, whenever it is known", () => {
    const message = fc
      .tuple(
        fc.constantFrom("2", "3", "4", "6"),
        fc.string({ maxLength: 8 }),
        fc.constantFrom(',"Heartbeat"', "", ',"a\\\\"', ",7"),
        fc.constantFrom(",{}", ",{ }", ",[]", ",{}]"),
        fc.constantFrom("]", " ]", "", "]]"),
      )
      .map(([type, id, action, payload, end]) => `[${type},"${id}"${action}${payload}${end}`);
    let known = 0;
    fc.assert(
      fc.property(message, (written) => {
        if (!isEmpty(written)) return;
        known++;
        const envelope = parseEnvelope(written);
        expect(["call", "call-result", "send"]).toContain(envelope.kind);
        expect("payload" in envelope && envelope.payload).toEqual({});
      }),
      { numRuns: 3000, seed: 1 },
    );
    expect(known).toBeGreaterThan(50);
  });
});
