// What the world refuses: codes, hints and exit codes.
import { describe, expect, test } from "vitest";
import {
  asError,
  type ErrorCode,
  errorCodes,
  errorText,
  errorTrace,
  systemErrorCode,
  VcrError,
} from "../../src/base/errors.js";

describe("VcrError", () => {
  test("carries its code, its hint, its cause and the exit code", () => {
    const cause = new Error("EADDRINUSE");
    const error = new VcrError("LISTEN_FAILED", "cannot listen", "choose another", cause);
    expect(error).toMatchObject({ code: "LISTEN_FAILED", hint: "choose another", exitCode: 3, cause });
    expect(error).toBeInstanceOf(Error);
  });

  test("has no cause where none is known", () => {
    expect(Object.hasOwn(new VcrError("USAGE", "no"), "cause")).toBe(false);
  });

  test.each(Object.keys(errorCodes) as ErrorCode[])(
    "%s ends the program with one of its exit codes",
    (code) => {
      expect([1, 2, 3, 4]).toContain(new VcrError(code, "x").exitCode);
    },
  );
});

describe("a thrown value", () => {
  test("gives its message, and its text where it is no Error", () => {
    expect([new Error("broken"), "broken", undefined].map(errorText)).toEqual([
      "broken",
      "broken",
      "undefined",
    ]);
  });

  test("gives its stack, its message where it has none, and its text where it is no Error", () => {
    const bare = new Error("bare");
    delete bare.stack;
    expect(errorTrace(new Error("broken"))).toMatch(/^Error: broken\n {4}at /);
    expect([bare, 7].map(errorTrace)).toEqual(["bare", "7"]);
  });

  test("stays the same object where it is an Error, and becomes one where it is none", () => {
    const error = new VcrError("USAGE", "no");
    expect(asError(error)).toBe(error);
    expect(asError("broken")).toEqual(new Error("broken"));
  });

  test("gives the code of the system where it has one as text", () => {
    const missing = Object.assign(new Error("missing"), { code: "ENOENT" });
    expect([missing, { code: 7 }, new Error("x"), null, "ENOENT"].map(systemErrorCode)).toEqual([
      "ENOENT",
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
