// Folder names of identities that mean well, and of those that do not.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { folderName } from "../../src/cassette/folder-name.js";
import { sha256Hex } from "../../src/io/platform/digests.js";

const nameOf = (identity: string, ...existing: string[]): string =>
  folderName(identity, new Set(existing), sha256Hex);

describe("folderName", () => {
  test.each(["CP-0001", "a", "x.y_z", "0".repeat(64)])("is the identity %s itself", (identity) => {
    expect(nameOf(identity)).toBe(identity);
  });

  test.each([
    [".", /^~[0-9a-f]{8}$/],
    ["..", /^~/],
    ["../../etc/passwd", /^etcpasswd~/],
    ["a\u0000b", /^ab~/],
    ["CON", /^CON~/],
    ["com1.txt", /^com1txt~/],
    ["name.", /^name~/],
    ["way-back.md", /^way-backmd~/],
    ["restore-charger.md", /^restore-chargermd~/],
    ["admin-token", /^admin-token~/],
    ["-rf", /^-rf~/],
    ["", /^~/],
    ["~refused", /^refused~/],
    ["é", /^~/],
    ["x".repeat(5000), /^x{64}~/],
  ])("makes %j safe", (identity, safe) => {
    expect(nameOf(identity)).toMatch(safe);
  });

  test("keeps twins that differ in case apart, the same way in every run", () => {
    const name = nameOf("cp1", "CP1");
    expect(name).toMatch(/^cp1~/);
    expect(nameOf("cp1", "CP1", name)).toBe(name);
    expect(nameOf("CP1", "CP1", name)).toBe("CP1");
  });

  test("gives short names of harmless characters, a different one for every identity", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: "binary", maxLength: 200 }), { maxLength: 20 }),
        (identities) => {
          const names = new Set<string>();
          for (const identity of identities) {
            const name = folderName(identity, names, sha256Hex);
            expect(name).toMatch(/^[A-Za-z0-9._~-]{1,120}$/);
            expect(name).not.toMatch(/^\.+$/);
            expect([...names].map((other) => other.toLowerCase())).not.toContain(name.toLowerCase());
            names.add(name);
          }
        },
      ),
    );
  });
});
