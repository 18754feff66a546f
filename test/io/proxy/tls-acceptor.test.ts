// Accepting TLS: TLS and plain on one port, and every way in which a handshake can fail.
import { once } from "node:events";
import { type ConnectionOptions, connect } from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import type { HandshakeFailedEntry } from "../../../src/cassette/format/entry.js";
import { openStore } from "../../../src/pki/store.js";
import { dialRaw, switching, upgradeHead } from "../../support/peers/raw-peer.js";
import { chargerTls, dialTls, pairs, testStore } from "../../support/peers/tls-peers.js";
import { makeStore } from "../../support/runs/certificate-stores.js";
import { type ProxyWorld, startWorld } from "../../support/worlds/proxy-world.js";

/** The charger's side of a handshake that must fail; settles when it has failed. */
const fail = async (world: ProxyWorld, options: ConnectionOptions): Promise<HandshakeFailedEntry> => {
  const socket = connect({
    port: world.proxy.port,
    host: "127.0.0.1",
    servername: "csms.example.com",
    ...options,
  });
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => undefined);
  return world.entry("handshake-failed");
};

const ours = { ca: [...testStore().rootCertificates()] };

describe("TLS in mode auto", () => {
  test("mode auto accepts TLS and plain on one port, and the cassette says which it was", async () => {
    const world = await startWorld({ tls: chargerTls({ mode: "auto" }) });
    await world.connect("/PLAIN");
    expect((await world.entry("connection-opened")).tls).toEqual({ charger: null, csms: null });
    const charger = await dialTls(world.proxy.port);
    charger.send(upgradeHead("/SECURE"));
    const csms = await world.csms.accept();
    await csms.head();
    csms.send(switching);
    await charger.head();
    const { tls } = await world.entry("connection-opened");
    expect(tls?.charger).toMatchObject({
      version: "TLSv1.3",
      suite: "TLS_AES_256_GCM_SHA384",
      serverName: "csms.example.com",
      alpn: null,
      peer: null,
      verdict: "none-shown",
      finding: null,
    });
    expect(tls?.charger?.own?.names).toContain("DNS:csms.example.com");
    expect(tls?.charger?.own?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    charger.send("\x81\x80abcd");
    expect((await csms.bodyOf(6)).toString("latin1")).toBe("\x81\x80abcd");
    csms.send("\x89\x00");
    expect((await charger.bodyOf(2)).toString("latin1")).toBe("\x89\x00");
  });

  test("mode auto treats other bytes as a plain request, and does not record silent connections", async () => {
    const world = await startWorld({ tls: chargerTls({ mode: "auto" }) });
    const visitor = await world.dial();
    visitor.end();
    await visitor.untilClosed();
    const garbage = await world.dial();
    garbage.send("\x00\x01\x02");
    await garbage.untilEnd();
    expect(garbage.text).toMatch(/^HTTP\/1\.1 400 /);
    expect(world.entries.filter(({ kind }) => kind === "handshake-failed")).toEqual([]);
  });
});

describe("a handshake that fails", () => {
  test("a charger that closes without an alert is reported as probably not trusting the root", async () => {
    const world = await startWorld({ tls: chargerTls() });
    const stranger = openStore(makeStore());
    expect(await fail(world, { ca: [...stranger.rootCertificates()] })).toMatchObject({
      leg: "charger",
      alert: null,
      hello: { versions: ["TLS 1.3", "TLS 1.2"], serverName: "csms.example.com" },
      own: { names: expect.arrayContaining(["DNS:csms.example.com"]) as string[] },
      diagnosis: expect.stringMatching(/likely it does not trust our root certificate/) as string,
    });
    expect(world.said.at(-1)).toMatch(/^TLS with the charger at 127\.0\.0\.1:\d+ failed \(/);
  });

  test("a charger with only TLS 1.0 is reported, and accepted with --tls-min 1.0", async () => {
    const old = {
      ...ours,
      minVersion: "TLSv1",
      maxVersion: "TLSv1",
      ciphers: "AES128-SHA:@SECLEVEL=0",
    } as const;
    const world = await startWorld({ tls: chargerTls() });
    expect(await fail(world, old)).toMatchObject({
      alert: { number: 70, name: "protocol_version", by: "us" },
      hello: { versions: ["TLS 1.0"] },
      diagnosis: expect.stringMatching(/offers only TLS 1\.0.*--tls-min 1\.0/) as string,
    });
    const tolerant = await startWorld({ tls: chargerTls({ minVersion: "TLSv1" }) });
    const charger = await dialTls(tolerant.proxy.port, old);
    charger.send(upgradeHead());
    const csms = await tolerant.csms.accept();
    await csms.head();
    csms.send(switching);
    expect((await tolerant.entry("connection-opened")).tls?.charger).toMatchObject({
      version: "TLSv1",
      suite: "TLS_RSA_WITH_AES_128_CBC_SHA",
    });
    expect(await tolerant.entry("note")).toMatchObject({ code: "tls-old" });
  });

  test("a charger with only RSA fails with an ECDSA certificate, and is accepted with both kinds", async () => {
    const onlyRsa = { ...ours, maxVersion: "TLSv1.2", ciphers: "AES128-GCM-SHA256" } as const;
    const ec = testStore()
      .serverCredentials("csms.example.com")
      .filter(({ kind }) => kind === "ec");
    const world = await startWorld({ tls: chargerTls({ credentials: () => ec }) });
    expect(await fail(world, onlyRsa)).toMatchObject({
      reason: "ERR_SSL_NO_SHARED_CIPHER",
      alert: { number: 40, by: "us" },
      hello: { suites: expect.arrayContaining(["TLS_RSA_WITH_AES_128_GCM_SHA256"]) as string[] },
      diagnosis: expect.stringMatching(/key of type ECDSA.*both types/) as string,
    });
    const both = await startWorld({ tls: chargerTls() });
    const charger = await dialTls(both.proxy.port, onlyRsa);
    expect(charger.socket).toMatchObject({ authorized: true });
  });

  test("a charger that refuses the certificate's name without an alert is reported as probable", async () => {
    const world = await startWorld({ tls: chargerTls() });
    const other = testStore().serverCredentials("other.example.com");
    const named = await startWorld({ tls: chargerTls({ credentials: () => other }) });
    expect(await fail(named, ours)).toMatchObject({
      alert: null,
      own: { names: ["DNS:other.example.com"] },
      diagnosis: expect.stringMatching(/closed the connection without an alert/) as string,
    });
    // With SNI, a certificate for that name is made, so the same charger is accepted.
    expect((await dialTls(world.proxy.port)).closed).toBe("no");
  });

  test("plain HTTP on a TLS port is answered and reported, and its password is not recorded", async () => {
    const world = await startWorld({ tls: chargerTls() });
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1", "Authorization: Basic c2VjcmV0OnNlY3JldA=="));
    await charger.untilEnd();
    expect(charger.text).toMatch(/^HTTP\/1\.1 400 [\s\S]*wss:\/\//);
    const entry = await world.entry("handshake-failed");
    expect(entry).toMatchObject({ reason: "PLAIN_HTTP", hello: null, alert: null });
    expect(entry.diagnosis).toMatch(/plain HTTP.*--tls auto/);
    expect(Buffer.from(entry.octets ?? []).toString()).toMatch(/^GET \/CP1 [\s\S]*Basic \[hidden\]/);
  });

  test("TLS on a plain port gets an alert and is reported", async () => {
    const world = await startWorld({ tls: chargerTls({ mode: "off" }) });
    expect(await fail(world, ours)).toMatchObject({
      reason: "NO_TLS_HERE",
      alert: { number: 40, by: "us" },
      hello: { serverName: "csms.example.com" },
      diagnosis: expect.stringMatching(/TLS where it is switched off.*--tls/) as string,
    });
  });

  test("a charger that closes before or within its ClientHello is reported", async () => {
    const world = await startWorld({ tls: chargerTls() });
    (await world.dial()).end();
    expect(await world.entry("handshake-failed")).toMatchObject({
      reason: "CLOSED_BEFORE_HELLO",
      octets: null,
    });
    (await world.dial()).send("\x16\x03\x01\x02\x00\x01").reset();
    expect(await world.entry("handshake-failed")).toMatchObject({
      reason: "CLOSED_IN_HELLO",
      diagnosis: expect.stringMatching(/in the middle of its ClientHello/) as string,
    });
  });

  test("bytes that are neither TLS nor HTTP, and a broken ClientHello, are reported", async () => {
    const world = await startWorld({ tls: chargerTls() });
    for (const bytes of ["\x00\x00", "\x16\x03\x01\x00\x04\x0e\x00\x00\x00"]) {
      const charger = await world.dial();
      charger.send(bytes);
      await charger.untilEnd();
      expect(await world.entry("handshake-failed")).toMatchObject({ reason: "NOT_TLS" });
    }
  });

  test("a missing server certificate is reported", async () => {
    const world = await startWorld({ tls: chargerTls({ credentials: () => [] }) });
    expect(await fail(world, ours)).toMatchObject({
      reason: "NO_CERTIFICATE",
      alert: { number: 40, by: "us" },
    });
  });
});

describe("stalled handshakes", () => {
  test("a handshake that stalls within or after the ClientHello times out", async () => {
    const world = await startWorld({ tls: chargerTls({ handshakeMs: 100 }) });
    const charger = await world.dial();
    charger.send("\x16\x03\x01\x02\x00\x01");
    await charger.untilEnd();
    expect(await world.entry("handshake-failed")).toMatchObject({ reason: "TIMEOUT" });
    const hello = await helloOf();
    const second = await world.dial();
    second.send(hello);
    await second.untilEnd();
    expect(await world.entry("handshake-failed")).toMatchObject({
      reason: "ERR_TLS_HANDSHAKE_TIMEOUT",
      hello: { serverName: "csms.example.com" },
    });
  });

  test("stalled handshakes are stopped for waiting ones, reported once, and disturb no others", async () => {
    const world = await startWorld({ tls: chargerTls({ maxHandshakes: 2 }) });
    const stalled = await Promise.all([1, 2, 3].map(() => dialRaw(world.proxy.port)));
    const charger = await dialTls(world.proxy.port);
    charger.send(upgradeHead());
    await world.csms.accept();
    expect(await world.entry("handshake-failed")).toMatchObject({ reason: "TOO_MANY" });
    expect(stalled.filter(({ ended }) => ended).length).toBeGreaterThan(0);
    for (const { socket } of stalled) socket.destroy();
  });
});

/** A complete ClientHello, and nothing after it. */
const helloOf = async (): Promise<Buffer> => {
  const { createServer } = await import("node:net");
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as { port: number };
  const client = connect({ port, host: "127.0.0.1", servername: "csms.example.com", ...pairs([]) });
  client.on("error", () => undefined);
  const [socket] = await once(listener, "connection");
  const [bytes] = (await once(socket, "data")) as [Buffer];
  client.destroy();
  socket.destroy();
  listener.close();
  return bytes;
};
