// Every way to break a schema once, for every schema of every version: too many for the quick tests.
import fc from "fast-check";
import { test } from "vitest";
import { fromSchema, mutationsOf } from "../support/schema/from-schema.js";
import { baseOf, expectCaught, messageCases } from "../support/schema/message-cases.js";

test.each([1, 2, 3])("every single violation of every schema is found, in sample %i", (seed) => {
  for (const one of messageCases) {
    const [payload] = fc.sample(fromSchema(one.schema, one.version === "1.6", true), { numRuns: 1, seed });
    for (const mutation of mutationsOf(one.schema, payload ?? {}, baseOf(one))) expectCaught(one, mutation);
  }
});
