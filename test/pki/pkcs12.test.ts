import { createPrivateKey } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSecureContext } from "node:tls";
import { describe, expect, test } from "vitest";
import { leafValidity, makeAuthority, mintLeaf } from "../../src/pki/authority.js";
import { keyKinds, keyPem, makeKey, sameKey } from "../../src/pki/key.js";
import { fromPem, toPem } from "../../src/pki/pem.js";
import { isPkcs12, makePkcs12, readPkcs12 } from "../../src/pki/pkcs12.js";
import { openssl } from "../support/peers/openssl.js";
import { needs } from "../support/runs/needs.js";
import { temporaryFolder } from "../support/runs/temporary-folder.js";

const scratch = temporaryFolder();
const now = new Date();
const unfit = expect.objectContaining({ code: "CERTIFICATE_UNFIT" });

describe.each(keyKinds)("a container with a key of kind %s", (kind) => {
  const root = makeAuthority({ commonName: "root" }, makeKey(kind), now);
  const key = makeKey(kind);
  const leaf = mintLeaf(root, { subject: { commonName: "SN-1" }, key, validity: leafValidity(now) });
  const container = makePkcs12(key, [leaf, root.certificate], "pass word", "SN-1");

  test("a container is read back as it was written", () => {
    expect(isPkcs12(container)).toBe(true);
    const { certificates, hasKey } = readPkcs12(container, "pass word");
    expect(certificates.map((der) => Buffer.from(der))).toEqual(
      [leaf, root.certificate].map((der) => Buffer.from(der)),
    );
    expect(hasKey).toBe(true);
  });

  test("TLS opens a container only with its password", () => {
    expect(() => createSecureContext({ pfx: Buffer.from(container), passphrase: "pass word" })).not.toThrow();
    expect(() => createSecureContext({ pfx: Buffer.from(container), passphrase: "password" })).toThrow(/mac/);
    expect(() => readPkcs12(container, "password")).toThrow(unfit);
  });

  needs("openssl")("opens for openssl, with the key in it", () => {
    const file = join(scratch, `${kind}.p12`);
    writeFileSync(file, container);
    const { code, text } = openssl("pkcs12", "-in", file, "-passin", "pass:pass word", "-nodes");
    expect(code).toBe(0);
    const blocks = fromPem(text);
    expect(blocks.map(({ label }) => label)).toEqual(["CERTIFICATE", "CERTIFICATE", "PRIVATE KEY"]);
    expect(sameKey(createPrivateKey(toPem("PRIVATE KEY", blocks[2]?.der ?? leaf)), key)).toBe(true);
  });

  needs("openssl").each([
    ["openssl's own way", []],
    ["the way of old programs", ["-legacy"]],
  ])("is read where openssl made it in %s", (name, how) => {
    const [keyFile, certFile, file] = ["key", "pem", "p12"].map((end) =>
      join(scratch, `${kind}${name}.${end}`),
    );
    writeFileSync(keyFile ?? "", keyPem(key));
    writeFileSync(certFile ?? "", toPem("CERTIFICATE", leaf));
    const argv = ["-inkey", keyFile ?? "", "-in", certFile ?? "", "-passout", "pass:x", "-out", file ?? ""];
    expect(openssl("pkcs12", "-export", ...how, ...argv).code).toBe(0);
    const { certificates, hasKey } = readPkcs12(readFileSync(file ?? ""), "x");
    expect([certificates.map((der) => Buffer.from(der)), hasKey]).toEqual([[Buffer.from(leaf)], true]);
  });

  test.each(["", "pässword", "tab\t"])(
    "a password that programs encode in different ways is refused: %j",
    (password) => {
      expect(() => makePkcs12(key, [leaf], password, "x")).toThrow(unfit);
    },
  );

  test("a container and a certificate are told apart", () => {
    expect(isPkcs12(leaf)).toBe(false);
    expect(isPkcs12(new Uint8Array(0))).toBe(false);
    expect(() => readPkcs12(leaf, "x")).toThrow(unfit);
  });
});
