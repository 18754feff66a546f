// The access token of the admin API: where it comes from, and who can read it.
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findToken, isToken, openToken } from "../../../src/admin/http/token.js";
import { ownFolder } from "../../support/runs/record-process.js";

const strong = "0123456789abcdef0123456789abcdef";

describe("the admin token", () => {
  test("the token has 256 random bits and is stored once, in a file that only its owner can read", async () => {
    const fallback = join(await ownFolder(), "deep", "admin-token");
    const made = openToken({ environment: undefined, file: undefined, fallback });
    expect(Buffer.from(made.value, "base64url").length).toBe(32);
    expect(statSync(fallback).mode & 0o777).toBe(0o600);
    expect(readFileSync(fallback, "utf8")).toBe(`${made.value}\n`);
    expect(openToken({ environment: undefined, file: undefined, fallback })).toEqual(made);
    expect(findToken({ environment: undefined, file: fallback, fallback })).toBe(made.value);
  });

  test("a token from the environment comes first and is stored in no file", async () => {
    const fallback = join(await ownFolder(), "admin-token");
    const given = openToken({ environment: strong, file: undefined, fallback });
    expect(given).toEqual({ value: strong, path: undefined });
    expect(existsSync(fallback)).toBe(false);
  });

  test("a weak token, and one in a file that others can read, is refused", async () => {
    const file = join(await ownFolder(), "token");
    writeFileSync(file, `${strong}\n`, { mode: 0o600 });
    expect(openToken({ environment: undefined, file, fallback: file }).value).toBe(strong);
    chmodSync(file, 0o640);
    expect(() => openToken({ environment: undefined, file, fallback: file })).toThrow(/other users can read/);
    expect(() => openToken({ environment: "short", file, fallback: file })).toThrow(/too weak/);
  });

  test("only the exact token is accepted", () => {
    expect(isToken(strong, strong)).toBe(true);
    for (const other of ["", strong.slice(1), `${strong}0`, strong.toUpperCase()])
      expect(isToken(strong, other)).toBe(false);
  });
});
