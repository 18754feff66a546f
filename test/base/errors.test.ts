// What the world refuses: codes, hints and exit codes.
import { describe, expect, test } from "vitest";
import { type ErrorCode, errorCodes, VcrError } from "../../src/base/errors.js";

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
