// The OCA's JSON schemas, from the ocpp-rpc package: an independent definition of valid payloads.
import { createRequire } from "node:module";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import { type OcppVersion, versionTable } from "../../../src/ocpp/version.js";

interface Schema {
  readonly $id: string;
}

const load = createRequire(import.meta.url);
const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
const validators = new Map<string, ValidateFunction>();

const schemasOf = (version: OcppVersion): readonly Schema[] =>
  load(`ocpp-rpc/lib/schemas/${versionTable[version].schemas}.json`) as readonly Schema[];

/** Compiled without its id: it is no valid URN, and ajv refuses it in some versions of its dependencies. */
const validatorOf = (version: OcppVersion, id: string): ValidateFunction => {
  const key = `${version} ${id}`;
  const made = validators.get(key);
  if (made !== undefined) return made;
  const schema = schemasOf(version).find(({ $id }) => $id === id);
  if (schema === undefined) throw new Error(`no schema ${id} in ${version}`);
  const { $id: _, ...body } = schema;
  const validate = ajv.compile(body);
  validators.set(key, validate);
  return validate;
};

const ending = { request: { old: ".req", new: "Request" }, response: { old: ".conf", new: "Response" } };

/** The names of all actions that have a schema, sorted. */
export function schemaActions(version: OcppVersion): readonly string[] {
  const names = schemasOf(version).map(({ $id }) =>
    $id.replace(/^urn:/, "").replace(/\.req$|\.conf$|Request$|Response$/, ""),
  );
  return [...new Set(names)].sort();
}

/** What is wrong with a payload; empty if nothing is. */
export function schemaErrors(
  version: OcppVersion,
  action: string,
  kind: "request" | "response",
  payload: unknown,
): readonly ErrorObject[] {
  const suffix = ending[kind][version === "2.1" ? "new" : "old"];
  const validate = validatorOf(version, `urn:${action}${suffix}`);
  return validate(payload) ? [] : (validate.errors ?? []);
}
