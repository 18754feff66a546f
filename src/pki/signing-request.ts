// Certificate signing requests (PKCS#10, RFC 2986): ours for the operator's CA, and those of chargers, whose
// signature must prove that they hold the key. Of what a request asks for, only O, CN and the key are heard.

import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { VcrError } from "../base/errors.js";
import { bitString, bytesOf, fromDer, inside, integer, oidOf, sequence, tagged, toDer } from "./asn1.js";
import { kindOf, signatureAlgorithm, signBytes, spkiOf } from "./key.js";
import { fromPem } from "./pem.js";
import { decodeSubject, encodeSubject, type Subject } from "./subject.js";

/** What a request asks a certificate for. */
export interface SigningRequest {
  readonly subject: Subject;
  readonly publicKey: KeyObject;
}

/** Makes a request for this subject and key; the answer is DER. */
export function makeRequest(subject: Subject, key: KeyObject): Uint8Array {
  const publicKey = fromDer(spkiOf(key));
  if (publicKey === undefined) throw new Error("a public key of node:crypto is no DER");
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

/** OCPP asks for keys of 112 bits of strength, which RSA has from here on. */
const leastRsaBits = 2048;

const unfit = (message: string, hint = ""): VcrError => new VcrError("CERTIFICATE_UNFIT", message, hint);

const publicKeyOf = (spki: Uint8Array): KeyObject | undefined => {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
  } catch {
    return undefined;
  }
};

/** Reads a request, PEM or DER. Throws VcrError CERTIFICATE_UNFIT where it is none, its key is too short or its signature does not hold. */
export function readRequest(file: Uint8Array): SigningRequest {
  const blocks = fromPem(Buffer.from(file).toString("latin1"));
  const der = blocks.find(({ label }) => /^(NEW )?CERTIFICATE REQUEST$/.test(label))?.der ?? file;
  const [content, algorithm, signature] = inside(fromDer(der));
  const [, name, spki] = inside(content);
  if (content === undefined || spki === undefined || signature === undefined)
    throw unfit("the file holds no certificate signing request", "PEM (CERTIFICATE REQUEST) or DER is read.");
  const publicKey = publicKeyOf(toDer(spki));
  if (publicKey === undefined || kindOf(publicKey) === undefined)
    throw unfit("the key of the signing request is neither RSA nor ECDSA");
  const bits = publicKey.asymmetricKeyDetails?.modulusLength;
  if (bits !== undefined && bits < leastRsaBits)
    throw unfit(
      `the RSA key of the signing request has ${bits} bits`,
      `OCPP asks for ${leastRsaBits} at least: make a longer key, or one of ECDSA, in the charger.`,
    );
  const hash = hashes[oidOf(inside(algorithm)[0])];
  if (hash === undefined)
    throw unfit(
      `the signing request is signed with ${oidOf(inside(algorithm)[0])}`,
      "SHA-256 or better is read.",
    );
  if (!verify(hash, toDer(content), publicKey, bytesOf(signature)))
    throw unfit("the signature of the signing request does not fit its key");
  return { subject: decodeSubject(name), publicKey };
}
