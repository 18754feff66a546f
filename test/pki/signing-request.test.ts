import { createPrivateKey } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { keyKinds, makeKey, sameKey } from "../../src/pki/key.js";
import { toPem } from "../../src/pki/pem.js";
import { makeRequest, readRequest } from "../../src/pki/signing-request.js";
import { openssl } from "../support/peers/openssl.js";
import { needs } from "../support/runs/needs.js";
import { temporaryFolder } from "../support/runs/temporary-folder.js";

const scratch = temporaryFolder();
const subject = { organization: "CPO", commonName: "SN-1" };
const unfit = expect.objectContaining({ code: "CERTIFICATE_UNFIT" });

describe.each(keyKinds)("a request with a key of kind %s", (kind) => {
  const key = makeKey(kind);
  const der = makeRequest(subject, key);

  test("a request is read back as it was written, PEM or DER", () => {
    for (const file of [der, Buffer.from(toPem("CERTIFICATE REQUEST", der))]) {
      const read = readRequest(file);
      expect(read.subject).toEqual(subject);
      expect(sameKey(read.publicKey, key)).toBe(true);
    }
  });

  needs("openssl")("holds for openssl", () => {
    const file = join(scratch, `${kind}.csr`);
    writeFileSync(file, toPem("CERTIFICATE REQUEST", der));
    const { code, text } = openssl(
      "req",
      "-in",
      file,
      "-noout",
      "-verify",
      "-subject",
      "-nameopt",
      "RFC2253",
    );
    expect(code).toBe(0);
    expect(text).toContain("verify OK");
    expect(text).toContain("CN=SN-1,O=CPO");
  });

  test("a request whose content was changed is refused", () => {
    const changed = Uint8Array.from(der);
    const at = Buffer.from(der).indexOf("SN-1");
    changed[at] = "X".charCodeAt(0);
    expect(() => readRequest(changed)).toThrow(unfit);
  });
});

needs("openssl").each([
  ["RSA-3072", ["-newkey", "rsa:3072", "-sha384"]],
  ["P-384", ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384", "-sha512"]],
])("a request made by openssl with a key of %s is read", (name, how) => {
  const file = join(scratch, `${name}.csr`);
  const keyFile = join(scratch, `${name}.key`);
  openssl("req", ...how, "-nodes", "-subj", "/C=DE/O=CPO/CN=SN-1", "-keyout", keyFile, "-out", file);
  const read = readRequest(readFileSync(file));
  expect(read.subject).toEqual(subject);
  expect(sameKey(read.publicKey, createPrivateKey(readFileSync(keyFile)))).toBe(true);
});

needs("openssl")("a request for an RSA key that is too short is refused with its bits", () => {
  const [file, keyFile] = [join(scratch, "short.csr"), join(scratch, "short.key")];
  openssl("req", "-newkey", "rsa:1024", "-nodes", "-subj", "/CN=SN-1", "-keyout", keyFile, "-out", file);
  expect(() => readRequest(readFileSync(file))).toThrow(
    expect.objectContaining({ code: "CERTIFICATE_UNFIT", message: expect.stringContaining("1024 bits") }),
  );
});

test("a file that is no request is refused", () => {
  for (const file of ["", "x", toPem("CERTIFICATE", Uint8Array.of(0x30, 0))])
    expect(() => readRequest(Buffer.from(file))).toThrow(unfit);
});
