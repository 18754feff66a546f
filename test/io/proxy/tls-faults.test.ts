// Rules on the TLS handshake of chargers, tested with node:tls.
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { connect as connectTcp } from "node:net";
import { type ConnectionOptions, connect } from "node:tls";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { serverVariantsOf } from "../../../src/pki/server-variants.js";
import { switching, upgradeHead } from "../../support/peers/raw-peer.js";
import { chargerTls, dialTls, pairs, testStore } from "../../support/peers/tls-peers.js";
import { settleSockets, stopTimers } from "../../support/runs/stopped-timers.js";
import { type ProxyWorld, startWorld } from "../../support/worlds/proxy-world.js";

const store = testStore();
const ours = { ca: [...store.rootCertificates()], servername: "csms.example.com" };

const world = (then: string, trigger = ""): Promise<ProxyWorld> =>
  startWorld({
    rules: `version: 1\nrules:\n  - { id: r1, ${trigger}then: [ ${then} ] }\n`,
    tls: chargerTls({ serverVariants: serverVariantsOf(store.folder) }),
  });

/** The result of a handshake: the error's code, or the version and cipher suite. */
const shake = async (to: ProxyWorld, options: ConnectionOptions = {}): Promise<string> => {
  const socket = connect({ port: to.proxy.port, host: "127.0.0.1", ...ours, ...options });
  onTestFinished(() => void socket.destroy());
  return new Promise((resolve) => {
    socket.once("secureConnect", () => resolve(`${socket.getProtocol()} ${socket.getCipher().standardName}`));
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.once("close", () => resolve("closed"));
  });
};

