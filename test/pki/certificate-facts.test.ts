import fc from "fast-check";
import { expect, test } from "vitest";
import { describeCertificate } from "../../src/pki/certificate-facts.js";
import { makeKey } from "../../src/pki/key.js";
import { mint } from "../../src/pki/mint.js";
import { toPem } from "../../src/pki/pem.js";

const key = makeKey("ec");
const subject = { organization: "Größe, GmbH", commonName: "csms.example.com" };
const der = mint({
  subject,
  issuer: { organization: "CA" },
  key,
  signer: key,
  notBefore: new Date("1969-12-30T00:00:00Z"),
  notAfter: new Date("2051-01-02T03:04:05Z"),
  authority: false,
  names: ["csms.example.com"],
  addresses: ["192.0.2.1", "2001:db8::1"],
});

test("a certificate is described as plain data, from DER and from PEM", () => {
  const facts = describeCertificate(der);
  expect(facts).toMatchObject({
    ...subject,
    subject: "O=Größe\\, GmbH, CN=csms.example.com",
    issuer: "O=CA",
    notBefore: "1969-12-30T00:00:00Z",
    notAfter: "2051-01-02T03:04:05Z",
    key: { kind: "ec", bits: 256, curve: "prime256v1" },
    signature: "ecdsaWithSHA256",
    san: ["DNS:csms.example.com", "IP Address:192.0.2.1", "IP Address:2001:db8::1"],
    authority: false,
    selfIssued: false,
    keyUsage: ["digitalSignature"],
    size: der.length,
  });
  expect(facts?.serial).toMatch(/^[4-7][0-9A-F]{31}$/);
  expect(facts?.fingerprint256).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  expect(describeCertificate(toPem("CERTIFICATE", der))).toEqual(facts);
});

test("an authority is described as one", () => {
  const root = mint({ ...validity(), subject, issuer: subject, key, signer: key, authority: true });
  expect(describeCertificate(root)).toMatchObject({
    authority: true,
    selfIssued: true,
    san: [],
    keyUsage: ["keyCertSign", "cRLSign"],
  });
});

test("bytes that are no certificate give nothing, and a damaged certificate does not throw", () => {
  for (const content of [
    "",
    "x",
    new Uint8Array(0),
    Uint8Array.of(0x30, 0),
    toPem("CERTIFICATE", Uint8Array.of(1)),
  ])
    expect(describeCertificate(content)).toBeUndefined();
  fc.assert(
    fc.property(fc.nat(der.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
      const damaged = Uint8Array.from(der);
      damaged[at] = byte;
      const facts = describeCertificate(damaged);
      expect(facts === undefined || facts.size === der.length).toBe(true);
    }),
    { numRuns: 300 },
  );
});

function validity(): { readonly notBefore: Date; readonly notAfter: Date } {
  return { notBefore: new Date("2026-01-01T00:00:00Z"), notAfter: new Date("2027-01-01T00:00:00Z") };
}
