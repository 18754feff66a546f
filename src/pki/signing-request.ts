// Certificate signing requests (PKCS#10, RFC 2986): makes those for the operator's CA, and reads those of chargers, whose
// signature must prove that they hold the key. Only O, CN and the key of a request are used.

import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { VcrError } from "../base/errors.js";
import { bitString, bytesOf, childrenOf, fromDer, integer, oidOf, sequence, tagged, toDer } from "./asn1.js";
import { keyKindOf, signatureAlgorithm, signBytes, spkiOf } from "./key.js";
import { fromPem } from "./pem.js";
import { decodeSubject, encodeSubject, type Subject } from "./subject.js";

/** The content of a request. */
export interface SigningRequest {
  readonly subject: Subject;
  readonly publicKey: KeyObject;
}

/** Makes a request (DER) for this subject and key. */
export function makeRequest(subject: Subject, key: KeyObject): Uint8Array {
  const publicKey = fromDer(spkiOf(key));
  if (publicKey === undefined) throw new Error("node:crypto gave a public key that is not DER");
  const content = sequence(integer(0), encodeSubject(subject), publicKey, tagged(0));
  return toDer(sequence(content, signatureAlgorithm(key), bitString(signBytes(toDer(content), key))));
}

const hashes: Readonly<Record<string, string>> = {
  "1.2.840.113549.1.1.11": "sha256",
  "1.2.840.113549.1.1.12": "sha384",
  "1.2.840.113549.1.1.13": "sha512",
  "1.2.840.10045.4.3.2": "sha256",
  "1.2.840.10045.4.3.3": "sha384",
  "1.2.840.10045.4.3.4": "sha512",
};

/** OCPP requires 112 bits of security, which RSA has from this key size on. */
const minRsaBits = 2048;

const unfit = (message: string, hint = ""): VcrError => new VcrError("CERTIFICATE_UNFIT", message, hint);

const publicKeyOf = (spki: Uint8Array): KeyObject | undefined => {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
  } catch {
    return undefined;
  }
};

/** Reads a request, PEM or DER. Throws VcrError CERTIFICATE_UNFIT if it is invalid, its key too short or its signature wrong. */
export function readRequest(file: Uint8Array): SigningRequest {
  const blocks = fromPem(Buffer.from(file).toString("latin1"));
  const der = blocks.find(({ label }) => /^(NEW )?CERTIFICATE REQUEST$/.test(label))?.der ?? file;
  const [content, algorithm, signature] = childrenOf(fromDer(der));
  const [, name, spki] = childrenOf(content);
  if (content === undefined || spki === undefined || signature === undefined)
    throw unfit(
      "the file is not a certificate signing request",
      "Use a PEM (CERTIFICATE REQUEST) or DER file.",
    );
  const publicKey = publicKeyOf(toDer(spki));
  if (publicKey === undefined || keyKindOf(publicKey) === undefined)
    throw unfit("the key of the signing request is neither RSA nor ECDSA");
  const bits = publicKey.asymmetricKeyDetails?.modulusLength;
  if (bits !== undefined && bits < minRsaBits)
    throw unfit(
      `the RSA key of the signing request has ${bits} bits`,
      `OCPP requires at least ${minRsaBits}: make a longer key, or an ECDSA key, in the charger.`,
    );
  const hash = hashes[oidOf(childrenOf(algorithm)[0])];
  if (hash === undefined)
    throw unfit(
      `the signing request is signed with ${oidOf(childrenOf(algorithm)[0])}`,
      "It must be signed with SHA-256 or better.",
    );
  if (!verify(hash, toDer(content), publicKey, bytesOf(signature)))
    throw unfit("the signature of the signing request does not match its key");
  return { subject: decodeSubject(name), publicKey };
}
