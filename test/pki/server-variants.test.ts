import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { serverVariantsOf } from "../../src/pki/server-variants.js";
import { openStore } from "../../src/pki/store.js";
import { makeStore } from "../support/runs/certificate-stores.js";

const folder = makeStore();
const odd = serverVariantsOf(folder);
const leafOf = (cert = ""): X509Certificate => new X509Certificate(cert);

describe("server variants", () => {
  test("a server variant is made for the name that was asked for, RSA and ECDSA, and kept", () => {
    const made = odd("expired", "csms.example.com", "127.0.0.1");
    expect(made.map(({ kind }) => kind)).toEqual(["rsa", "ec"]);
    for (const { cert } of made) {
      expect(leafOf(cert).checkHost("csms.example.com")).toBeDefined();
      expect(Date.parse(leafOf(cert).validTo)).toBeLessThan(Date.now());
    }
    expect(odd("expired", "csms.example.com", "127.0.0.2")).toBe(made);
  });

  test("a server variant is made for the address if no name was asked for", () => {
    const [pair] = odd("not-yet-valid", undefined, "::ffff:192.0.2.7");
    expect(leafOf(pair?.cert).checkIP("192.0.2.7")).toBeDefined();
    expect(odd("self-signed", undefined, undefined)).toHaveLength(2);
  });

  test("the variant swap is signed by the root and has another key", () => {
    const store = openStore(folder);
    const [usual] = store.serverCredentials("csms.example.com");
    const [swapped] = odd("swap", "csms.example.com", undefined);
    expect(swapped?.key).not.toBe(usual?.key);
    const [root] = store.rootCertificates();
    expect(leafOf(swapped?.cert).verify(leafOf(root).publicKey)).toBe(true);
  });
});
