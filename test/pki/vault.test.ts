import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeCertificate } from "../../src/pki/certificate-facts.js";
import { sameKey } from "../../src/pki/key.js";
import { certificatePath, ensureAuthority, keyAt, keyPath, readAuthority } from "../../src/pki/vault.js";
import { temporaryFolder } from "../support/runs/temporary-folder.js";

const now = new Date();
const damaged = expect.objectContaining({ code: "CERTIFICATE_STORE" });
const make = (folder: string, role: "root" | "foreign" | "intermediate" = "root") =>
  ensureAuthority(folder, role, "ec", "Größe", now);

test("an authority is made once and found again", () => {
  const folder = temporaryFolder();
  expect(readAuthority(folder, "root", "ec")).toBeUndefined();
  const made = make(folder);
  const again = make(folder);
  expect(again.certificate).toEqual(made.certificate);
  expect(sameKey(again.key, made.key)).toBe(true);
  expect(again.subject).toEqual(made.subject);
  expect(made.subject.commonName).toMatch(/^ocpp-vcr root ECDSA [0-9a-f]{4}$/);
});

test("an intermediate is signed by the root, a foreign one by itself", () => {
  const folder = temporaryFolder();
  const root = make(folder);
  expect(describeCertificate(make(folder, "intermediate").certificate)?.issuer).toContain(
    root.subject.commonName,
  );
  expect(describeCertificate(make(folder, "foreign").certificate)?.selfIssued).toBe(true);
});

test("a key is made once, for one kind", () => {
  const path = join(temporaryFolder(), "a.key");
  expect(sameKey(keyAt(path, "ec"), keyAt(path, "ec"))).toBe(true);
});

describe("damage to a store is reported:", () => {
  const store = (): string => {
    const folder = temporaryFolder();
    make(folder);
    return folder;
  };

  test.each<[string, (folder: string) => void]>([
    ["a missing key", (folder) => rmSync(keyPath(folder, "root", "ec"))],
    ["a file that is not a key", (folder) => writeFileSync(keyPath(folder, "root", "ec"), "x")],
    [
      "a file that is not a certificate",
      (folder) => writeFileSync(certificatePath(folder, "root", "ec"), "x"),
    ],
    [
      "the key of another certificate",
      (folder) => {
        keyAt(join(folder, "other.key"), "ec");
        copyFileSync(join(folder, "other.key"), keyPath(folder, "root", "ec"));
      },
    ],
  ])("%s in a store is reported as damage", (_, damage) => {
    const folder = store();
    damage(folder);
    expect(() => readAuthority(folder, "root", "ec")).toThrow(damaged);
  });

  test("a file that is not a key is reported when a leaf needs it", () => {
    const path = join(store(), "server-ec.key");
    writeFileSync(path, "x", { mode: 0o600 });
    expect(() => keyAt(path, "ec")).toThrow(damaged);
  });
});
