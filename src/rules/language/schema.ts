// The JSON Schema of rule files, for editors, made from the tables with which rule files are read.

import { type OcppVersion, ocppVersions } from "../../ocpp/version.js";
import { type JsonSchema, settingFacts } from "../../yaml/settings.js";
import { faults } from "../faults/registry.js";
import { testNames } from "./read-path-tests.js";
import { triggerFields } from "./read-trigger.js";
import { typeNames, whenKeys } from "./read-when.js";

const oneOrMore = (item: JsonSchema): JsonSchema => ({
  anyOf: [item, { type: "array", minItems: 1, items: item }],
});

const plain: JsonSchema = { type: ["string", "number", "boolean", "null"] };
const aText: JsonSchema = { type: ["string", "number"] };
const time: JsonSchema = { anyOf: [{ type: "string" }, { type: "integer", minimum: 0 }] };

const tests: JsonSchema = {
  type: "object",
  additionalProperties: false,
  minProperties: 1,
  properties: Object.fromEntries(
    testNames.map((name) => {
      if (name === "equals") return [name, plain];
      if (name === "in") return [name, oneOrMore(plain)];
      if (name === "exists" || name === "absent") return [name, { type: "boolean" }];
      if (name === "matches" || name === "before" || name === "after") return [name, aText];
      return [name, { type: "number" }];
    }),
  ),
};

const valueTests: JsonSchema = { anyOf: [plain, tests] };

const identity: JsonSchema = {
  anyOf: [
    aText,
    {
      type: "object",
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
      properties: { like: aText, matches: { type: "string" } },
    },
  ],
};

const span = (required: readonly string[]): JsonSchema => ({
  type: "object",
  additionalProperties: false,
  minProperties: 1,
  properties: { from: time, to: time },
  required,
});

const nested: JsonSchema = { $ref: "#/$defs/when" };

/** A version as a text, and as a number if YAML reads it as one (1.6, 2.1). */
const spellings = (version: OcppVersion): readonly (string | number)[] =>
  String(Number(version)) === version ? [version, Number(version)] : [version];

/** The schema of each key of a `when`. */
const whenProperties: Readonly<Record<string, JsonSchema>> = {
  identity: oneOrMore(identity),
  direction: { enum: ["cp-to-csms", "csms-to-cp", "cp>csms", "csms>cp", "cs-to-csms", "csms-to-cs"] },
  version: oneOrMore({ type: ["string", "number"], enum: ocppVersions.flatMap(spellings) }),
  type: oneOrMore({ enum: typeNames }),
  action: oneOrMore(aText),
  connection: {
    anyOf: [oneOrMore({ type: "integer", minimum: 1 }), tests],
  },
  path: { type: "object", propertyNames: { pattern: "^(/|$)" }, additionalProperties: valueTests },
  state: {
    type: "object",
    additionalProperties: false,
    minProperties: 1,
    properties: {
      inTransaction: { type: "boolean" },
      booted: { type: "boolean" },
      connector: { type: "integer", minimum: 0 },
      status: oneOrMore(aText),
    },
  },
  window: span([]),
  clock: span(["from", "to"]),
  all: oneOrMore(nested),
  any: oneOrMore(nested),
  not: nested,
};

const triggerProperties: Readonly<Record<string, JsonSchema>> = Object.fromEntries(
  settingFacts(triggerFields).map(({ key, schema, meaning }) => [key, { ...schema, description: meaning }]),
);

const faultSchema: JsonSchema = {
  oneOf: faults.map(({ name, schema, summary }) => ({
    type: "object",
    additionalProperties: false,
    required: [name],
    properties: { [name]: { ...schema, description: summary } },
  })),
};

/** The schema, in JSON Schema 2020-12. */
export function ruleFileSchema(): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A rule file of ocpp-vcr",
    type: "object",
    additionalProperties: false,
    required: ["version", "rules"],
    properties: {
      version: { const: 1 },
      seed: { type: "integer", minimum: 0 },
      rules: { type: "array", items: { $ref: "#/$defs/rule" } },
    },
    $defs: {
      rule: {
        type: "object",
        additionalProperties: false,
        required: ["id", "then"],
        properties: {
          id: { type: ["string", "number"], pattern: "^[A-Za-z0-9._-]{1,64}$" },
          when: nested,
          trigger: { type: "object", additionalProperties: false, properties: triggerProperties },
          then: { type: "array", minItems: 1, items: faultSchema },
        },
      },
      when: {
        type: "object",
        additionalProperties: false,
        properties: Object.fromEntries(whenKeys.map((key) => [key, whenProperties[key] ?? {}])),
      },
    },
  };
}
