// The token of the admin API: where it comes from, and who can read it.
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findToken, isToken, openToken } from "../../../src/admin/http/token.js";
import { ownFolder } from "../../support/runs/record-process.js";

const strong = "0123456789abcdef0123456789abcdef";

describe("the admin token", () => {
  test("is made of 256 random bits, once, in a file for its owner alone", async () => {
    const fallback = join(await ownFolder(), "deep", "admin-token");
    const made = openToken({ environment: undefined, file: undefined, fallback });
    expect(Buffer.from(made.value, "base64url").length).toBe(32);
    expect(statSync(fallback).mode & 0o777).toBe(0o600);
    expect(readFileSync(fallback, "utf8")).toBe(`${made.value}\n`);
    expect(openToken({ environment: undefined, file: undefined, fallback })).toEqual(made);
    expect(made.isExplicit).toBe(false);
    expect(findToken({ environment: undefined, file: fallback, fallback })).toBe(made.value);
  });

  test("comes from the environment first, and is in no file then", async () => {
    const fallback = join(await ownFolder(), "admin-token");
    const given = openToken({ environment: strong, file: undefined, fallback });
    expect(given).toEqual({ value: strong, path: undefined, isExplicit: true });
    expect(existsSync(fallback)).toBe(false);
  });

  test("is refused where others can read its file, and where it is weak", async () => {
    const file = join(await ownFolder(), "token");
    writeFileSync(file, `${strong}\n`, { mode: 0o600 });
    expect(openToken({ environment: undefined, file, fallback: file }).value).toBe(strong);
    chmodSync(file, 0o640);
    expect(() => openToken({ environment: undefined, file, fallback: file })).toThrow(/others can read/);
    expect(() => openToken({ environment: "short", file, fallback: file })).toThrow(/no token that protects/);
  });

  test("is compared whole", () => {
    expect(isToken(strong, strong)).toBe(true);
    for (const other of ["", strong.slice(1), `${strong}0`, strong.toUpperCase()])
      expect(isToken(strong, other)).toBe(false);
  });
});
