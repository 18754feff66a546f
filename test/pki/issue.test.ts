import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Flaw } from "../../src/pki/flaws.js";
import { type IssueOptions, issueCertificate } from "../../src/pki/issue.js";
import { makeKey } from "../../src/pki/key.js";
import { makeRequest, readRequest } from "../../src/pki/signing-request.js";
import { madeAt, makeStore } from "../support/runs/certificate-stores.js";

const folder = makeStore();
const wish: IssueOptions = {
  part: "server",
  kind: "ec",
  organization: "O",
  names: ["a.example.com"],
  addresses: [],
};
const client: IssueOptions = { ...wish, part: "client", names: [] };
const issue = (changed: Partial<IssueOptions>, base = wish) =>
  issueCertificate(folder, { ...base, ...changed }, madeAt);
const usage = expect.objectContaining({ code: "USAGE" });

describe("a server's certificate", () => {
  test("a server certificate has its first name as CN and all names as alternative names", () => {
    const { facts, key } = issue({ names: ["a.example.com", "b.example.com"], addresses: ["192.0.2.1"] });
    expect(facts).toMatchObject({
      subject: "O=O, CN=a.example.com",
      san: ["DNS:a.example.com", "DNS:b.example.com", "IP Address:192.0.2.1"],
    });
    expect(key).toBe(join(folder, "server-ec.key"));
  });

  test("a server certificate has no CN if every name is too long", () => {
    const name = `${"a".repeat(60)}.example.com`;
    expect(issue({ names: [name] }).facts).toMatchObject({ subject: "O=O", san: [`DNS:${name}`] });
  });

  test("a server certificate is filed under its name, and the next one gets a number", () => {
    const files = [1, 2].map(() => issue({ names: ["twice.example.com"] }).certificate);
    expect(files.map((file) => basename(file))).toEqual([
      "twice.example.com-ec.pem",
      "twice.example.com-ec.2.pem",
    ]);
    expect(dirname(files[0] ?? "")).toBe(join(folder, "server"));
  });

  test("a server certificate needs a name", () => {
    expect(() => issue({ names: [] })).toThrow(usage);
  });
});

describe("a station's certificate", () => {
  test("a station certificate has the serial number as its CN, or else the identity", () => {
    expect(issue({ identity: "CP1", serial: "SN-1" }, client).facts.commonName).toBe("SN-1");
    const { facts, certificate } = issue({ identity: "CP1" }, client);
    expect(facts).toMatchObject({ commonName: "CP1", san: [] });
    expect(certificate).toBe(join(folder, "client", "CP1-ec.2.pem"));
  });

  test("a station certificate needs a name", () => {
    expect(() => issue({}, client)).toThrow(usage);
  });
});

describe("a certificate for a signing request", () => {
  const key = makeKey("rsa");
  const request = readRequest(makeRequest({ organization: "Other", commonName: "SN-9" }, key));

  test("a certificate for a signing request has the request's key, is signed by the root of that kind, and has no key in the store", () => {
    const made = issue({ request }, client);
    expect(made.facts).toMatchObject({ subject: "O=O, CN=SN-9", key: { kind: "rsa", bits: 2048 } });
    expect(made.facts.issuer).toContain("RSA");
    expect(made.key).toBeUndefined();
    expect(made.certificate).toBe(join(folder, "issued", "SN-9-rsa.pem"));
  });

  test("a given identity replaces the name in a signing request", () => {
    expect(issue({ request, identity: "CP7" }, client).facts.commonName).toBe("CP7");
  });

  test("a certificate for a signing request cannot be self-signed", () => {
    expect(() => issue({ request, flaw: "self-signed" }, client)).toThrow(usage);
  });
});

describe("a flawed certificate", () => {
  test("a flawed certificate is filed in a folder of its own, with its chain", () => {
    const made = issue({ flaw: "foreign-ca" });
    expect(made.certificate).toBe(join(folder, "flawed", "a.example.com-server-foreign-ca-ec.pem"));
    expect(readFileSync(made.certificate, "utf8").match(/BEGIN/g)).toHaveLength(2);
  });

  test("issuing a certificate without its chain names the intermediate that is missing", () => {
    expect(issue({ flaw: "no-chain" }).missing).toBe(join(folder, "intermediate-ec.pem"));
  });

  test.each<[Flaw, IssueOptions]>([
    ["wrong-identity", wish],
    ["wrong-host", client],
  ])("is not %s where that means nothing", (flaw, base) => {
    expect(() => issue({ flaw, identity: "CP1" }, base)).toThrow(usage);
  });
});
