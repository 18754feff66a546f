// The look-up of programs that some tests need.
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { has, needs } from "./needs.js";

function lookUp(program: string, env: Record<string, string>): { found: boolean; lines: string[] } {
  const lines: string[] = [];
  const found = has(program, { env, say: (line) => lines.push(line) });
  return { found, lines };
}

describe("has", () => {
  const PATH = dirname(process.execPath);

  test("finds a program that is on the PATH and says nothing", () => {
    expect(lookUp("node", { PATH, PATHEXT: ".EXE" })).toEqual({ found: true, lines: [] });
  });

  test("says in one line what is missing", () => {
    expect(lookUp("no-such-program", { PATH })).toEqual({
      found: false,
      lines: ["the program no-such-program is missing, so its tests are skipped"],
    });
  });

  test("finds nothing where the PATH is empty", () => {
    expect(lookUp("node", { PATH: "" }).found).toBe(false);
  });

  test("fails instead of skipping where skips are forbidden", () => {
    expect(() => lookUp("no-such-program", { PATH, OCPP_VCR_NO_SKIP: "1" })).toThrow(/forbids/);
  });

  test("allows what is there where skips are forbidden", () => {
    expect(lookUp("node", { PATH, PATHEXT: ".EXE", OCPP_VCR_NO_SKIP: "1" }).found).toBe(true);
  });
});

describe("needs", () => {
  needs("node")("runs a test whose program is there", () => {
    expect(has("node")).toBe(true);
  });
});
