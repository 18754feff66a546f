import { expect, test } from "vitest";
import { jsonOfYaml } from "../../src/yaml/json-text.js";
import { readYaml } from "../../src/yaml/source.js";

const jsonOf = (text: string): { json: string | undefined; said: string[] } => {
  const said: string[] = [];
  const report = (where: string, code: string): unknown => said.push(`${where} ${code}`);
  const value = readYaml(text, report);
  return { json: value && jsonOfYaml(value, report), said };
};

test("a YAML value becomes JSON text that keeps the digits of the file", () => {
  const { json, said } = jsonOf('a: 12.50\nb: [9223372036854775807, -0, 1e3, "x\\ty", true, null]\nc: {}\n');
  expect(said).toEqual([]);
  expect(json).toBe('{"a":12.50,"b":[9223372036854775807,-0,1e3,"x\\ty",true,null],"c":{}}');
});

test.each([
  ["0x10", "16"],
  ["+5", "5"],
  ["007", "7"],
])("a YAML number that is not valid JSON (%s) is rewritten as a JSON number", (yaml, json) => {
  expect(jsonOf(yaml)).toEqual({ json, said: [] });
});

test.each([".inf", "-.inf", ".nan"])(
  "%s is reported with its position, because JSON has no such number",
  (yaml) => {
    expect(jsonOf(`a: ${yaml}\n`).said).toEqual(["1:4 value"]);
  },
);
