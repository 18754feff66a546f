import { createPrivateKey, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { connect, createServer } from "node:tls";
import { describe, expect, test } from "vitest";
import { daysFrom } from "../../src/pki/authority.js";
import type { Credentials } from "../../src/pki/credentials.js";
import { issueCertificate } from "../../src/pki/issue.js";
import { keyKinds } from "../../src/pki/key.js";
import { requestCertificate } from "../../src/pki/station-request.js";
import { initStore, openStore } from "../../src/pki/store.js";
import { certificatePath } from "../../src/pki/vault.js";
import { madeAt, makeStore } from "../support/runs/certificate-stores.js";
import { temporaryFolder } from "../support/runs/temporary-folder.js";

const folder = makeStore();
const refused = expect.objectContaining({ code: "CERTIFICATE_STORE" });
const leaf = ({ cert }: Credentials): X509Certificate => new X509Certificate(cert);
const fingerprints = (credentials: readonly Credentials[]): readonly string[] =>
  credentials.map((one) => leaf(one).fingerprint256);

describe("a new store", () => {
  test("a new store has a root and a server certificate of each kind, and only its owner can read the keys", () => {
    const files = readdirSync(folder).filter((file) => /^(root|server)-/.test(file));
    expect(files).toEqual(
      ["root-ec", "root-rsa", "server-ec", "server-rsa"].flatMap((name) => [`${name}.key`, `${name}.pem`]),
    );
    for (const file of files)
      expect([file, statSync(join(folder, file)).mode & 0o777]).toEqual([
        file,
        file.endsWith(".key") ? 0o600 : 0o644,
      ]);
  });

  test("a store is never made over another", () => {
    const wanted = { organization: "Other", names: ["x"], addresses: [] };
    expect(() => initStore(folder, wanted, madeAt)).toThrow(refused);
    expect(openStore(folder).organization).toBe("Test CPO");
  });

  test("the certificates of a store for chargers without a clock begin in 1970", () => {
    const old = join(temporaryFolder(), "certs");
    const notBefore = new Date("1970-01-01T00:00:00Z");
    initStore(old, { organization: "O", names: ["a"], addresses: [], notBefore }, madeAt);
    const { rootCertificates, serverCredentials } = openStore(old);
    const all = [...rootCertificates(), ...serverCredentials("a").map(({ cert }) => cert)];
    expect(all.map((pem) => new X509Certificate(pem).validFrom)).toEqual(
      Array(4).fill("Jan  1 00:00:00 1970 GMT"),
    );
  });

  test("a half-made store is completed, but no new root is added to certificates of an old one", () => {
    const broken = join(temporaryFolder(), "certs");
    const wanted = { organization: "O", names: ["a"], addresses: [] };
    initStore(broken, wanted, madeAt);
    const roots = openStore(broken).rootCertificates();
    rmSync(join(broken, "server-ec.pem"));
    initStore(broken, wanted, madeAt);
    expect(openStore(broken).rootCertificates()).toEqual(roots);
    for (const file of ["root-rsa.pem", "server-ec.pem"]) rmSync(join(broken, file));
    expect(() => initStore(broken, wanted, madeAt)).toThrow(refused);
  });

  test("a missing store is reported with the command that makes one", () => {
    expect(() => openStore(join(temporaryFolder(), "none"))).toThrow(refused);
    expect(() => openStore(temporaryFolder())).toThrow(refused);
  });
});

describe("for chargers", () => {
  const store = openStore(folder);

  test("filed certificates are used for their names and addresses", () => {
    const usual = fingerprints(store.serverCredentials());
    expect(store.serverCredentials().map(({ kind }) => kind)).toEqual(keyKinds);
    for (const [name, address] of [
      ["csms.example.com", undefined],
      ["CSMS.example.com.", "192.0.2.9"],
      [undefined, "127.0.0.1"],
      [undefined, "::ffff:127.0.0.1"],
    ] as const)
      expect(fingerprints(store.serverCredentials(name, address))).toEqual(usual);
  });

  test("a certificate for another name is made, signed by the root, and kept", () => {
    const made = store.serverCredentials("other.example.com");
    for (const [i, root] of store.rootCertificates().entries()) {
      const one = made[i];
      expect(one && leaf(one).verify(new X509Certificate(root).publicKey)).toBe(true);
      expect(one && leaf(one).subjectAltName).toBe("DNS:other.example.com");
    }
    expect(fingerprints(store.serverCredentials("other.example.com"))).toEqual(fingerprints(made));
  });

  test("a certificate for an address has the standard names too", () => {
    const [rsa] = store.serverCredentials(undefined, "192.0.2.77");
    expect(rsa && leaf(rsa).subjectAltName).toBe(
      "DNS:csms.example.com, IP Address:127.0.0.1, IP Address:192.0.2.77",
    );
  });

  test("an invalid server name or address still gets a certificate", () => {
    for (const name of ["", "..", "a b", "\u0000", "127.0.0.1", "x".repeat(300), "é.example"])
      expect(store.serverCredentials(name, "no address")).toHaveLength(2);
  });

  test("a filed certificate without its key is not used", () => {
    const other = makeStore();
    mkdirSync(join(folder, "server"), { recursive: true, mode: 0o700 });
    copyFileSync(join(other, "server-ec.pem"), join(folder, "server", "csms.example.com-ec.7.pem"));
    const fresh = openStore(folder).serverCredentials("csms.example.com");
    for (const one of fresh) expect(leaf(one).checkPrivateKey(createPrivateKey(one.key))).toBe(true);
  });

  test("a filed certificate is preferred to a new one, and an expired one is not used", () => {
    const wish = {
      part: "server" as const,
      kind: "ec" as const,
      organization: "O",
      names: ["own.example"],
      addresses: [],
    };
    const { facts } = issueCertificate(folder, wish, madeAt);
    issueCertificate(folder, { ...wish, flaw: "expired" }, madeAt);
    expect(fingerprints(openStore(folder).serverCredentials("own.example"))).toContain(facts.fingerprint256);
    const later = daysFrom(madeAt, 300);
    const renewed = openStore(folder, () => later).serverCredentials("own.example");
    expect(fingerprints(renewed)).not.toContain(facts.fingerprint256);
    expect(renewed.map((one) => Date.parse(leaf(one).validTo) > later.getTime())).toEqual([true, true]);
    const usual = openStore(folder, () => later).serverCredentials();
    expect(usual.map((one) => leaf(one).checkHost("csms.example.com"))).toEqual(
      Array(2).fill("csms.example.com"),
    );
  });
});

describe("for a station", () => {
  const store = openStore(folder);

  test("a station gets certificates with its identity, of both kinds", () => {
    const made = store.clientCredentials("CP 1/ä");
    expect(made.map((one) => leaf(one).subject)).toEqual(Array(2).fill("O=Test CPO\nCN=CP 1/ä"));
    expect(fingerprints(store.clientCredentials("CP 1/ä"))).toEqual(fingerprints(made));
  });

  test("the serial number and the owner of a station certificate can be given", () => {
    const [one] = store.clientCredentials("CP1", { serial: "SN", organization: "Big CPO" });
    expect(one && leaf(one).subject).toBe("O=Big CPO\nCN=SN");
  });

  test("a filed station certificate is preferred, unless another name is asked for", () => {
    const wish = {
      part: "client" as const,
      kind: "rsa" as const,
      organization: "O",
      names: [],
      addresses: [],
    };
    const { facts } = issueCertificate(folder, { ...wish, identity: "CP2", serial: "SN-2" }, madeAt);
    expect(fingerprints(store.clientCredentials("CP2"))[0]).toBe(facts.fingerprint256);
    expect(fingerprints(store.clientCredentials("CP2", { serial: "SN-3" }))[0]).not.toBe(
      facts.fingerprint256,
    );
  });

  test("an open request to the CA does not change the station's certificates", () => {
    requestCertificate(folder, { identity: "CP3", organization: "O", kind: "ec" });
    expect(store.clientCredentials("CP3")).toHaveLength(2);
  });
});

test.each([
  ["ECDHE-ECDSA-AES128-GCM-SHA256", "ec"],
  ["ECDHE-ECDSA-AES256-GCM-SHA384", "ec"],
  ["AES128-GCM-SHA256", "rsa"],
  ["AES256-GCM-SHA384", "rsa"],
] as const)(
  "a listener with both kinds of certificates supports the mandatory cipher suite %s",
  async (ciphers, kind) => {
    const store = openStore(folder);
    const both = store.serverCredentials();
    const listener = createServer({ key: both.map(({ key }) => key), cert: both.map(({ cert }) => cert) });
    listener.listen(0, "127.0.0.1");
    await once(listener, "listening");
    const { port } = listener.address() as AddressInfo;
    const ca = [...store.rootCertificates()];
    const host = "127.0.0.1";
    const socket = connect({
      port,
      host,
      servername: "csms.example.com",
      ca,
      ciphers,
      maxVersion: "TLSv1.2",
    });
    await once(socket, "secureConnect");
    expect(socket.getCipher().name).toBe(ciphers);
    const standard = certificatePath(folder, "server", kind);
    expect(socket.getPeerCertificate().fingerprint256).toBe(
      fingerprints(both)[keyKinds.indexOf(standard.endsWith("ec.pem") ? "ec" : "rsa")],
    );
    socket.destroy();
    listener.close();
  },
);
