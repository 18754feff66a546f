// Names in certificates: O and CN, which OCPP requires (security whitepaper section 5.3), and the alternative names that
// current TLS libraries check instead of CN (RFC 5280 section 4.2.1.6).

import { isIPv4, isIPv6 } from "node:net";
import { domainToASCII } from "node:url";
import { VcrError } from "../base/errors.js";
import { type Asn1, childrenOf, oid, oidOf, sequence, set, taggedBytes, textOf, utf8String } from "./asn1.js";

/** Who a certificate is for, or who issued it. */
export interface Subject {
  readonly commonName?: string;
  readonly organization?: string;
}

const organizationOid = "2.5.4.10";
const commonNameOid = "2.5.4.3";

/** The most characters of O and of CN (RFC 5280 appendix A). */
const maxLength = 64;

const attribute = (type: string, value: string | undefined): readonly Asn1[] =>
  value === undefined ? [] : [set(sequence(oid(type), utf8String(value)))];

/** The Name element. Throws VcrError CERTIFICATE_UNFIT if an attribute is empty or too long. */
export function encodeSubject({ organization, commonName }: Subject): Asn1 {
  for (const [what, value] of [
    ["O", organization],
    ["CN", commonName],
  ] as const)
    if (value !== undefined && (value === "" || [...value].length > maxLength))
      throw new VcrError(
        "CERTIFICATE_UNFIT",
        `${what} "${value}" has ${[...value].length} characters`,
        `The ${what} of a certificate has 1 to ${maxLength}.`,
      );
  return sequence(...attribute(organizationOid, organization), ...attribute(commonNameOid, commonName));
}

/** O and CN of a Name element; of several, the last one, as TLS libraries do it. */
export function decodeSubject(name: Asn1 | undefined): Subject {
  let subject: Subject = {};
  for (const relative of childrenOf(name))
    for (const pair of childrenOf(relative)) {
      const [type, value] = childrenOf(pair);
      if (oidOf(type) === organizationOid) subject = { ...subject, organization: textOf(value) };
      if (oidOf(type) === commonNameOid) subject = { ...subject, commonName: textOf(value) };
    }
  return subject;
}

const label = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** A DNS name in ASCII and lower case; undefined if it is not one. A leading `*.` is kept. */
export function dnsName(name: string): string | undefined {
  const wild = name.startsWith("*.") ? "*." : "";
  const ascii = domainToASCII(name.slice(wild.length).replace(/\.$/, "")).toLowerCase();
  if (ascii === "" || ascii.length > 253 || isIPv4(ascii)) return undefined;
  return ascii.split(".").every((part) => label.test(part)) ? wild + ascii : undefined;
}

/** The 4 or 16 bytes of an IP address; undefined if it is not one. A zone (`%eth0`) has a meaning only on one machine and is dropped. */
export function ipBytes(address: string): Uint8Array | undefined {
  const plain = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  if (isIPv4(plain)) return Uint8Array.from(plain.split("."), Number);
  if (!isIPv6(plain)) return undefined;
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(plain);
  const pair = (high = "0", low = "0"): string => ((Number(high) << 8) | Number(low)).toString(16);
  const colons =
    dotted === null ? plain : `${dotted[1]}${pair(dotted[2], dotted[3])}:${pair(dotted[4], dotted[5])}`;
  const [front = "", back] = colons.split("::");
  const groups = (part: string | undefined): string[] => (part ? part.split(":") : []);
  const missing = 8 - groups(front).length - groups(back).length;
  const all = [
    ...groups(front),
    ...Array<string>(back === undefined ? 0 : missing).fill("0"),
    ...groups(back),
  ];
  return Uint8Array.from(
    all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]),
  );
}

/** An address as certificates hold it: without a zone, and an IPv4 address of a dual-stack socket as IPv4; undefined if it is not one. */
export function certificateAddress(address: string): string | undefined {
  return ipBytes(address) && address.replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.)/i, "");
}

/** The GeneralNames element of host names and IP addresses. */
export function encodeAlternatives(names: readonly string[], addresses: readonly string[]): Asn1 {
  return sequence(
    ...names.map((name) => taggedBytes(2, Buffer.from(name, "latin1"))),
    ...addresses.flatMap((address) => {
      const bytes = ipBytes(address);
      return bytes === undefined ? [] : [taggedBytes(7, bytes)];
    }),
  );
}
