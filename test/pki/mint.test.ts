import { X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { describeCertificate } from "../../src/pki/certificate-facts.js";
import { keyKinds, makeKey, spkiOf } from "../../src/pki/key.js";
import { mint } from "../../src/pki/mint.js";
import { toPem } from "../../src/pki/pem.js";
import { openssl, verifyStrictly } from "../support/peers/openssl.js";
import { needs } from "../support/runs/needs.js";
import { temporaryFolder } from "../support/runs/temporary-folder.js";

const scratch = temporaryFolder();
const test = needs("openssl");
const keys = { rsa: makeKey("rsa"), ec: makeKey("ec") };
const leafKeys = { rsa: makeKey("rsa"), ec: makeKey("ec") };
const validity = { notBefore: new Date("1969-12-30T00:00:00Z"), notAfter: new Date("2051-01-02T03:04:05Z") };
const rootSubject = { organization: "Bücher & Söhne", commonName: "root" };

const filed = (name: string, der: Uint8Array): string => {
  const file = join(scratch, `${name}.pem`);
  writeFileSync(file, toPem("CERTIFICATE", der));
  return file;
};

const rootOf = (kind: "rsa" | "ec"): Uint8Array =>
  mint({
    ...validity,
    subject: rootSubject,
    issuer: rootSubject,
    key: keys[kind],
    signer: keys[kind],
    authority: true,
  });

describe.each(keyKinds.flatMap((signer) => keyKinds.map((leaf) => [signer, leaf] as const)))(
  "a root with a key of kind %s",
  (signer, kind) => {
    test(`signs a leaf of kind ${kind} that openssl accepts with -x509_strict`, () => {
      const root = filed(`root-${signer}`, rootOf(signer));
      const leaf = filed(
        `leaf-${signer}-${kind}`,
        mint({
          ...validity,
          subject: { organization: "O", commonName: "csms.example.com" },
          issuer: rootSubject,
          key: leafKeys[kind],
          signer: keys[signer],
          authority: false,
          names: ["csms.example.com", "*.example.org"],
          addresses: ["192.0.2.1", "2001:db8::1"],
        }),
      );
      expect(verifyStrictly(root, root)).toBe("OK");
      for (const purpose of ["sslserver", "sslclient"])
        expect(verifyStrictly(root, leaf, "-purpose", purpose)).toBe("OK");
      for (const name of ["csms.example.com", "a.example.org"])
        expect(verifyStrictly(root, leaf, "-verify_hostname", name)).toBe("OK");
      for (const address of ["192.0.2.1", "2001:db8::1"])
        expect(verifyStrictly(root, leaf, "-verify_ip", address)).toBe("OK");
      expect(verifyStrictly(root, leaf, "-verify_hostname", "other.example.com")).toMatch(/^62 /);
      expect(verifyStrictly(root, leaf, "-attime", "0")).toBe("OK");
      expect(verifyStrictly(root, leaf, "-attime", "-200000")).toMatch(/^9 /);
    });
  },
);

test("openssl reads the DER with exactly the extensions that OCPP requires", () => {
  for (const kind of keyKinds) {
    const der = rootOf(kind);
    const file = filed(`again-${kind}`, der);
    const again = join(scratch, "again.der");
    openssl("x509", "-in", file, "-outform", "DER", "-out", again);
    expect(openssl("dgst", "-sha256", "-r", again).text.slice(0, 64).toUpperCase()).toBe(
      new X509Certificate(der).fingerprint256.replaceAll(":", ""),
    );
    const { text } = openssl("x509", "-in", file, "-noout", "-text");
    const extensions = [...text.matchAll(/X509v3 ([A-Z][A-Za-z ]+): ?(critical)?/g)].map((found) =>
      found.slice(1, 3),
    );
    expect(extensions).toEqual([
      ["Basic Constraints", "critical"],
      ["Key Usage", "critical"],
      ["Subject Key Identifier", undefined],
      ["Authority Key Identifier", undefined],
    ]);
  }
});

test("the key identifier is the SHA-1 of the public key's bits", () => {
  for (const kind of keyKinds) {
    const der = rootOf(kind);
    const spki = join(scratch, "spki.der");
    const bits = join(scratch, "bits");
    writeFileSync(spki, spkiOf(keys[kind]));
    const { text } = openssl("asn1parse", "-inform", "DER", "-in", spki);
    const at = /^ *(\d+):d=1 .*BIT STRING/m.exec(text)?.[1] ?? "";
    openssl("asn1parse", "-inform", "DER", "-in", spki, "-strparse", at, "-noout", "-out", bits);
    const facts = describeCertificate(der);
    expect(openssl("dgst", "-sha1", "-r", bits).text.slice(0, 40)).toBe(facts?.subjectKeyId);
    expect(facts?.authorityKeyId).toBe(facts?.subjectKeyId);
  }
});
