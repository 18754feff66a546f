// Key pairs and signatures, by node:crypto: RSA with 2048 bits, which every charger can use (the 1.6 specification allows
// no larger key on the server), and ECDSA on P-256, which node-forge does not have.

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";
import { type Asn1, bytesOf, childrenOf, fromDer, nullValue, oid, sequence } from "./asn1.js";

/** The two kinds of key that OCPP's mandatory cipher suites need. */
export type KeyKind = "rsa" | "ec";

/** Both kinds, in the order in which they are shown. */
export const keyKinds: readonly KeyKind[] = ["rsa", "ec"];

/** Makes a private key. */
export function makeKey(kind: KeyKind): KeyObject {
  return kind === "rsa"
    ? generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey
    : generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
}

/** The PEM text of a private key (PKCS#8). */
export function keyPem(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

/** The private key in a PEM text; undefined if there is none that can be read without a password. */
export function readKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

/** The kind of a key; undefined for kinds that OCPP does not use. */
export function keyKindOf(key: KeyObject): KeyKind | undefined {
  if (key.asymmetricKeyType === "rsa" || key.asymmetricKeyType === "rsa-pss") return "rsa";
  return key.asymmetricKeyType === "ec" ? "ec" : undefined;
}

/** The SubjectPublicKeyInfo of a private or public key, as DER. */
export function spkiOf(key: KeyObject): Uint8Array {
  const half = key.type === "private" ? createPublicKey(key) : key;
  return half.export({ type: "spki", format: "der" });
}

/** Subject key identifier by method (1) of RFC 5280 section 4.2.1.2: SHA-1 of the bits of the public key. */
export function keyId(key: KeyObject): Uint8Array {
  const [, bits] = childrenOf(fromDer(spkiOf(key)));
  return createHash("sha1").update(bytesOf(bits)).digest();
}

/** Whether two keys, private or public, belong to the same pair. */
export function sameKey(a: KeyObject, b: KeyObject): boolean {
  return Buffer.from(spkiOf(a)).equals(spkiOf(b));
}

/** The AlgorithmIdentifier of this key's signatures with SHA-256. */
export function signatureAlgorithm(key: KeyObject): Asn1 {
  return keyKindOf(key) === "ec"
    ? sequence(oid("1.2.840.10045.4.3.2"))
    : sequence(oid("1.2.840.113549.1.1.11"), nullValue());
}

/** A signature with SHA-256 as certificates hold it: PKCS#1 v1.5 for RSA, a DER pair for ECDSA. */
export function signBytes(bytes: Uint8Array, key: KeyObject): Uint8Array {
  return sign("sha256", bytes, key);
}

/** 16 random bytes that make a positive number (RFC 5280 section 4.1.2.2 allows up to 20 bytes, and not zero). */
export function serialNumber(): Uint8Array {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes;
}
