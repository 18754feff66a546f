import { expect, test } from "vitest";
import { readJson } from "../../../../src/ocpp/json/tree.js";
import type { RuledMessage } from "../../../../src/rules/contract/ruled-message.js";
import { type Site, sitesOf } from "../../../../src/rules/faults/edit/payload-sites.js";
import { ruledMessage } from "../../sample.js";

const sites = (payload: string, about: Partial<RuledMessage>): readonly Site[] | undefined => {
  const { root } = readJson(payload);
  return root === undefined ? undefined : sitesOf(root, ruledMessage("[2]", { type: "CALL", ...about }));
};

const words = (all: readonly Site[] | undefined) =>
  all?.map(
    ({ pointer, node, isRequired }) =>
      `${pointer} ${node === undefined ? "absent" : "there"} ${isRequired ? "due" : "optional"}`,
  );

test("values and absent members are paired with their part of the schema, through lists and definitions", () => {
  const authorize = sites('{"idToken":{"idToken":"A","type":"Central"}}', {
    action: "Authorize",
    version: "2.0.1",
  });
  expect(words(authorize)).toContain("/idToken/type there due");
  expect(words(authorize)).toContain("/certificate absent optional");
  expect(authorize?.find(({ pointer }) => pointer === "/idToken/type")?.schema.enum).toContain("Central");
  const meter = sites('{"connectorId":1,"meterValue":[{"timestamp":"t","sampledValue":[{"value":"1"}]}]}', {
    action: "MeterValues",
  });
  expect(words(meter)).toContain("/meterValue/0/sampledValue/0/value there due");
});

test("an answer has the schema of answers, and the default version is 1.6", () => {
  expect(words(sites("{}", { action: "Heartbeat", type: "CALLRESULT" }))).toEqual([
    " there due",
    "/currentTime absent due",
  ]);
});

test("an unknown action has no sites", () => {
  expect(sites("{}", { action: undefined })).toBeUndefined();
  expect(sites("{}", { action: "NoSuchAction" })).toBeUndefined();
});

test("a payload of another shape has no sites for members", () => {
  expect(words(sites("[1]", { action: "Heartbeat" }))).toEqual([" there due"]);
});
