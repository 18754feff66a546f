// All single violations of its schema that a payload can have, as edits. Includes absent optional members, added with a
// value that is not allowed.

import { memberAddition, removals, replacement } from "../../../ocpp/json/edits.js";
import { writePointer } from "../../../ocpp/json/pointer.js";
import type { Edit } from "../../../ocpp/json/spans.js";
import type { JsonNode } from "../../../ocpp/json/tree.js";
import type { JsonSchema } from "../../../ocpp/schema/schemas.js";
import type { Site } from "./payload-sites.js";

/** The kinds of violations. */
export type ViolationKind =
  | "required"
  | "type"
  | "null"
  | "enum"
  | "max-length"
  | "format"
  | "unknown-member"
  | "min-items"
  | "max-items"
  | "minimum"
  | "maximum"
  | "multiple-of"
  | "not-an-integer";

/** All kinds. The order decides which one a random number chooses. */
export const violationKinds: readonly ViolationKind[] = [
  "required",
  "type",
  "null",
  "enum",
  "max-length",
  "format",
  "unknown-member",
  "min-items",
  "max-items",
  "minimum",
  "maximum",
  "multiple-of",
  "not-an-integer",
];

/** One violation. */
export interface Violation {
  readonly kind: ViolationKind;
  readonly pointer: string;
  readonly edits: readonly Edit[];
}

/** All violations. `text` is the text that the positions of the sites refer to. */
export function violationsOf(sites: readonly Site[], text: string): readonly Violation[] {
  return sites.flatMap((site) => [...structural(site, text), ...wrongValues(site)]);
}

/** Violations by missing, unknown, too few or too many values. */
const structural = (site: Site, text: string): readonly Violation[] => {
  const { node, parent, schema, pointer, index } = site;
  const found: Violation[] = [];
  if (node !== undefined && parent !== undefined && site.isRequired)
    found.push({ kind: "required", pointer, edits: removals(parent, new Set([index])) });
  if (node?.members !== undefined && schema.additionalProperties === false) {
    const name = "unknownMember";
    const edits = [memberAddition(node, name, '"x"')];
    found.push({ kind: "unknown-member", pointer: pointer + writePointer([name]), edits });
  }
  if (node?.items !== undefined) found.push(...counts(node, site, text));
  return found;
};

/** Longer lists are not made. */
const mostItems = 1000;

const counts = (list: JsonNode, { schema, pointer }: Site, text: string): readonly Violation[] => {
  const items = list.items ?? [];
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
  const sources = items.map((item) => text.slice(item.start, item.end));
  const [first] = sources;
  const found: Violation[] = [];
  const put = (kind: ViolationKind, kept: readonly string[]): void => {
    found.push({ kind, pointer, edits: [replacement(list, `[${kept.join(",")}]`)] });
  };
  if (minItems > 0 && items.length >= minItems) put("min-items", sources.slice(0, minItems - 1));
  if (first !== undefined && maxItems < mostItems)
    put("max-items", [...sources, ...Array.from({ length: maxItems + 1 - items.length }, () => first)]);
  return found;
};

const wrongValues = (site: Site): readonly Violation[] => {
  const { node, parent, schema, pointer, key } = site;
  return valuesOutside(schema, site).flatMap(([kind, value]): readonly Violation[] => {
    if (node !== undefined) return [{ kind, pointer, edits: [replacement(node, value)] }];
    return parent?.members === undefined
      ? []
      : [{ kind, pointer, edits: [memberAddition(parent, key, value)] }];
  });
};

type Outside = readonly (readonly [ViolationKind, string])[];

/** JSON values that the schema does not allow here. */
const valuesOutside = (schema: JsonSchema, { isRequired, parent }: Site): Outside => {
  const nothing: Outside =
    !isRequired && parent !== undefined && schema.type !== undefined ? [["null", "null"]] : [];
  if (schema.enum !== undefined) return [["enum", '"NoSuchValue"'], ["type", "7"], ...nothing];
  switch (schema.type) {
    case "object":
      return [["type", '"text"'], ...nothing];
    case "array":
      return [["type", '{"0":"object"}'], ...nothing];
    case "boolean":
      return [["type", '"true"'], ...nothing];
    case "string":
      return [["type", "12"], ...texts(schema), ...nothing];
    case "integer":
      return [["type", '"12"'], ["not-an-integer", "1.5"], ...numbers(schema), ...nothing];
    case "number":
      return [["type", '"1.0"'], ...numbers(schema), ...nothing];
    default:
      return [];
  }
};

const texts = ({ format, maxLength }: JsonSchema): Outside => {
  if (format === "date-time") return [["format", '"2024-02-30T25:00:00"']];
  if (format === "uri") return [["format", '"no uri"']];
  return maxLength === undefined ? [] : [["max-length", JSON.stringify("x".repeat(maxLength + 1))]];
};

const numbers = ({ minimum, maximum, multipleOf }: JsonSchema): Outside => [
  ...(minimum === undefined ? [] : [["minimum", String(minimum - 1)] as const]),
  ...(maximum === undefined ? [] : [["maximum", String(maximum + 1)] as const]),
  ...(multipleOf === undefined ? [] : [["multiple-of", "1.2345"] as const]),
];
