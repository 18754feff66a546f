// The payload of a message as text.
import fc from "fast-check";
import { expect, test } from "vitest";
import { payloadKey, payloadText } from "../../../src/analyse/messages/payload-text.js";

test.each([
  ['[2,"1","Heartbeat",{}]', "{}"],
  ['\uFEFF [ 2 , "1" , "Heart\\"beat" , { "a" : 1 } ] ', '{ "a" : 1 }'],
  ['[3,"a\\\\",{"status":"Accepted"}]', '{"status":"Accepted"}'],
  ['[4,"1","GenericError","no",{}]', '"GenericError","no",{}'],
  ['[6,"1","NotifyPeriodicEventStream",{"a":[1]}]', '{"a":[1]}'],
  ['[2,"1","Heartbeat",{"cut":', '{"cut":'],
  ['[2,"1"]', ""],
  ["junk", "junk"],
])("the payload text of %s is %s", (text, payload) => {
  expect(payloadText(text)).toBe(payload);
});

test("the payload text parses to the payload, for any payload", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.json(), (id, action, payload) => {
      const text = `[2,${JSON.stringify(id)},${JSON.stringify(action)},${payload}]`;
      expect(JSON.parse(payloadText(text))).toEqual(JSON.parse(payload));
    }),
  );
});

test("payloadText never throws, for any text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => typeof payloadText(text) === "string"));
});

test("a payload that is nested deeper than the stack has a key to compare", () => {
  const deep: unknown = JSON.parse(`${"[".repeat(20_000)}${"]".repeat(20_000)}`);
  expect(payloadKey(deep)).toBe("nested too deep");
  expect(payloadKey({ a: 1 })).toBe('{"a":1}');
  expect(payloadKey(undefined)).toBe("");
});
