// The few ASN.1 types that certificates, signing requests and PKCS#12 containers are made of (X.690 DER), written and
// read with node-forge, which keeps bytes in strings.

import forge from "node-forge";
import { fromLatin1, latin1, utf8 } from "../base/bytes.js";

/** One element: a value in bytes, or a list of elements. */
export type Asn1 = forge.asn1.Asn1;

const { Class, Type } = forge.asn1;

const primitive = (type: number, value: string): Asn1 =>
  forge.asn1.create(Class.UNIVERSAL, type, false, value);

/** SEQUENCE. */
export function sequence(...items: readonly Asn1[]): Asn1 {
  return forge.asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, [...items]);
}

/** SET. */
export function set(...items: readonly Asn1[]): Asn1 {
  return forge.asn1.create(Class.UNIVERSAL, Type.SET, true, [...items]);
}

/** OBJECT IDENTIFIER from its dotted text. */
export function oid(dotted: string): Asn1 {
  return primitive(Type.OID, forge.asn1.oidToDer(dotted).getBytes());
}

/** INTEGER from its big-endian bytes, which must not begin with an unneeded zero, or from a small number. */
export function integer(bytes: Uint8Array | number): Asn1 {
  if (typeof bytes === "number") return primitive(Type.INTEGER, forge.asn1.integerToDer(bytes).getBytes());
  return primitive(Type.INTEGER, latin1(bytes));
}

/** BOOLEAN TRUE. FALSE is not needed: it is the default of every member that we write, and DER leaves defaults out. */
export function booleanTrue(): Asn1 {
  return primitive(Type.BOOLEAN, "\xff");
}

/** NULL. */
export function nullValue(): Asn1 {
  return primitive(Type.NULL, "");
}

/** OCTET STRING. */
export function octetString(bytes: Uint8Array): Asn1 {
  return primitive(Type.OCTETSTRING, latin1(bytes));
}

/** BIT STRING; the last byte has this many unused bits. */
export function bitString(bytes: Uint8Array, unused = 0): Asn1 {
  return primitive(Type.BITSTRING, String.fromCharCode(unused) + latin1(bytes));
}

/** UTF8String. */
export function utf8String(value: string): Asn1 {
  return primitive(Type.UTF8, latin1(utf8(value)));
}

/** BMPString: two bytes a character. */
export function bmpString(value: string): Asn1 {
  return primitive(Type.BMPSTRING, value);
}

/** A time (RFC 5280 section 4.1.2.5): UTCTime from 1950 to 2049, else GeneralizedTime. */
export function time(date: Date): Asn1 {
  const digits = date
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(/[-:T]/g, "");
  const year = date.getUTCFullYear();
  return year >= 1950 && year < 2050
    ? primitive(Type.UTCTIME, digits.slice(2))
    : primitive(Type.GENERALIZEDTIME, digits);
}

/** [n] around elements. */
export function tagged(n: number, ...items: readonly Asn1[]): Asn1 {
  return forge.asn1.create(Class.CONTEXT_SPECIFIC, n, true, [...items]);
}

/** [n] IMPLICIT with a primitive value. */
export function taggedBytes(n: number, bytes: Uint8Array): Asn1 {
  return forge.asn1.create(Class.CONTEXT_SPECIFIC, n, false, latin1(bytes));
}

/** The DER bytes of an element. */
export function toDer(element: Asn1): Uint8Array {
  return fromLatin1(forge.asn1.toDer(element).getBytes());
}

/** The element that these bytes are; undefined if they are not exactly one element. */
export function fromDer(bytes: Uint8Array): Asn1 | undefined {
  try {
    return forge.asn1.fromDer(latin1(bytes), true);
  } catch {
    return undefined;
  }
}

/** The elements inside an element; none in a primitive one. */
export function childrenOf(element: Asn1 | undefined): readonly Asn1[] {
  return element !== undefined && Array.isArray(element.value) ? element.value : [];
}

/** The bytes of a primitive element; of a BIT STRING, without the count of unused bits. */
export function bytesOf(element: Asn1 | undefined): Uint8Array {
  if (element === undefined) return new Uint8Array(0);
  // node-forge decodes bit strings and byte strings itself, and keeps their bytes in this member.
  const kept = (element as { bitStringContents?: unknown }).bitStringContents;
  const isBits = element.tagClass === Class.UNIVERSAL && element.type === Type.BITSTRING;
  const value = typeof kept === "string" ? kept : element.value;
  if (typeof value !== "string") return new Uint8Array(0);
  return fromLatin1(isBits ? value.slice(1) : value);
}

/** The dotted text of an OBJECT IDENTIFIER; empty for another element. */
export function oidOf(element: Asn1 | undefined): string {
  if (element?.type !== Type.OID || typeof element.value !== "string") return "";
  try {
    return forge.asn1.derToOid(element.value);
  } catch {
    return "";
  }
}

/** Whether this is [n]. */
export function isTagged(element: Asn1 | undefined, n: number): boolean {
  return element?.tagClass === Class.CONTEXT_SPECIFIC && element.type === n;
}

/** The text of a string element of any of the usual types. */
export function textOf(element: Asn1 | undefined): string {
  if (element === undefined || typeof element.value !== "string") return "";
  // node-forge has decoded a BMPString already.
  if (element.type === Type.BMPSTRING) return element.value;
  return Buffer.from(element.value, "latin1").toString(element.type === Type.UTF8 ? "utf8" : "latin1");
}
