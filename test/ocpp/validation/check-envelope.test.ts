// Every rule of the frame: the place of its breach, and that replacing the bytes there fixes it.
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import { readJson } from "../../../src/ocpp/json/tree.js";
import { type Breach, checkEnvelope } from "../../../src/ocpp/validation/check-envelope.js";
import type { OcppVersion } from "../../../src/ocpp/version.js";
import { replaceBytes } from "../../support/schema/replace-bytes.js";

const check = (text: string, version: OcppVersion) => {
  const { root, isWhole } = readJson(text);
  if (root === undefined) throw new Error(`no JSON: ${text}`);
  return checkEnvelope(root, version, isWhole);
};

const bytes = (text: string, { start, end }: Breach): { offset: number; length: number } => {
  const offset = utf8(text.slice(0, start)).length;
  return { offset, length: utf8(text.slice(0, end)).length - offset };
};

const tooLong = `"${"é".repeat(37)}"`;
const longText = `"${"é".repeat(256)}"`;
const heartbeat = '[2,"é1","Heartbeat",{}]';

test.each<[string, OcppVersion, string, string, string, string]>([
  ['{"é":1}', "1.6", "no-array", "", '{"é":1}', heartbeat],
  ["null", "1.6", "no-array", "", "null", heartbeat],
  ["[]", "1.6", "missing-element", "/0", "[]", heartbeat],
  ['["2","é1","Heartbeat",{}]', "1.6", "message-type", "/0", '"2"', "2"],
  ['[1,"é1","Heartbeat",{}]', "1.6", "message-type", "/0", "1", "2"],
  ['[6,"é1","Heartbeat",{}]', "2.0.1", "message-type", "/0", "6", "2"],
  ['[5,"é1","GenericError","",{}]', "1.6", "message-type", "/0", "5", "4"],
  ['[7,"é1","Heartbeat",{}]', "2.1", "message-type", "/0", "7", "2"],
  ['[2,7,"Heartbeat",{}]', "1.6", "message-id", "/1", "7", '"é"'],
  [`[2,${tooLong},"Heartbeat",{}]`, "1.6", "message-id-length", "/1", tooLong, '"é"'],
  ['[2,"","Heartbeat",{}]', "1.6", "message-id-empty", "/1", '""', '"é"'],
  ['[2,"é1",4,{}]', "1.6", "action-type", "/2", "4", '"Heartbeat"'],
  ['[2,"é1","HeartBeat",{}]', "1.6", "unknown-action", "/2", '"HeartBeat"', '"Heartbeat"'],
  ['[2,"é1","TransactionEvent",{}]', "1.6", "unknown-action", "/2", '"TransactionEvent"', '"Heartbeat"'],
  ['[2,"é1","Heartbeat"]', "1.6", "missing-element", "/3", "", ",{}"],
  ['[2,"é1","Heartbeat",{} , 1, "x" ]', "1.6", "surplus-element", "/4", ' , 1, "x"', ""],
  ['[3,"é1",{},{}]', "1.6", "surplus-element", "/3", ",{}", ""],
  ['[4,"é1","Nope","",{}]', "1.6", "error-code", "/2", '"Nope"', '"GenericError"'],
  ['[4,"é1",7,"",{}]', "1.6", "error-code", "/2", "7", '"GenericError"'],
  ['[4,"é1","RpcFrameworkError","",{}]', "1.6", "error-code", "/2", '"RpcFrameworkError"', '"GenericError"'],
  [
    '[4,"é1","FormatViolation","",{}]',
    "1.6",
    "error-code-spelling",
    "/2",
    '"FormatViolation"',
    '"FormationViolation"',
  ],
  [
    '[4,"é1","FormationViolation","",{}]',
    "2.1",
    "error-code-spelling",
    "/2",
    '"FormationViolation"',
    '"FormatViolation"',
  ],
  ['[4,"é1","GenericError",null,{}]', "1.6", "error-text", "/3", "null", '""'],
  [`[4,"é1","GenericError",${longText},{}]`, "2.0.1", "error-text-length", "/3", longText, '""'],
  [`[5,"é1","GenericError",${longText},{}]`, "2.1", "error-text-length", "/3", longText, '""'],
  ['[4,"é1","GenericError","",null]', "1.6", "error-details", "/4", "null", "{}"],
  ['[4,"é1","GenericError","",[]]', "1.6", "error-details", "/4", "[]", "{}"],
  ['[4,"é1","GenericError"]', "1.6", "missing-element", "/3", "", ',"",{}'],
  ['[6,"é1","Heartbeat",{}]', "2.1", "wrong-message-type", "/0", "6", "2"],
  ['[2,"é1","NotifyPeriodicEventStream",{}]', "2.1", "wrong-message-type", "/0", "2", "6"],
])("%s of OCPP %s has a %s at %j", (text, version, code, pointer, span, legal) => {
  const [breach, ...others] = check(text, version).breaches;
  expect(others).toEqual([]);
  if (breach === undefined) throw new Error("no breach");
  expect([breach.code, breach.pointer, text.slice(breach.start, breach.end)]).toEqual([code, pointer, span]);
  expect(check(replaceBytes(text, bytes(text, breach), legal), version).breaches).toEqual([]);
});

describe("checkEnvelope", () => {
  test.each<[string, OcppVersion]>([
    [heartbeat, "1.6"],
    ['[3,"1",{}]', "1.6"],
    ['[4,"1","OccurenceConstraintViolation","",{}]', "1.6"],
    [`[4,"1","GenericError",${longText},{}]`, "1.6"],
    ['[4,"-1","RpcFrameworkError","",{}]', "2.0.1"],
    ['[4,"1","MessageTypeNotSupported","",{}]', "2.1"],
    ['[5,"1","OccurrenceConstraintViolation","",{}]', "2.1"],
    ['[6,"1","NotifyPeriodicEventStream",{}]', "2.1"],
    ['[2,"1","TransactionEvent-Signed",{}]', "2.1"],
    [`[2,"${"x".repeat(36)}","Heartbeat",{}]`, "1.6"],
    // An answer repeats the id of its CALL, which alone is to blame for its length.
    [`[3,"${"x".repeat(37)}",{}]`, "1.6"],
    [`[4,"${"x".repeat(37)}","GenericError","",{}]`, "1.6"],
  ])("has nothing to say of %s of OCPP %s", (text, version) => {
    expect(check(text, version).breaches).toEqual([]);
  });

  test("names what a word was probably meant to be", () => {
    const expected = (text: string): string | undefined => check(text, "1.6").breaches[0]?.expected;
    expect(expected('[2,"1","HeartBeat",{}]')).toBe("Heartbeat");
    expect(expected('[4,"1","GenericEror","",{}]')).toBe("GenericError");
    expect(expected(`[2,"1","${"x".repeat(500)}",{}]`)).toBe("an action of OCPP 1.6");
  });

  test("misses nothing in a text that was cut off", () => {
    expect(check('[2,"1"', "1.6").breaches).toEqual([]);
  });
});
