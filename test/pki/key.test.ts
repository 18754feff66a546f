import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { hex } from "../../src/base/bytes.js";
import { inside, oidOf } from "../../src/pki/asn1.js";
import {
  keyId,
  keyKinds,
  keyPem,
  kindOf,
  makeKey,
  readKey,
  sameKey,
  serialNumber,
  signatureAlgorithm,
  signBytes,
} from "../../src/pki/key.js";

const keys = { rsa: makeKey("rsa"), ec: makeKey("ec") };

describe.each(keyKinds)("a key of kind %s", (kind) => {
  const key = keys[kind];

  test("is what OCPP asks for", () => {
    expect(kindOf(key)).toBe(kind);
    const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
    expect(modulusLength ?? namedCurve).toBe(kind === "rsa" ? 2048 : "prime256v1");
  });

  test("is read as it was written", () => {
    const read = readKey(keyPem(key));
    expect(read !== undefined && sameKey(read, createPublicKey(key))).toBe(true);
  });

  test("signs with SHA-256, and names the algorithm so", () => {
    const bytes = Uint8Array.of(1, 2, 3);
    expect(verify("sha256", bytes, createPublicKey(key), signBytes(bytes, key))).toBe(true);
    const name = oidOf(inside(signatureAlgorithm(key))[0]);
    expect(name).toBe(kind === "rsa" ? "1.2.840.113549.1.1.11" : "1.2.840.10045.4.3.2");
  });

  test("has the same identifier from both its halves", () => {
    expect(keyId(createPublicKey(key))).toEqual(keyId(key));
    expect(hex(keyId(key))).toMatch(/^[0-9a-f]{40}$/);
  });
});

test("different keys differ, and other kinds have no kind", () => {
  expect(sameKey(keys.rsa, keys.ec)).toBe(false);
  expect(kindOf(generateKeyPairSync("ed25519").privateKey)).toBeUndefined();
  expect(readKey("no key")).toBeUndefined();
});

test("serial numbers are positive, 16 bytes long and never the same", () => {
  const numbers = Array.from({ length: 200 }, () => serialNumber());
  expect(new Set(numbers.map(hex)).size).toBe(200);
  expect(
    numbers.every((bytes) => bytes.length === 16 && (bytes[0] ?? 0) >= 0x40 && (bytes[0] ?? 0) < 0x80),
  ).toBe(true);
});
