// The end of a switch over a union.
import { expect, test } from "vitest";
import { assertNever } from "../../src/base/assert-never.js";

test("a value that the types exclude is a bug, and is named", () => {
  expect(() => assertNever({ kind: "new" } as never)).toThrow('{"kind":"new"}');
});
