// One X.509 certificate (RFC 5280) from its parts: what OCPP asks of it (O, CN, serial number, SHA-256, key usage;
// no extended key usage) and what `openssl verify -x509_strict` asks (key identifiers, critical constraints).
// One way for both kinds of keys. Knows neither files nor what the certificate is for.

import type { KeyObject } from "node:crypto";
import {
  type Asn1,
  bitString,
  fromDer,
  integer,
  octetString,
  oid,
  sequence,
  tagged,
  taggedBytes,
  time,
  toDer,
  yes,
} from "./asn1.js";
import { keyId, kindOf, serialNumber, signatureAlgorithm, signBytes, spkiOf } from "./key.js";
import { encodeAlternatives, encodeSubject, type Subject } from "./subject.js";

/** Everything a certificate is made of. */
export interface Blueprint {
  readonly subject: Subject;
  readonly issuer: Subject;
  /** The subject's key, private or public half. */
  readonly key: KeyObject;
  /** The issuer's private key. */
  readonly signer: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly authority: boolean;
  readonly names?: readonly string[];
  readonly addresses?: readonly string[];
}

const extension = (type: string, critical: boolean, value: Asn1): Asn1 =>
  sequence(oid(type), ...(critical ? [yes()] : []), octetString(toDer(value)));

/** keyCertSign and cRLSign; else digitalSignature, with keyEncipherment for RSA, whose key exchange needs it. */
const keyUsage = (authority: boolean, key: KeyObject): Asn1 => {
  if (authority) return bitString(Uint8Array.of(0x06), 1);
  return kindOf(key) === "rsa" ? bitString(Uint8Array.of(0xa0), 5) : bitString(Uint8Array.of(0x80), 7);
};

const extensions = ({ authority, key, signer, names = [], addresses = [] }: Blueprint): Asn1 =>
  sequence(
    extension("2.5.29.19", true, sequence(...(authority ? [yes()] : []))),
    extension("2.5.29.15", true, keyUsage(authority, key)),
    extension("2.5.29.14", false, octetString(keyId(key))),
    extension("2.5.29.35", false, sequence(taggedBytes(0, keyId(signer)))),
    ...(names.length + addresses.length > 0
      ? [extension("2.5.29.17", false, encodeAlternatives(names, addresses))]
      : []),
  );

const publicKey = (key: KeyObject): Asn1 => {
  const element = fromDer(spkiOf(key));
  if (element === undefined) throw new Error("a public key of node:crypto is no DER");
  return element;
};

/** Makes a certificate and signs it; the answer is DER. */
export function mint(blueprint: Blueprint): Uint8Array {
  const { subject, issuer, key, signer, notBefore, notAfter } = blueprint;
  const algorithm = signatureAlgorithm(signer);
  const content = sequence(
    tagged(0, integer(2)),
    integer(serialNumber()),
    algorithm,
    encodeSubject(issuer),
    sequence(time(notBefore), time(notAfter)),
    encodeSubject(subject),
    publicKey(key),
    tagged(3, extensions(blueprint)),
  );
  return toDer(sequence(content, algorithm, bitString(signBytes(toDer(content), signer))));
}
