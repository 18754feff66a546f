import { createPublicKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findFiled, keyOfFiled, wholeChain } from "../../src/pki/find-filed.js";
import { issueCertificate } from "../../src/pki/issue.js";
import { makeKey, sameKey } from "../../src/pki/key.js";
import { makeRequest, readRequest } from "../../src/pki/signing-request.js";
import { madeAt, makeStore } from "../support/runs/certificate-stores.js";

const folder = makeStore();
const wish = { kind: "ec" as const, organization: "O", names: ["a.example.com"], addresses: [] };
const find = (word: string) => findFiled(folder, word, "ec", madeAt);
const server = issueCertificate(folder, { ...wish, part: "server" }, madeAt);
const station = issueCertificate(folder, { ...wish, part: "client", identity: "CP1" }, madeAt);

test.each([
  ["root", join(folder, "root-ec.pem")],
  ["server", join(folder, "server-ec.pem")],
  ["a.example.com", server.certificate],
  ["CP1", station.certificate],
  [station.certificate, station.certificate],
])("the certificate for %s is found", (word, file) => {
  expect(find(word).file).toBe(file);
});

test("a certificate outside the store is not found, even if its file exists", () => {
  for (const word of ["CP2", "..", "/etc/hostname", "package.json"])
    expect(() => find(word)).toThrow(expect.objectContaining({ code: "CERTIFICATE_STORE" }));
});

test("the key of a certificate is found", () => {
  const key = keyOfFiled(folder, find("CP1"));
  const { publicKey } = new X509Certificate(readFileSync(station.certificate));
  expect(key !== undefined && sameKey(createPublicKey(key), publicKey)).toBe(true);
  const request = readRequest(makeRequest({ commonName: "CP9" }, makeKey("ec")));
  issueCertificate(folder, { ...wish, part: "client", request }, madeAt);
  expect(keyOfFiled(folder, find("CP9"))).toBeUndefined();
});

describe("the whole chain", () => {
  const subjects = (file: string): readonly string[] =>
    wholeChain(folder, find(file)).map((pem) =>
      new X509Certificate(pem).subject.replace(/ [0-9a-f]{4}$/, ""),
    );

  test("the whole chain of a leaf ends with the root", () => {
    expect(subjects("CP1")).toEqual(["O=O\nCN=CP1", "O=Test CPO\nCN=ocpp-vcr root ECDSA"]);
    expect(subjects("root")).toEqual(["O=Test CPO\nCN=ocpp-vcr root ECDSA"]);
  });

  test("the whole chain includes the intermediate, and ends at an issuer that is not in the store", () => {
    const flawed = (flaw: "no-chain" | "self-signed"): string =>
      issueCertificate(folder, { ...wish, part: "server", flaw }, madeAt).certificate;
    expect(subjects(flawed("no-chain"))).toHaveLength(3);
    expect(subjects(flawed("self-signed"))).toHaveLength(1);
  });
});
