// The look-up of programs that some tests need.
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { has, needs } from "./needs.js";

function lookUp(program: string, env: Record<string, string>): { found: boolean; lines: string[] } {
  const lines: string[] = [];
  const found = has(program, { env, print: (line) => lines.push(line) });
  return { found, lines };
}

describe("the look-up of a program", () => {
  const PATH = dirname(process.execPath);

  test("finds a program that is on the PATH, and prints nothing", () => {
    expect(lookUp("node", { PATH, PATHEXT: ".EXE" })).toEqual({ found: true, lines: [] });
  });

  test("names a missing program in one line", () => {
    expect(lookUp("no-such-program", { PATH })).toEqual({
      found: false,
      lines: ["the program no-such-program is missing, so its tests are skipped"],
    });
  });

  test("finds no program if the PATH is empty", () => {
    expect(lookUp("node", { PATH: "" }).found).toBe(false);
  });

  test("throws for a missing program if skips are forbidden", () => {
    expect(() => lookUp("no-such-program", { PATH, OCPP_VCR_NO_SKIP: "1" })).toThrow(/forbids/);
  });

  test("finds a program also if skips are forbidden", () => {
    expect(lookUp("node", { PATH, PATHEXT: ".EXE", OCPP_VCR_NO_SKIP: "1" }).found).toBe(true);
  });
});

describe("a test that needs a program", () => {
  needs("node")("runs if the program is there", () => {
    expect(has("node")).toBe(true);
  });
});
