// Checks a certificate against OCPP's rules for its part (security whitepaper for 1.6 section 5, 2.0.1 part 2 A00.FR.501 to
// 512). The results are findings, not refusals: many chargers and CSMSs break some of these rules and work.

import type { Issue } from "../base/issue.js";
import type { CertificateFacts } from "./certificate-facts.js";
import { dnsName, ipBytes } from "./subject.js";

/** The part of a certificate: a root or intermediate, a CSMS (or this proxy), a charge point. */
export type CertificatePart = "authority" | "server" | "client";

type Check = (facts: CertificateFacts, now: Date) => readonly (readonly [code: string, message: string])[];

/** The part that a certificate is probably for: a CSMS has a host name, a charge point does not. */
export function certificatePartOf({ authority, san, commonName = "" }: CertificateFacts): CertificatePart {
  if (authority) return "authority";
  if (san.some((name) => /^(DNS|IP Address):/.test(name))) return "server";
  return commonName.includes(".") && dnsName(commonName) !== undefined ? "server" : "client";
}

const validity: Check = ({ notBefore, notAfter }, now) => {
  const span = `valid from ${notBefore} to ${notAfter}`;
  if (now.getTime() > Date.parse(notAfter))
    return [["certificate-expired", `The certificate has expired: ${span}.`]];
  if (now.getTime() < Date.parse(notBefore))
    return [["certificate-not-yet-valid", `The certificate is not valid yet: ${span}.`]];
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
    found.push(["signature-hash", `The signature uses ${signature}; OCPP needs SHA-256 or better.`]);
  // The 1.6 specification, section 6: "no greater than 2048 bytes", because small chargers cannot hold more.
  if (key.kind === "rsa" && size > 2048)
    found.push([
      "certificate-large",
      `The certificate has ${size} bytes; the 1.6 specification allows 2048 for RSA.`,
    ]);
  return found;
};

const numbered: Check = ({ serial }) => {
  if (!/[1-9A-F]/.test(serial)) return [["serial-missing", "The certificate has no serial number."]];
  if (serial.length > 40 || /^[89A-F]/.test(serial))
    return [["serial-illegal", `The serial number ${serial} is negative or longer than 20 bytes.`]];
  return [];
};

const organization: Check = ({ organization }) =>
  organization === undefined
    ? [["organization-missing", "O is missing; OCPP requires the owner's name there, and CSMSs check it."]]
    : [];

const usage =
  (...wanted: readonly string[]): Check =>
  ({ keyUsage, extendedKeyUsage }) => {
    const found: [string, string][] = [];
    if (keyUsage === undefined) found.push(["key-usage-missing", "The key usage extension is missing."]);
    const missing = wanted.filter((one) => keyUsage !== undefined && !keyUsage.includes(one));
    if (missing.length > 0) found.push(["key-usage-lacks", `The key usage lacks ${missing.join(" and ")}.`]);
    if (extendedKeyUsage !== undefined)
      found.push([
        "extended-key-usage",
        "The certificate has extended key usage, which OCPP advises against.",
      ]);
    return found;
  };

const leafUsage: Check = (facts, now) =>
  usage("digitalSignature", ...(facts.key.kind === "rsa" ? ["keyEncipherment"] : []))(facts, now);

const serverName: Check = ({ commonName, san }) => {
  const found: [string, string][] = [];
  const isName = commonName !== undefined && dnsName(commonName) !== undefined && commonName.includes(".");
  if (commonName === undefined)
    found.push(["common-name-missing", "CN is missing; OCPP 1.6 chargers check it."]);
  else if (!isName)
    found.push(["common-name-not-fqdn", `CN "${commonName}" is not a full host name, which OCPP requires.`]);
  if (san.length === 0)
    found.push([
      "alternative-name-missing",
      "The certificate has no alternative names; current TLS libraries look only there.",
    ]);
  return found;
};

const clientName: Check = ({ commonName, san }) => {
  const found: [string, string][] = [];
  if (commonName === undefined)
    found.push(["common-name-missing", "CN is missing; it must be the serial number of the charge point."]);
  else if (ipBytes(commonName) !== undefined || /^\w+:\/\//.test(commonName))
    found.push(["common-name-an-address", `CN "${commonName}" is an address; it must be the serial number.`]);
  if (san.some((name) => name.startsWith("DNS:")))
    found.push([
      "alternative-name-on-client",
      "The certificate has a DNS name; OCPP advises against one for a charge point.",
    ]);
  return found;
};

const identifiers: Check = ({ subjectKeyId, authorityKeyId, selfIssued, authority }) => [
  ...(authority && subjectKeyId === undefined
    ? ([
        ["key-identifier-missing", "The subject key identifier is missing; strict peers refuse the chain."],
      ] as const)
    : []),
  ...(!selfIssued && authorityKeyId === undefined
    ? ([
        [
          "issuer-identifier-missing",
          "The authority key identifier is missing; strict peers refuse the certificate.",
        ],
      ] as const)
    : []),
];

const leafAlone: Check = ({ selfIssued }) =>
  selfIssued
    ? [["self-signed", "The certificate is self-signed; peers accept it only if it was installed on them."]]
    : [];

const checks: Readonly<Record<CertificatePart, readonly Check[]>> = {
  authority: [validity, strength, numbered, organization, usage("keyCertSign"), identifiers],
  server: [validity, strength, numbered, organization, serverName, leafUsage, identifiers, leafAlone],
  client: [validity, strength, numbered, organization, clientName, leafUsage, identifiers, leafAlone],
};

/** All findings about a certificate in this part at this time. */
export function judgeCertificate(
  facts: CertificateFacts,
  part: CertificatePart,
  now: Date,
): readonly Issue[] {
  return checks[part].flatMap((check) =>
    check(facts, now).map(([code, message]) => ({ code, message, by: "file" as const })),
  );
}
