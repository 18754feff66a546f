import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { hex } from "../../src/base/bytes.js";
import { childrenOf, oidOf } from "../../src/pki/asn1.js";
import {
  keyId,
  keyKindOf,
  keyKinds,
  keyPem,
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

  test("a new key has the size or curve that OCPP requires", () => {
    expect(keyKindOf(key)).toBe(kind);
    const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
    expect(modulusLength ?? namedCurve).toBe(kind === "rsa" ? 2048 : "prime256v1");
  });

  test("a key is read back as it was written", () => {
    const read = readKey(keyPem(key));
    expect(read !== undefined && sameKey(read, createPublicKey(key))).toBe(true);
  });

  test("a key signs with SHA-256, and the algorithm identifier says so", () => {
    const bytes = Uint8Array.of(1, 2, 3);
    expect(verify("sha256", bytes, createPublicKey(key), signBytes(bytes, key))).toBe(true);
    const name = oidOf(childrenOf(signatureAlgorithm(key))[0]);
    expect(name).toBe(kind === "rsa" ? "1.2.840.113549.1.1.11" : "1.2.840.10045.4.3.2");
  });

  test("the private and the public key give the same identifier", () => {
    expect(keyId(createPublicKey(key))).toEqual(keyId(key));
    expect(hex(keyId(key))).toMatch(/^[0-9a-f]{40}$/);
  });
});

test("different keys are not the same pair, and keys that OCPP does not use have no kind", () => {
  expect(sameKey(keys.rsa, keys.ec)).toBe(false);
  expect(keyKindOf(generateKeyPairSync("ed25519").privateKey)).toBeUndefined();
  expect(readKey("no key")).toBeUndefined();
});

test("serial numbers are positive, 16 bytes long and never the same", () => {
  const numbers = Array.from({ length: 200 }, () => serialNumber());
  expect(new Set(numbers.map(hex)).size).toBe(200);
  expect(
    numbers.every((bytes) => bytes.length === 16 && (bytes[0] ?? 0) >= 0x40 && (bytes[0] ?? 0) < 0x80),
  ).toBe(true);
});
