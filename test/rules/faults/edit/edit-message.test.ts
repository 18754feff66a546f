import { describe, expect, test } from "vitest";
import { concat, utf8 } from "../../../../src/base/bytes.js";
import {
  editMessage,
  editText,
  notApplied,
  readMessage,
} from "../../../../src/rules/faults/edit/edit-message.js";
import { encodeFrame } from "../../../../src/wire/websocket/frame.js";
import { textFrame } from "../../sample.js";
import { textOf } from "../trial.js";

describe("a message's text is read as", () => {
  test.each([
    ['[2,"1","A",{}]', { type: 2, action: "A", payload: {} }],
    ['[6,"1","A",{"a":1}]', { type: 6, action: "A", payload: { a: 1 } }],
    ['[3,"1",[1]]', { type: 3, action: undefined, payload: [1] }],
    ['[4,"1","E","",{}]', { type: 4, action: undefined, payload: undefined }],
    ['["2"]', { type: undefined, action: undefined, payload: undefined }],
  ])("a message's type, action and payload are read from %s", (text, expected) => {
    const message = readMessage(text);
    if (typeof message === "string") throw new Error(message);
    const { type, action, payload } = message;
    expect({ type, action: action?.value, payload: payload?.value }).toEqual(expected);
  });

  test.each(["{}", "[2,", "x", ""])("%j is not read as a message", (text) => {
    expect(readMessage(text)).toBe("the message is no JSON array");
  });
});

describe("an edit", () => {
  const twice = (text: string) => ({ bytes: utf8(text + text), outcome: "doubled" });

  test("identical copies are edited once", () => {
    const { raw } = textFrame("a");
    let calls = 0;
    const made = editText([raw, raw], (text) => {
      calls++;
      return twice(text);
    });
    expect([calls, made.outcome, made.copies.map(textOf)]).toEqual([1, "doubled", ["aa", "aa"]]);
    expect(made.copies[0]).toBe(made.copies[1]);
  });

  test("an edit joins fragments and keeps the masking key", () => {
    const mask = Uint8Array.of(1, 2, 3, 4);
    const parts = [
      encodeFrame({ opcode: 1, fin: false, payload: utf8("a"), mask }),
      encodeFrame({ opcode: 0, payload: utf8("b"), mask }),
    ];
    const [copy] = editText([concat(parts)], twice).copies;
    expect(copy).toEqual(encodeFrame({ opcode: 1, payload: utf8("abab"), mask }));
  });

  test.each([
    [encodeFrame({ opcode: 1, rsv: 4, payload: utf8("a") }), "the message is compressed"],
    [encodeFrame({ opcode: 1, payload: Uint8Array.of(0xff) }), "the message is no UTF-8"],
    [Uint8Array.of(1), "there is no frame"],
  ])("an edit does not change %j", (copy, why) => {
    const copies = [copy];
    const made = editMessage(copies, () => ({ edits: [], outcome: "x" }));
    expect(made).toEqual({ copies, outcome: notApplied(why), isApplied: false });
    expect(made.copies).toBe(copies);
  });

  test("an edit without copies reports that nothing is sent", () => {
    expect(editText([], twice).outcome).toBe("not applied: nothing goes out");
  });

  test("an edit that applies to some copies does not change the others", () => {
    const made = editText([textFrame("a").raw, textFrame("b").raw], (text) =>
      text === "a" ? "no" : twice(text),
    );
    expect([made.outcome, made.copies.map(textOf)]).toEqual(["doubled", ["a", "bb"]]);
  });
});
