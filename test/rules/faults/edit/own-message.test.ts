import { expect, test } from "vitest";
import {
  callText,
  errorText,
  frameBeside,
  ownId,
  resultText,
  sendText,
} from "../../../../src/rules/faults/edit/own-message.js";
import { readFrame } from "../../../../src/wire/websocket/frame.js";
import { maskingKey, textFrame } from "../../sample.js";

test("a generated id is short, and different for every draw", () => {
  expect([ownId(0), ownId(0.5), ownId(0.999_999_999_999_999_9)]).toEqual([
    "vcr-0000000000000",
    "vcr-8000000000000",
    "vcr-fffffffffffff",
  ]);
});

test("generated messages have the format of OCPP-J", () => {
  expect(callText('a"b', "Reset", "{}")).toBe('[2,"a\\"b","Reset",{}]');
  expect(sendText("1", "Notify", "{}")).toBe('[6,"1","Notify",{}]');
  expect(resultText("1", '{"a":12.50}')).toBe('[3,"1",{"a":12.50}]');
  expect(errorText("1", "E", 'd"', "{}")).toBe('[4,"1","E","d\\"",{}]');
});

test("a generated frame is masked if the message is", () => {
  expect(readFrame(frameBeside(textFrame("a").raw, "b"))?.mask).toEqual(maskingKey);
  expect(readFrame(frameBeside(textFrame("a", "csms-to-cp").raw, "b"))?.mask).toBeUndefined();
});
