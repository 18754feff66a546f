// Files of certificates and keys, and their errors at the start.
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  certificatesIn,
  keyPairFrom,
  openKeylog,
  pairOfIdentity,
  pairsFor,
  systemRoots,
} from "../../../src/io/tls/tls-material.js";
import { testStore } from "../../support/peers/tls-peers.js";
import { temporaryFolder } from "../../support/runs/temporary-folder.js";

const { folder } = testStore();
const at = (name: string): string => join(folder, name);

describe("keyPairFrom", () => {
  test("certificate and key are read from two files or one", () => {
    const pair = keyPairFrom(at("server-ec.pem"), at("server-ec.key"));
    expect(pair).toMatchObject({ kind: "ec", cert: expect.stringContaining("BEGIN CERTIFICATE") as string });
    const both = join(temporaryFolder(), "both.pem");
    writeFileSync(
      both,
      readFileSync(at("server-rsa.pem"), "utf8") + readFileSync(at("server-rsa.key"), "utf8"),
    );
    expect(keyPairFrom(both)).toMatchObject({ kind: "rsa" });
  });

  test.each([
    ["a key that belongs elsewhere", "server-ec.pem", "server-rsa.key", /does not belong/],
    ["no key", "server-ec.pem", "server-ec.pem", /no private key/],
    ["no certificate", "server-ec.key", "server-ec.key", /no certificate/],
    ["no file", "missing.pem", "missing.key", /cannot be read \(ENOENT\)/],
  ])("an error reports %s", (_name, certificate, key, message) => {
    expect(() => keyPairFrom(at(certificate), at(key))).toThrow(message);
  });

  test("the pair of an identity is found, and no file outside the folder", () => {
    const own = temporaryFolder();
    writeFileSync(join(own, "CP1.pem"), readFileSync(at("server-ec.pem")));
    writeFileSync(join(own, "CP1.key"), readFileSync(at("server-ec.key")));
    expect(pairOfIdentity(own, "CP1").kind).toBe("ec");
    expect(() => pairOfIdentity(join(own, "sub"), "../CP1")).toThrow(/cannot be read/);
  });
});

test("of several pairs the one for the name is used, one of each kind", () => {
  const [one, other] = [
    testStore().serverCredentials("a.example"),
    testStore().serverCredentials("b.example"),
  ];
  const all = [...one, ...other];
  expect(pairsFor(all, "b.example")).toEqual(other);
  expect(pairsFor(all, "c.example")).toEqual(one);
  expect(pairsFor(all, undefined)).toEqual(one);
  expect(pairsFor(all.slice(0, 1), "a.example")).toHaveLength(1);
});

test("the roots are those of the system and the given ones, without duplicates", () => {
  const [root = ""] = certificatesIn(at("root-ec.pem"));
  const found = systemRoots([root, root], {
    SSL_CERT_FILE: at("root-rsa.pem"),
    NODE_EXTRA_CA_CERTS: at("root-ec.pem"),
  });
  expect(found.length).toBeGreaterThan(50);
  expect(found.filter((pem) => pem.replaceAll(/\s/g, "") === root.replaceAll(/\s/g, ""))).toHaveLength(1);
  expect(new Set(found).size).toBe(found.length);
  expect(systemRoots([], { SSL_CERT_FILE: "/nowhere" }).length).toBeGreaterThan(50);
});

test("the key log is readable only by its owner and appended to", () => {
  const path = join(temporaryFolder(), "keys.log");
  writeFileSync(path, "before\n", { mode: 0o644 });
  const keylog = openKeylog(path, () => undefined);
  keylog.log(Buffer.from("after\n"));
  keylog.close();
  keylog.log(Buffer.from("too late\n"));
  expect(readFileSync(path, "utf8")).toBe("before\nafter\n");
  if (process.platform !== "win32") expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(() => openKeylog(join(path, "below"), () => undefined)).toThrow(/cannot be written/);
});
