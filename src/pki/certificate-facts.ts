// The content of a certificate as plain data, for cassettes, `certs show` and the checks of `judge-certificate`. Peers can
// send any bytes as a certificate, so nothing here throws. node:crypto reads most of it; key usage, key identifiers and
// the signature algorithm are read from the DER.

import { X509Certificate } from "node:crypto";
import { hex, sameBytes } from "../base/bytes.js";
import { type Asn1, bytesOf, childrenOf, fromDer, isTagged, oidOf, toDer } from "./asn1.js";
import { certificatesOf } from "./pem.js";
import { decodeSubject, type Subject } from "./subject.js";

/** The public key of a certificate. */
export interface KeyFacts {
  /** `rsa`, `ec`, `rsa-pss`, `ed25519` ... */
  readonly kind: string;
  /** Size of the modulus, or of the curve's field; 0 if it is not known. */
  readonly bits: number;
  /** OpenSSL's name of the curve. */
  readonly curve?: string;
}

/** A certificate as data. */
export interface CertificateFacts {
  /** `O=..., CN=...`, all attributes, in the order of the certificate. */
  readonly subject: string;
  readonly commonName?: string;
  readonly organization?: string;
  readonly issuer: string;
  /** Hexadecimal, upper case. */
  readonly serial: string;
  /** SHA-256 over the DER: hexadecimal pairs, upper case, with colons. */
  readonly fingerprint256: string;
  /** ISO 8601, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly key: KeyFacts;
  /** The signature algorithm: its name, or its object identifier if it is an unusual one. */
  readonly signature: string;
  /** `DNS:name`, `IP Address:address` ... */
  readonly san: readonly string[];
  readonly authority: boolean;
  /** Issuer and subject are the same name. */
  readonly selfIssued: boolean;
  /** Undefined if the extension is missing. */
  readonly keyUsage?: readonly string[];
  /** Object identifiers. */
  readonly extendedKeyUsage?: readonly string[];
  readonly subjectKeyId?: string;
  readonly authorityKeyId?: string;
  /** Bytes of the DER. */
  readonly size: number;
}

const signatureNames: Readonly<Record<string, string>> = {
  "1.2.840.113549.1.1.4": "md5WithRSA",
  "1.2.840.113549.1.1.5": "sha1WithRSA",
  "1.2.840.113549.1.1.10": "RSA-PSS",
  "1.2.840.113549.1.1.11": "sha256WithRSA",
  "1.2.840.113549.1.1.12": "sha384WithRSA",
  "1.2.840.113549.1.1.13": "sha512WithRSA",
  "1.2.840.10045.4.1": "ecdsaWithSHA1",
  "1.2.840.10045.4.3.2": "ecdsaWithSHA256",
  "1.2.840.10045.4.3.3": "ecdsaWithSHA384",
  "1.2.840.10045.4.3.4": "ecdsaWithSHA512",
  "1.3.101.112": "Ed25519",
};

const curveBits: Readonly<Record<string, number>> = {
  secp192k1: 192,
  prime192v1: 192,
  secp224r1: 224,
  secp224k1: 224,
  prime256v1: 256,
  secp256k1: 256,
  brainpoolP256r1: 256,
  secp384r1: 384,
  brainpoolP384r1: 384,
  secp521r1: 521,
  brainpoolP512r1: 512,
};

const usageNames = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
];

const keyFacts = (certificate: X509Certificate): KeyFacts => {
  try {
    const { asymmetricKeyType: kind = "unknown", asymmetricKeyDetails: details } = certificate.publicKey;
    const curve = details?.namedCurve;
    if (curve !== undefined) return { kind, bits: curveBits[curve] ?? 0, curve };
    return { kind, bits: details?.modulusLength ?? 0 };
  } catch {
    return { kind: "unknown", bits: 0 };
  }
};

/** The values of the extensions, by object identifier. */
const extensionsOf = (content: readonly Asn1[]): ReadonlyMap<string, Asn1> => {
  const [list] = childrenOf(content.find((element) => isTagged(element, 3)));
  const found = new Map<string, Asn1>();
  for (const one of childrenOf(list)) {
    const parts = childrenOf(one);
    const value = fromDer(bytesOf(parts.at(-1)));
    if (value !== undefined) found.set(oidOf(parts[0]), value);
  }
  return found;
};

const usageOf = (value: Asn1): readonly string[] => {
  const bytes = bytesOf(value);
  return usageNames.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
};

const extensionFacts = (extensions: ReadonlyMap<string, Asn1>): Partial<CertificateFacts> => {
  const usage = extensions.get("2.5.29.15");
  const extended = extensions.get("2.5.29.37");
  const own = extensions.get("2.5.29.14");
  const authority = childrenOf(extensions.get("2.5.29.35")).find((element) => isTagged(element, 0));
  return {
    ...(usage === undefined ? {} : { keyUsage: usageOf(usage) }),
    ...(extended === undefined ? {} : { extendedKeyUsage: childrenOf(extended).map(oidOf) }),
    ...(own === undefined ? {} : { subjectKeyId: hex(bytesOf(own)) }),
    ...(authority === undefined ? {} : { authorityKeyId: hex(bytesOf(authority)) }),
  };
};

const oneLine = (name: string): string => name.trim().split("\n").join(", ");

/** OpenSSL writes IPv6 addresses in full; this shortens them. */
const shortAddress = (name: string): string => {
  const address = /^IP Address:([0-9A-Fa-f:]+:[0-9A-Fa-f:]+)$/.exec(name)?.[1];
  const url = `http://[${address}]`;
  return address !== undefined && URL.canParse(url)
    ? `IP Address:${new URL(url).hostname.slice(1, -1)}`
    : name;
};

/** Splits `DNS:a, IP Address:1.2.3.4`. A part that contains a comma is in quotes. */
const alternatives = (text: string | undefined): readonly string[] =>
  [...(text ?? "").matchAll(/[A-Za-z ]+:(?:"(?:[^"\\]|\\.)*"|[^,]*)/g)].map(([part]) =>
    shortAddress(part.trim()),
  );

const iso = (text: string): string => {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString().replace(".000Z", "Z");
};

/** The first certificate in DER bytes or PEM text as data; undefined if there is none that can be read. */
export function describeCertificate(certificate: Uint8Array | string): CertificateFacts | undefined {
  const [der] = certificatesOf(certificate);
  const [tbs, algorithm] = childrenOf(der === undefined ? undefined : fromDer(der));
  if (der === undefined || tbs === undefined) return undefined;
  try {
    const read = new X509Certificate(der);
    const content = childrenOf(tbs);
    const [serial, , issuer, , subject] = content.slice(isTagged(content[0], 0) ? 1 : 0);
    const name: Subject = decodeSubject(subject);
    const oidText = oidOf(childrenOf(algorithm)[0]);
    return {
      subject: oneLine(read.subject ?? ""),
      ...name,
      issuer: oneLine(read.issuer ?? ""),
      serial: serial === undefined ? "" : hex(bytesOf(serial)).toUpperCase(),
      fingerprint256: read.fingerprint256,
      notBefore: iso(read.validFrom),
      notAfter: iso(read.validTo),
      key: keyFacts(read),
      signature: signatureNames[oidText] ?? oidText,
      san: alternatives(read.subjectAltName),
      authority: read.ca,
      selfIssued: issuer !== undefined && subject !== undefined && sameBytes(toDer(issuer), toDer(subject)),
      ...extensionFacts(extensionsOf(content)),
      size: der.length,
    };
  } catch {
    return undefined;
  }
}
