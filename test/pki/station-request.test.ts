import { X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Authority, leafValidity, makeAuthority, mintLeaf } from "../../src/pki/authority.js";
import { makeKey, readKey } from "../../src/pki/key.js";
import { toPem } from "../../src/pki/pem.js";
import { readRequest } from "../../src/pki/signing-request.js";
import { acceptCertificate, requestCertificate } from "../../src/pki/station-request.js";
import { openStore } from "../../src/pki/store.js";
import { madeAt, makeStore } from "../support/runs/certificate-stores.js";

const folder = makeStore();
const root = makeAuthority({ organization: "Operator", commonName: "root" }, makeKey("rsa"), madeAt);
const between = makeAuthority({ commonName: "between" }, makeKey("ec"), madeAt, { issuer: root });
const unfit = expect.objectContaining({ code: "CERTIFICATE_UNFIT" });

const pem = (der: Uint8Array): string => toPem("CERTIFICATE", der);

/** The certificate that the operator's CA issues for a signing request. */
const answer = (csr: string, ca: Authority = between): Uint8Array => {
  const { subject, publicKey } = readRequest(readFileSync(csr));
  return mintLeaf(ca, { subject, key: publicKey, validity: leafValidity(madeAt) });
};

const request = (identity: string) =>
  requestCertificate(folder, { identity, serial: `SN-${identity}`, organization: "Big CPO", kind: "ec" });

describe("a request", () => {
  test("a request has the serial number and the owner, and only the owner can read its key", () => {
    const { csr, key } = request("CP1");
    expect(readRequest(readFileSync(csr)).subject).toEqual({ organization: "Big CPO", commonName: "SN-CP1" });
    expect(statSync(key).mode & 0o777).toBe(0o600);
  });

  test("a request is not overwritten", () => {
    request("CP2");
    expect(() => request("CP2")).toThrow(expect.objectContaining({ code: "FILE_UNWRITABLE" }));
  });
});

describe("an answer", () => {
  test("an accepted certificate is filed with its chain, leaf first, and used from then on", () => {
    const { csr } = request("CP3");
    const leaf = answer(csr);
    const accepted = acceptCertificate(
      folder,
      Buffer.from(pem(root.certificate) + pem(between.certificate) + pem(leaf)),
    );
    expect(accepted).toMatchObject({ file: join(folder, "accepted", "CP3.pem"), name: "CP3", chain: 1 });
    const [shown, ...others] = openStore(folder).clientCredentials("CP3");
    expect(others).toEqual([]);
    expect(shown?.cert).toBe(pem(leaf) + pem(between.certificate));
    expect(new X509Certificate(shown?.cert ?? "").checkPrivateKey(readKeyOf(shown?.key))).toBe(true);
  });

  test("an accepted certificate may be DER, and a later one is preferred", () => {
    const { csr } = request("CP4");
    acceptCertificate(folder, answer(csr, root));
    const { publicKey, subject } = readRequest(readFileSync(csr));
    const validity = { ...leafValidity(madeAt), notAfter: new Date(madeAt.getTime() + 300 * 86_400_000) };
    const later = mintLeaf(root, { subject, key: publicKey, validity });
    expect(acceptCertificate(folder, later).file).toBe(join(folder, "accepted", "CP4.2.pem"));
    expect(openStore(folder).clientCredentials("CP4")[0]?.cert).toBe(pem(later));
  });

  test("a certificate that matches no request is refused", () => {
    expect(() => acceptCertificate(folder, root.certificate)).toThrow(unfit);
    expect(() => acceptCertificate(makeStore(), root.certificate)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("certs request") }),
    );
  });

  test.each(["", "text", pem(Uint8Array.of(0x30, 0))])(
    "a file without a certificate is refused: %j",
    (content) => {
      expect(() => acceptCertificate(folder, Buffer.from(content))).toThrow(unfit);
    },
  );
});

function readKeyOf(key: string | undefined) {
  const read = key === undefined ? undefined : readKey(key);
  if (read === undefined) throw new Error("no key");
  return read;
}
