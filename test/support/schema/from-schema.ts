// Values that a schema allows, as fast-check arbitraries, and every way to violate it once.
import fc from "fast-check";
import { type JsonSchema, resolved } from "../../../src/ocpp/schema/schemas.js";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** One violation of the schema: the code and pointer that the validator must report. */
export interface Mutation {
  readonly code: string;
  readonly pointer: string;
  /** The payload with the violation. */
  readonly payload: Json;
  /** The text that makes the payload valid again, if it replaces the bytes of the issue. */
  readonly legal: string;
}

const asciiText = (longest: number, shortest: number): fc.Arbitrary<string> =>
  fc.string({ minLength: shortest, maxLength: Math.min(longest, 24) });

const anyText = (longest: number, shortest: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: "binary", minLength: shortest, maxLength: Math.min(longest, 12) })
    .filter((text) => !/\p{Surrogate}/u.test(text) && [...text].length <= longest);

const time: fc.Arbitrary<string> = fc
  .tuple(
    fc.date({
      min: new Date("1970-01-01T00:00:00Z"),
      max: new Date("2099-12-31T00:00:00Z"),
      noInvalidDate: true,
    }),
    fc.constantFrom("Z", ".5Z", ".123456Z", "+00:00"),
  )
  .map(([date, ending]) => `${date.toISOString().slice(0, 19)}${ending}`);

/** Values that the schema allows; with `full` they have every optional member. */
export function fromSchema(root: JsonSchema, isAscii: boolean, full = false): fc.Arbitrary<Json> {
  const of = (part: JsonSchema): fc.Arbitrary<Json> => {
    const schema = resolved(root, part);
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    switch (schema.type) {
      case "object":
        return object(schema);
      case "array": {
        const least = Math.max(schema.minItems ?? 0, full ? 1 : 0);
        const most = Math.min(schema.maxItems ?? 3, Math.max(3, least));
        return fc.array(of(schema.items ?? {}), {
          minLength: least,
          maxLength: full ? Math.max(1, least) : most,
        });
      }
      case "string":
        if (schema.format === "date-time") return time;
        if (schema.format === "uri")
          return fc.constantFrom("ftp://example.com/log", "https://example.com/a?b=c");
        return (isAscii ? asciiText : anyText)(schema.maxLength ?? 40, 1);
      case "integer":
        return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 60_000 });
      case "number": {
        const least = schema.minimum ?? -1000;
        const most = schema.maximum ?? Math.max(1000, least + 1000);
        return fc
          .integer({ min: Math.ceil(least * 10), max: Math.floor(most * 10) })
          .map((tenths) => tenths / 10);
      }
      case "boolean":
        return fc.boolean();
      default:
        return fc.constantFrom<Json>("any", 1, null, { any: "thing" });
    }
  };
  const object = (schema: JsonSchema): fc.Arbitrary<Json> => {
    const members = Object.entries(schema.properties ?? {}).map(([name, part]) => [name, of(part)] as const);
    const required = [...(schema.required ?? [])];
    const requiredKeys = full ? undefined : required;
    return fc.record(
      Object.fromEntries(members),
      requiredKeys === undefined ? {} : { requiredKeys },
    ) as fc.Arbitrary<Json>;
  };
  return of(root);
}

