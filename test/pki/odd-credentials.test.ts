import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { oddCredentialsOf } from "../../src/pki/odd-credentials.js";
import { openStore } from "../../src/pki/store.js";
import { makeStore } from "../support/runs/certificate-stores.js";

const folder = makeStore();
const odd = oddCredentialsOf(folder);
const leafOf = (cert = ""): X509Certificate => new X509Certificate(cert);

describe("odd certificates of a store", () => {
  test("are for the name that was asked for, RSA and ECDSA, and are remembered", () => {
    const made = odd("expired", "csms.example.com", "127.0.0.1");
    expect(made.map(({ kind }) => kind)).toEqual(["rsa", "ec"]);
    for (const { cert } of made) {
      expect(leafOf(cert).checkHost("csms.example.com")).toBeDefined();
      expect(Date.parse(leafOf(cert).validTo)).toBeLessThan(Date.now());
    }
    expect(odd("expired", "csms.example.com", "127.0.0.2")).toBe(made);
  });

  test("are for the address where no name was asked for", () => {
    const [pair] = odd("not-yet-valid", undefined, "::ffff:192.0.2.7");
    expect(leafOf(pair?.cert).checkIP("192.0.2.7")).toBeDefined();
    expect(odd("self-signed", undefined, undefined)).toHaveLength(2);
  });

  test("with nothing wrong but the key are signed by the root with another key than usual", () => {
    const store = openStore(folder);
    const [usual] = store.serverCredentials("csms.example.com");
    const [swapped] = odd("swap", "csms.example.com", undefined);
    expect(swapped?.key).not.toBe(usual?.key);
    const [root] = store.rootCertificates();
    expect(leafOf(swapped?.cert).verify(leafOf(root).publicKey)).toBe(true);
  });
});
