// Compiles schemas into checks with ajv: each once, when the first message of its kind comes. Two demands that no OCA schema
// has are added: printable ASCII (OCPP 1.6 section 2.2), and what strict peers require.

import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { isUtcTime } from "../time-form.js";
import type { OcppVersion } from "../version.js";
import { type JsonSchema, type PayloadRole, schemaOf } from "./schemas.js";

/** An error of ajv. */
export type SchemaError = ErrorObject;

/** What is checked: the schemas, or also what strict peers require. */
export type Demand = "schema" | "strict";

/** Checks a payload; returns all its errors, or only the first if the check was made for that. */
export type PayloadCheck = (payload: unknown) => readonly SchemaError[];

const uri = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/;

const createAjv = (allErrors: boolean): Ajv => {
  const ajv = new Ajv({
    allErrors,
    strict: false,
    validateSchema: false,
    addUsedSchema: false,
    multipleOfPrecision: 6,
  });
  ajv.addFormat("date-time", { type: "string", validate: isUtcTime });
  ajv.addFormat("uri", { type: "string", validate: (text: string) => uri.test(text) });
  return ajv;
};

const compilers = new Map<boolean, Ajv>();

const compilerFor = (allErrors: boolean): Ajv => {
  const known = compilers.get(allErrors);
  if (known !== undefined) return known;
  const made = createAjv(allErrors);
  compilers.set(allErrors, made);
  return made;
};

const checks = new Map<string, ValidateFunction | undefined>();

/** The check of a payload; undefined if the version has no such payload. */
export function payloadCheck(
  version: OcppVersion,
  action: string,
  role: PayloadRole,
  demand: Demand,
  howMany: "all" | "first" = "all",
): PayloadCheck | undefined {
  const key = `${version} ${action} ${role} ${demand} ${howMany}`;
  let validate = checks.get(key);
  if (validate === undefined) {
    const schema = schemaOf(version, action, role);
    if (schema === undefined) return undefined;
    const { $id: _, ...nameless } = widened(schema, version, demand);
    validate = compilerFor(howMany === "all").compile(nameless);
    checks.set(key, validate);
  }
  const compiled = validate;
  return (payload) => (compiled(payload) ? [] : (compiled.errors ?? []));
}

/** The schema with the additional demands for its texts and numbers. */
function widened(schema: JsonSchema, version: OcppVersion, demand: Demand): JsonSchema {
  if (version !== "1.6") return schema;
  const isStrict = demand === "strict";
  const inner = (part: JsonSchema): JsonSchema => widened(part, version, demand);
  return {
    ...schema,
    ...(isShortText(schema) ? { pattern: printableAscii, ...(isStrict ? { minLength: 1 } : {}) } : {}),
    ...(schema.type === "integer" && isStrict ? { minimum: 0, maximum: 65535 } : {}),
    ...(schema.properties === undefined ? {} : { properties: widenedMembers(schema, inner, isStrict) }),
    ...(schema.definitions === undefined ? {} : { definitions: mapped(schema.definitions, inner) }),
    ...(schema.items === undefined ? {} : { items: inner(schema.items) }),
  };
}

const printableAscii = "^[ -~]*$";

/** Whether a text is a CiString; certificates and similar texts are longer, with line breaks. */
const isShortText = (schema: JsonSchema): boolean =>
  schema.type === "string" && schema.enum === undefined && (schema.maxLength ?? 1000) <= 512;

const mapped = (
  parts: Readonly<Record<string, JsonSchema>>,
  map: (part: JsonSchema, name: string) => JsonSchema,
): Record<string, JsonSchema> =>
  Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, map(part, name)]));

const widenedMembers = (
  schema: JsonSchema,
  inner: (part: JsonSchema) => JsonSchema,
  isStrict: boolean,
): Record<string, JsonSchema> => {
  const { properties = {}, required = [] } = schema;
  const isReading = "measurand" in properties;
  // A configuration key may be set to an empty text.
  const isSetting = "key" in properties;
  return mapped(properties, (part, name) => {
    const member = inner(part);
    if (isReading && name === "value") {
      return { ...member, minLength: 1, ...(isStrict ? { maxLength: 500, pattern: printableAscii } : {}) };
    }
    const isDue = required.includes(name) && isShortText(part) && !(isSetting && name === "value");
    return isDue ? { ...member, minLength: 1 } : member;
  });
};
