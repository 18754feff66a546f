// Opening a leg to the CSMS: failures are told apart, and nothing is sent before the certificate is verified.
import { readFileSync } from "node:fs";
import type { TlsOptions } from "node:tls";
import { describe, expect, test } from "vitest";
import { VcrError } from "../../../src/base/errors.js";
import { dialLeg } from "../../../src/io/tls/tls-dial.js";
import type { CsmsTls } from "../../../src/io/tls/tls-settings.js";
import type { Flaw } from "../../../src/pki/flaws.js";
import { issueCertificate } from "../../../src/pki/issue.js";
import { RawListener } from "../../support/peers/raw-peer.js";
import { csmsTls, startTlsCsms, testStore } from "../../support/peers/tls-peers.js";
import { madeAt } from "../../support/runs/certificate-stores.js";

const flawed = (flaw: Flaw): TlsOptions => {
  const wish = {
    part: "server" as const,
    kind: "ec" as const,
    organization: "O",
    names: ["csms.example.com"],
    addresses: [],
    identity: undefined,
    flaw,
  };
  const { certificate, key = "" } = issueCertificate(testStore().folder, wish as never, madeAt);
  return { cert: readFileSync(certificate), key: readFileSync(key) };
};

const attempt = async (options: TlsOptions, over: Partial<CsmsTls> = {}) => {
  const came: number[] = [];
  const csms = await startTlsCsms(
    options,
    (peer) => void peer.until(({ bytes }) => came.push(bytes.length) < 0).catch(() => 0),
  );
  const outcome = await dialLeg({ host: "127.0.0.1", port: csms.port, tls: csmsTls(over) }, "CP1", 5000);
  return { outcome, csms, bytes: () => Math.max(0, ...came) };
};

describe("dialLeg", () => {
  test("a leg over TLS has a verified certificate", async () => {
    const { outcome } = await attempt({});
    expect(outcome).toMatchObject({
      kind: "leg",
      leg: {
        tls: {
          facts: { version: "TLSv1.3", serverName: "csms.example.com", verdict: "verified", finding: null },
        },
      },
    });
    if (outcome.kind === "leg") outcome.leg.raw.destroy();
  });

  test.each([
    ["has expired", "expired", "CERT_HAS_EXPIRED"],
    ["begins later", "not-yet-valid", "CERT_NOT_YET_VALID"],
    ["is for another name", "wrong-host", "ERR_TLS_CERT_ALTNAME_INVALID"],
    ["comes from a foreign root", "foreign-ca", "SELF_SIGNED_CERT_IN_CHAIN"],
    ["is signed by itself", "self-signed", "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["lacks its issuer", "no-chain", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
  ] as const)("sends nothing to a CSMS whose certificate %s", async (_name, flaw, reason) => {
    const { outcome, bytes } = await attempt(flawed(flaw));
    expect(outcome).toMatchObject({
      kind: "handshake",
      failure: { cause: reason, own: null, peer: { subject: expect.stringContaining("CN=") as string } },
    });
    expect(bytes()).toBe(0);
  });

  test("with --csms-insecure any certificate is accepted, and its problem recorded", async () => {
    const { outcome } = await attempt(flawed("expired"), { insecure: true });
    expect(outcome).toMatchObject({
      kind: "leg",
      leg: { tls: { facts: { verdict: "not-verified", finding: "CERT_HAS_EXPIRED" } } },
    });
    if (outcome.kind === "leg") outcome.leg.raw.destroy();
  });

  test("the client certificate of the charger is sent", async () => {
    const ca = [...testStore().rootCertificates()];
    const { outcome, csms } = await attempt(
      { requestCert: true, rejectUnauthorized: true, ca },
      { credentials: (identity) => testStore().clientCredentials(identity ?? "") },
    );
    expect(outcome.kind).toBe("leg");
    expect(csms.peers.length).toBeLessThanOrEqual(1);
    if (outcome.kind !== "leg") return;
    expect(outcome.leg.tls?.facts.own?.subject).toContain("CN=CP1");
    outcome.leg.raw.destroy();
  });

  test("without a client certificate the CSMS is not dialled", async () => {
    const error = new VcrError("CERTIFICATE_UNFIT", "no such identity");
    const { outcome, csms } = await attempt(
      {},
      {
        credentials: () => {
          throw error;
        },
      },
    );
    expect(outcome).toEqual({ kind: "no-certificate", error });
    expect(csms.connections()).toBe(0);
  });

  test("a CSMS that does not answer, and one that does not finish the handshake, are reported", async () => {
    const silent = await new RawListener().listen();
    const way = { host: "127.0.0.1", port: silent.port, tls: csmsTls() };
    expect(await dialLeg(way, "CP1", 100)).toMatchObject({
      kind: "handshake",
      failure: { cause: "TIMEOUT" },
    });
    await silent.close();
    expect(await dialLeg(way, "CP1", 5000)).toMatchObject({
      kind: "unreachable",
      error: { code: "ECONNREFUSED" },
    });
  });
});
