import { describe, expect, test } from "vitest";
import type { CertificateFacts } from "../../src/pki/certificate-facts.js";
import {
  type CertificatePart,
  certificatePartOf,
  judgeCertificate,
} from "../../src/pki/judge-certificate.js";

const now = new Date("2026-06-01T00:00:00Z");

const server: CertificateFacts = {
  subject: "O=CPO, CN=csms.example.com",
  organization: "CPO",
  commonName: "csms.example.com",
  issuer: "O=CA",
  serial: "41AB",
  fingerprint256: "",
  notBefore: "2026-01-01T00:00:00Z",
  notAfter: "2027-01-01T00:00:00Z",
  key: { kind: "rsa", bits: 2048 },
  signature: "sha256WithRSA",
  san: ["DNS:csms.example.com"],
  authority: false,
  selfIssued: false,
  keyUsage: ["digitalSignature", "keyEncipherment"],
  subjectKeyId: "01",
  authorityKeyId: "02",
  size: 1000,
};
const client: CertificateFacts = { ...server, commonName: "SN-1", san: [] };
const authority: CertificateFacts = {
  ...client,
  authority: true,
  selfIssued: true,
  keyUsage: ["keyCertSign", "cRLSign"],
};
const models: Readonly<Record<CertificatePart, CertificateFacts>> = { server, client, authority };

const without = (facts: CertificateFacts, field: keyof CertificateFacts): CertificateFacts => {
  const { [field]: _, ...rest } = facts;
  return rest as CertificateFacts;
};

const codes = (facts: CertificateFacts, part: CertificatePart): readonly string[] =>
  judgeCertificate(facts, part, now).map(({ code }) => code);

test.each(Object.keys(models) as CertificatePart[])(
  "a correct %s certificate has no findings and is recognised as one",
  (part) => {
    expect(codes(models[part], part)).toEqual([]);
    expect(certificatePartOf(models[part])).toBe(part);
  },
);

describe("a finding", () => {
  test.each<[string, CertificatePart, CertificateFacts]>([
    ["certificate-expired", "server", { ...server, notAfter: "2026-05-31T23:59:59Z" }],
    ["certificate-not-yet-valid", "client", { ...client, notBefore: "2026-06-01T00:00:01Z" }],
    ["key-short", "server", { ...server, key: { kind: "rsa", bits: 1024 } }],
    ["key-short", "client", { ...client, key: { kind: "ec", bits: 192 }, keyUsage: ["digitalSignature"] }],
    ["key-kind", "client", { ...client, key: { kind: "ed25519", bits: 0 } }],
    ["signature-hash", "server", { ...server, signature: "sha1WithRSA" }],
    ["certificate-large", "server", { ...server, size: 2049 }],
    ["serial-missing", "server", { ...server, serial: "00" }],
    ["serial-illegal", "server", { ...server, serial: "80" }],
    ["serial-illegal", "server", { ...server, serial: "01".repeat(21) }],
    ["organization-missing", "client", without(client, "organization")],
    ["organization-missing", "authority", without(authority, "organization")],
    ["common-name-missing", "server", without(server, "commonName")],
    ["common-name-missing", "client", without(client, "commonName")],
    ["common-name-not-fqdn", "server", { ...server, commonName: "192.0.2.1" }],
    ["common-name-not-fqdn", "server", { ...server, commonName: "csms" }],
    ["common-name-an-address", "client", { ...client, commonName: "192.0.2.1" }],
    ["common-name-an-address", "client", { ...client, commonName: "wss://csms/CP1" }],
    ["alternative-name-missing", "server", { ...server, san: [] }],
    ["alternative-name-on-client", "client", { ...client, san: ["DNS:cp1"] }],
    ["key-usage-missing", "server", without(server, "keyUsage")],
    ["key-usage-lacks", "server", { ...server, keyUsage: ["digitalSignature"] }],
    ["key-usage-lacks", "authority", { ...authority, keyUsage: ["cRLSign"] }],
    ["extended-key-usage", "server", { ...server, extendedKeyUsage: ["1.3.6.1.5.5.7.3.1"] }],
    ["issuer-identifier-missing", "server", without(server, "authorityKeyId")],
    ["key-identifier-missing", "authority", without(authority, "subjectKeyId")],
    ["self-signed", "client", { ...client, selfIssued: true }],
  ])("%s is found on a %s, and nothing else", (code, part, facts) => {
    expect(codes(facts, part)).toEqual([code]);
  });
});
