// Makes an X.509 certificate (RFC 5280) from its fields. It has what OCPP requires (O, CN, serial number, SHA-256, key
// usage, no extended key usage) and what `openssl verify -x509_strict` requires (key identifiers, critical constraints).

import type { KeyObject } from "node:crypto";
import {
  type Asn1,
  bitString,
  booleanTrue,
  fromDer,
  integer,
  octetString,
  oid,
  sequence,
  tagged,
  taggedBytes,
  time,
  toDer,
} from "./asn1.js";
import { keyId, keyKindOf, serialNumber, signatureAlgorithm, signBytes, spkiOf } from "./key.js";
import { encodeAlternatives, encodeSubject, type Subject } from "./subject.js";

/** The fields of a certificate. */
export interface CertificateFields {
  readonly subject: Subject;
  readonly issuer: Subject;
  /** The subject's key, private or public. */
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
  sequence(oid(type), ...(critical ? [booleanTrue()] : []), octetString(toDer(value)));

/** keyCertSign and cRLSign for an authority; else digitalSignature, with keyEncipherment for the key exchange of RSA. */
const keyUsage = (authority: boolean, key: KeyObject): Asn1 => {
  if (authority) return bitString(Uint8Array.of(0x06), 1);
  return keyKindOf(key) === "rsa" ? bitString(Uint8Array.of(0xa0), 5) : bitString(Uint8Array.of(0x80), 7);
};

const extensions = ({ authority, key, signer, names = [], addresses = [] }: CertificateFields): Asn1 =>
  sequence(
    extension("2.5.29.19", true, sequence(...(authority ? [booleanTrue()] : []))),
    extension("2.5.29.15", true, keyUsage(authority, key)),
    extension("2.5.29.14", false, octetString(keyId(key))),
    extension("2.5.29.35", false, sequence(taggedBytes(0, keyId(signer)))),
    ...(names.length + addresses.length > 0
      ? [extension("2.5.29.17", false, encodeAlternatives(names, addresses))]
      : []),
  );

const publicKey = (key: KeyObject): Asn1 => {
  const element = fromDer(spkiOf(key));
  if (element === undefined) throw new Error("node:crypto gave a public key that is not DER");
  return element;
};

/** Makes and signs a certificate (DER). */
export function mint(fields: CertificateFields): Uint8Array {
  const { subject, issuer, key, signer, notBefore, notAfter } = fields;
  const algorithm = signatureAlgorithm(signer);
  const content = sequence(
    tagged(0, integer(2)),
    integer(serialNumber()),
    algorithm,
    encodeSubject(issuer),
    sequence(time(notBefore), time(notAfter)),
    encodeSubject(subject),
    publicKey(key),
    tagged(3, extensions(fields)),
  );
  return toDer(sequence(content, algorithm, bitString(signBytes(toDer(content), signer))));
}