/** Every single violation of the schema that can be made from this payload. */
export function mutationsOf(root: JsonSchema, payload: Json, base: string): Mutation[] {
  const found: Mutation[] = [];
  const visit = (
    part: JsonSchema,
    value: Json,
    pointer: string,
    put: (value: Json) => Json,
    optional: boolean,
  ): void => {
    const schema = resolved(root, part);
    const step = (code: string, bad: Json): void => {
      found.push({ code, pointer: base + pointer, payload: put(bad), legal: JSON.stringify(value) });
    };
    for (const [code, bad] of valueSteps(schema, value)) step(code, bad);
    if (schema.type !== undefined && optional) step("null-member", null);
    if (Array.isArray(value)) {
      value.forEach((item, i) => {
        visit(schema.items ?? {}, item, `${pointer}/${i}`, (bad) => put(value.with(i, bad)), false);
      });
    } else if (typeof value === "object" && value !== null && schema.properties !== undefined) {
      for (const [name, member] of Object.entries(schema.properties)) {
        const held = value[name];
        if (held === undefined) continue;
        const isDue = schema.required?.includes(name) === true;
        visit(member, held, `${pointer}/${name}`, (bad) => put({ ...value, [name]: bad }), !isDue);
        const { [name]: _, ...rest } = value;
        if (isDue) {
          const legal = JSON.stringify(value);
          found.push({
            code: "missing-member",
            pointer: `${base}${pointer}/${name}`,
            payload: put(rest),
            legal,
          });
        }
      }
      if (schema.additionalProperties === false) {
        const more = put({ ...value, "x~/ü": { deep: [1, "2"] } });
        found.push({ code: "unknown-member", pointer: `${base}${pointer}/x~0~1ü`, payload: more, legal: "" });
      }
    }
  };
  visit(root, payload, "", (value) => value, false);
  return found;
}

const valueSteps = (schema: JsonSchema, value: Json): [string, Json][] => {
  if (schema.enum !== undefined)
    return [
      ["unknown-value", "no-such-value"],
      ["wrong-type", 7],
    ];
  switch (schema.type) {
    case "object":
      return [
        ["wrong-type", "text"],
        ["wrong-type", []],
      ];
    case "array":
      return arraySteps(schema, Array.isArray(value) ? value : []);
    case "string":
      return [["wrong-type", 12], ["wrong-type", { a: 1 }], ...textSteps(schema)];
    case "integer":
      return [
        ["wrong-type", "12"],
        ["not-an-integer", Number(value) + (value === schema.minimum ? 0.5 : -0.5)],
        ...limits(schema),
      ];
    case "number":
      return [
        ["wrong-type", "1.0"],
        ...limits(schema),
        ...(schema.multipleOf === undefined ? [] : [["not-a-multiple", 1.23] as [string, Json]]),
      ];
    case "boolean":
      return [["wrong-type", "true"]];
    default:
      return [];
  }
};

const textSteps = (schema: JsonSchema): [string, Json][] => {
  if (schema.format === "date-time") {
    return [
      ["time-malformed", "2024-02-30T00:00:00Z"],
      ["time-without-zone", "2024-02-29T00:00:00.123"],
      ["time-short-zone", "2024-02-29T00:00:00+03"],
      ["time-with-blank", "2024-02-29 00:00:00Z"],
      ["time-other-iso", "2024-02-29T00:00Z"],
      ["time-not-utc", "2024-02-29T00:00:00+01:00"],
    ];
  }
  if (schema.format === "uri") return [["not-a-uri", "no uri"]];
  return schema.maxLength === undefined ? [] : [["too-long", "x".repeat(schema.maxLength + 1)]];
};

const arraySteps = (schema: JsonSchema, value: Json[]): [string, Json][] => {
  const steps: [string, Json][] = [["wrong-type", { 0: "object" }]];
  if ((schema.minItems ?? 0) > 0) steps.push(["too-few", value.slice(0, (schema.minItems ?? 1) - 1)]);
  const [first] = value;
  if (schema.maxItems !== undefined && schema.maxItems < 100 && first !== undefined) {
    steps.push(["too-many", Array.from({ length: schema.maxItems + 1 }, () => first)]);
  }
  return steps;
};

const limits = (schema: JsonSchema): [string, Json][] => {
  const steps: [string, Json][] = [];
  if (schema.minimum !== undefined) steps.push(["out-of-range", schema.minimum - 1]);
  if (schema.maximum !== undefined) steps.push(["out-of-range", schema.maximum + 1]);
  return steps;
};
