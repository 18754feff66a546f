// The schemas of the admin API: every one is used, and every reference leads to one.
import { expect, test } from "vitest";
import { openApiOf } from "../../../src/admin/openapi/openapi.js";
import { schemas } from "../../../src/admin/openapi/schemas.js";

test("every schema is referred to, and every reference leads to a schema", () => {
  const referred = [...JSON.stringify(openApiOf("test")).matchAll(/"#\/components\/schemas\/(\w+)"/g)];
  const names = new Set(referred.map(([, name]) => name));
  expect([...names].sort()).toEqual(Object.keys(schemas).sort());
});
