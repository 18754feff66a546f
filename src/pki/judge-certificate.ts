// A certificate against OCPP's rules for the part it plays (security whitepaper for 1.6 section 5, 2.0.1 part 2
// A00.FR.501 to 512). Findings, not refusals: many chargers and CSMSs in the field break some of these and work.

import type { Issue } from "../base/issue.js";
import type { CertificateFacts } from "./certificate-facts.js";
import { hostName, ipBytes } from "./subject.js";

/** The part a certificate plays: a root or intermediate, a CSMS (or this proxy), a charge point. */
export type CertificatePart = "authority" | "server" | "client";

type Check = (facts: CertificateFacts, now: Date) => readonly (readonly [code: string, message: string])[];

/** The part that a certificate seems made for: a CSMS is called by a host name, a charge point is not. */
export function partOf({ authority, san, commonName = "" }: CertificateFacts): CertificatePart {
  if (authority) return "authority";
  if (san.some((name) => /^(DNS|IP Address):/.test(name))) return "server";
  return commonName.includes(".") && hostName(commonName) !== undefined ? "server" : "client";
}

const validity: Check = ({ notBefore, notAfter }, now) => {
  const span = `valid from ${notBefore} to ${notAfter}`;
  if (now.getTime() > Date.parse(notAfter)) return [["certificate-expired", `It has expired: ${span}.`]];
  if (now.getTime() < Date.parse(notBefore))
    return [["certificate-not-yet-valid", `Not yet valid: ${span}.`]];
  return [];
};

const strength: Check = ({ key, signature, size }) => {
  const found: [string, string][] = [];
  const least = key.kind === "ec" ? 224 : 2048;
  if (!["rsa", "rsa-pss", "ec"].includes(key.kind))
    found.push(["key-kind", `The key is ${key.kind}; OCPP's cipher suites need RSA or ECDSA.`]);
  else if (key.bits < least && key.bits > 0)
    found.push([
      "key-short",
      `The key has ${key.bits} bits; ${key.kind.toUpperCase()} needs ${least} or more.`,
    ]);
  if (/md5|sha1/i.test(signature))
    found.push(["signature-hash", `It is signed with ${signature}; SHA-256 or better is asked for.`]);
  // The 1.6 specification, section 6: "no greater than 2048 bytes", because small chargers cannot hold more.
  if (key.kind === "rsa" && size > 2048)
    found.push(["certificate-large", `It has ${size} bytes; the 1.6 specification allows 2048 for RSA.`]);
  return found;
};

const numbered: Check = ({ serial }) => {
  if (!/[1-9A-F]/.test(serial)) return [["serial-missing", "It has no serial number."]];
  if (serial.length > 40 || /^[89A-F]/.test(serial))
    return [["serial-illegal", `The serial number ${serial} is negative or longer than 20 bytes.`]];
  return [];
};

const organization: Check = ({ organization }) =>
  organization === undefined
    ? [["organization-missing", "O is missing; OCPP wants the owner's name there, and CSMSs check it."]]
    : [];

const usage =
  (...wanted: readonly string[]): Check =>
  ({ keyUsage, extendedKeyUsage }) => {
    const found: [string, string][] = [];
    if (keyUsage === undefined)
      found.push(["key-usage-missing", "Key usage is missing; it should be there."]);
    const missing = wanted.filter((one) => keyUsage !== undefined && !keyUsage.includes(one));
    if (missing.length > 0) found.push(["key-usage-lacks", `Key usage lacks ${missing.join(" and ")}.`]);
    if (extendedKeyUsage !== undefined)
      found.push(["extended-key-usage", "It has extended key usage, which OCPP advises against."]);
    return found;
  };

const leafUsage: Check = (facts, now) =>
  usage("digitalSignature", ...(facts.key.kind === "rsa" ? ["keyEncipherment"] : []))(facts, now);

const serverName: Check = ({ commonName, san }) => {
  const found: [string, string][] = [];
  const isName = commonName !== undefined && hostName(commonName) !== undefined && commonName.includes(".");
  if (commonName === undefined)
    found.push(["common-name-missing", "CN is missing; OCPP 1.6 chargers check it."]);
  else if (!isName)
    found.push(["common-name-not-fqdn", `CN "${commonName}" is no full host name, which OCPP asks for.`]);
  if (san.length === 0)
    found.push([
      "alternative-name-missing",
      "It has no alternative names; today's TLS libraries look only there.",
    ]);
  return found;
};

const clientName: Check = ({ commonName, san }) => {
  const found: [string, string][] = [];
  if (commonName === undefined)
    found.push(["common-name-missing", "CN is missing; it is to be the charge point's serial number."]);
  else if (ipBytes(commonName) !== undefined || /^\w+:\/\//.test(commonName))
    found.push([
      "common-name-an-address",
      `CN "${commonName}" is an address; it is to be the serial number.`,
    ]);
  if (san.some((name) => name.startsWith("DNS:")))
    found.push([
      "alternative-name-on-client",
      "It has a DNS name; OCPP advises against one on a charge point.",
    ]);
  return found;
};

const identifiers: Check = ({ subjectKeyId, authorityKeyId, selfIssued, authority }) => [
  ...(authority && subjectKeyId === undefined
    ? ([
        ["key-identifier-missing", "It has no subject key identifier; strict peers refuse the chain."],
      ] as const)
    : []),
  ...(!selfIssued && authorityKeyId === undefined
    ? ([
        ["issuer-identifier-missing", "It has no authority key identifier; strict peers refuse it."],
      ] as const)
    : []),
];

const leafAlone: Check = ({ selfIssued }) =>
  selfIssued ? [["self-signed", "It is signed by itself; peers take it only if they were given it."]] : [];

const checks: Readonly<Record<CertificatePart, readonly Check[]>> = {
  authority: [validity, strength, numbered, organization, usage("keyCertSign"), identifiers],
  server: [validity, strength, numbered, organization, serverName, leafUsage, identifiers, leafAlone],
  client: [validity, strength, numbered, organization, clientName, leafUsage, identifiers, leafAlone],
};

/** All findings against a certificate in this part, at this moment. */
export function judgeCertificate(
  facts: CertificateFacts,
  part: CertificatePart,
  now: Date,
): readonly Issue[] {
  return checks[part].flatMap((check) =>
    check(facts, now).map(([code, message]) => ({ code, message, by: "file" as const })),
  );
}
