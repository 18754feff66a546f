// The OCA's JSON schemas of every payload, from the package ocpp-rpc, by version and action. Those of 1.6 contain the errata
// already (Celcius beside Celsius, StopTransaction.reason optional, integers for interval, retries and retryInterval),
// which a test checks. What the text of 1.6 requires and its schemas lack is added here.

import of16 from "ocpp-rpc/lib/schemas/ocpp1_6.json" with { type: "json" };
import of201 from "ocpp-rpc/lib/schemas/ocpp2_0_1.json" with { type: "json" };
import of21 from "ocpp-rpc/lib/schemas/ocpp2_1.json" with { type: "json" };
import type { OcppVersion } from "../version.js";

/** The part of JSON schema (draft 7) that these schemas use. */
export interface JsonSchema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly type?: "object" | "array" | "string" | "number" | "integer" | "boolean";
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
}

/** The payload of an action: of its CALL (or SEND), or of its CALLRESULT. */
export type PayloadRole = "request" | "response";

/** Lists that must have at least one item by the text of 1.6 (section 7), but not by its schemas. */
const neverEmpty: ReadonlySet<string> = new Set(["meterValue", "sampledValue", "chargingSchedulePeriod"]);

/** A schema of 1.6 with what its text requires. */
const corrected = (schema: JsonSchema): JsonSchema => ({
  ...schema,
  ...(schema.items === undefined ? {} : { items: corrected(schema.items) }),
  ...(schema.properties === undefined ? {} : { properties: correctedMembers(schema.properties) }),
});

const correctedMembers = (properties: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> =>
  Object.fromEntries(
    Object.entries(properties).map(([name, part]) => {
      const member = corrected(part);
      return [name, neverEmpty.has(name) ? { ...member, minItems: 1 } : member];
    }),
  );

const sources: Readonly<Record<OcppVersion, readonly JsonSchema[]>> = {
  "1.6": of16 as readonly JsonSchema[],
  "2.0.1": of201 as readonly JsonSchema[],
  "2.1": of21 as readonly JsonSchema[],
};

const roles: Readonly<Record<string, PayloadRole>> = {
  ".req": "request",
  Request: "request",
  ".conf": "response",
  Response: "response",
};

const keyOf = (schema: JsonSchema): string => {
  const [, action = "", ending = ""] =
    /^urn:(\w+?)(\.req|\.conf|Request|Response)?$/.exec(schema.$id ?? "") ?? [];
  // A name without an ending is the payload of a SEND, which has no answer.
  return `${action} ${roles[ending] ?? "request"}`;
};

const indexes = new Map<OcppVersion, ReadonlyMap<string, JsonSchema>>();

const indexOf = (version: OcppVersion): ReadonlyMap<string, JsonSchema> => {
  const known = indexes.get(version);
  if (known !== undefined) return known;
  const asMeant = version === "1.6" ? corrected : (schema: JsonSchema) => schema;
  const made = new Map(sources[version].map((schema) => [keyOf(schema), asMeant(schema)]));
  indexes.set(version, made);
  return made;
};

/** The schema of a payload; undefined if the version has no such payload. */
export function schemaOf(version: OcppVersion, action: string, role: PayloadRole): JsonSchema | undefined {
  return indexOf(version).get(`${action} ${role}`);
}

/** The schema itself, or the definition of the root that it refers to. */
export function resolved(root: JsonSchema, schema: JsonSchema): JsonSchema {
  const name = /^#\/definitions\/(\w+)$/.exec(schema.$ref ?? "")?.[1];
  return name === undefined ? schema : (root.definitions?.[name] ?? schema);
}