describe("a certificate that a rule makes flawed", () => {
  test.each([
    ["expired", "CERT_HAS_EXPIRED"],
    ["not-yet-valid", "CERT_NOT_YET_VALID"],
    ["wrong-host", "ERR_TLS_CERT_ALTNAME_INVALID"],
    ["untrusted-ca", "SELF_SIGNED_CERT_IN_CHAIN"],
    ["no-chain", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    ["self-signed", "DEPTH_ZERO_SELF_SIGNED_CERT"],
  ])("a certificate with the flaw %s is refused with %s", async (flaw, code) => {
    const to = await world(`{ certificate: { flaw: ${flaw} } }`);
    expect(await shake(to)).toBe(code);
    expect(await to.entry("decision")).toMatchObject({
      connection: 0,
      type: "tls",
      fault: "certificate",
      outcome: `certificate ${flaw}`,
    });
  });

  test("without a certificate store the certificate is not changed, and the outcome says so", async () => {
    const rules = "version: 1\nrules:\n  - { id: r1, then: [ { certificate: expired } ] }\n";
    const to = await startWorld({ rules, tls: chargerTls() });
    expect(await shake(to)).toMatch(/^TLSv1\.3 /);
    expect(await to.entry("decision")).toMatchObject({
      outcome: expect.stringMatching(/^not applied: there is no certificate store/) as string,
    });
  });

  test("a flawed certificate is refused by a charger that could resume its session", async () => {
    const to = await world("{ certificate: expired }", "trigger: { nth: 2 }, ");
    const first = await dialTls(to.proxy.port, { maxVersion: "TLSv1.2" });
    const socket = first.socket as ReturnType<typeof connect>;
    const session = socket.getSession();
    if (session === undefined) throw new Error("no session");
    expect(await shake(to, { session, maxVersion: "TLSv1.2" })).toBe("CERT_HAS_EXPIRED");
  });
});

describe("a certificate that a rule swaps", () => {
  test("a swapped certificate is valid and different for the next connection of the address", async () => {
    const to = await world("{ certificate-swap: {} }", "trigger: { nth: 2 }, ");
    const seen: string[] = [];
    for (let i = 0; i < 3; i++) {
      const peer = await dialTls(to.proxy.port);
      const socket = peer.socket as ReturnType<typeof connect>;
      seen.push(new X509Certificate(socket.getPeerCertificate().raw).fingerprint256);
    }
    expect(seen[1]).not.toBe(seen[0]);
    expect(seen[2]).toBe(seen[0]);
    expect(await to.entry("decision")).toMatchObject({ ordinal: 2, outcome: "certificate swapped" });
  });
});

describe("a handshake that a rule limits", () => {
  test.each([
    ["{ tls-version: { max: 1.2 } }", {}, /^TLSv1\.2 /],
    ["{ tls-version: { min: 1.3 } }", {}, /^TLSv1\.3 /],
    ["{ tls-version: { max: 1.1 } }", {}, /UNSUPPORTED_PROTOCOL|ALERT_PROTOCOL_VERSION/],
    [
      "{ tls-version: { max: 1.1 } }",
      { minVersion: "TLSv1", ciphers: "DEFAULT:@SECLEVEL=0" } as const,
      /^TLSv1\.1 /,
    ],
    [
      "{ tls-suites: { only: [TLS_RSA_WITH_AES_128_GCM_SHA256] } }",
      { ciphers: "AES128-GCM-SHA256" },
      /^TLSv1\.2 TLS_RSA_WITH_AES_128_GCM_SHA256$/,
    ],
    ["{ tls-suites: TLS_AES_128_GCM_SHA256 }", {}, /^TLSv1\.3 TLS_AES_128_GCM_SHA256$/],
    ["{ tls-suites: TLS_AES_128_GCM_SHA256 }", { ciphers: "TLS_AES_256_GCM_SHA384" }, /HANDSHAKE_FAILURE/],
    [
      "{ tls-version: { max: 1.2 } }, { tls-suites: TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 }",
      {},
      /^TLSv1\.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384$/,
    ],
  ])("the rule %s limits a charger with %j", async (then, options, how) => {
    const to = await world(then);
    expect(await shake(to, options)).toMatch(how);
  });
});

describe("a handshake that a rule refuses", () => {
  test.each([
    ["handshake_failure", "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", 40],
    ["protocol_version", "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", 70],
    ["internal_error", "ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR", 80],
  ])("the alert %s before the ServerHello reaches the charger", async (alert, code, number) => {
    const to = await world(`{ tls-alert: { alert: ${alert} } }`);
    expect((await shake(to)).replace("ERR_SSL_SSL/TLS", "ERR_SSL_SSLV3")).toBe(code);
    expect(await to.entry("handshake-failed")).toMatchObject({
      reason: "RULE",
      alert: { number, name: alert, by: "us" },
      hello: { serverName: "csms.example.com" },
      diagnosis: expect.stringMatching(/a rule of this run/) as string,
    });
  });

  test("a refused client certificate gets the alert that a strict server sends", async () => {
    const to = await world("{ client-certificate: { refuse: certificate_revoked } }");
    const client = pairs(store.clientCredentials("CP1"));
    expect(await shake(to, client)).toMatch(/ALERT_CERTIFICATE_REVOKED$/);
    expect(await to.entry("handshake-failed")).toMatchObject({
      reason: "RULE",
      alert: { number: 44, name: "certificate_revoked", by: "us" },
    });
    expect(await shake(to)).toMatch(/ALERT_CERTIFICATE_REVOKED$/);
  });
});

describe("a handshake that a rule stalls", () => {
  test("a stalled handshake goes on after its time", async () => {
    const to = await world("{ tls-stall: 80ms }");
    stopTimers();
    const isOpen = vi.fn();
    const opened = dialTls(to.proxy.port).then((peer) => {
      isOpen();
      return peer;
    });
    await to.entry("decision");
    vi.advanceTimersByTime(79);
    await settleSockets();
    expect(isOpen).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    const charger = await opened;
    charger.send(upgradeHead("/CP1"));
    const csms = await to.csms.accept();
    await csms.head();
    csms.send(switching);
    expect(await charger.head()).toContain("101");
  });

  test("a handshake that is stalled without end waits until the charger gives up", async () => {
    const to = await world("{ tls-stall: {} }");
    const raw = connectTcp({ port: to.proxy.port, host: "127.0.0.1" });
    onTestFinished(() => void raw.destroy());
    await once(raw, "connect");
    connect({ socket: raw, ...ours }).on("error", () => undefined);
    expect(await to.entry("decision")).toMatchObject({ outcome: "stalled for ever" });
    await settleSockets();
    expect(raw.bytesRead).toBe(0);
    raw.end();
    expect(await to.entry("handshake-failed")).toMatchObject({ reason: "RULE", alert: null });
  });

  test("a stalled handshake goes on when its rule is disarmed", async () => {
    const to = await world("{ tls-stall: {} }");
    const shaken = shake(to);
    expect(await to.entry("decision")).toMatchObject({ outcome: "stalled for ever" });
    to.context.rules?.rules.disarmAll();
    expect(await shaken).toMatch(/^TLSv1/);
  });
});
