// Upgrades that fail at a CSMS with TLS: the charger gets a 502 with the reason, and the cassette both entries.

import { readFileSync } from "node:fs";
import type { TlsOptions } from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import type { HandshakeFailedEntry } from "../../../src/cassette/format/entry.js";
import { entryToJson } from "../../../src/cassette/format/entry-json.js";
import { startEmbeddedCsms } from "../../../src/io/csms/embedded-csms.js";
import type { ProxyTimes } from "../../../src/io/proxy/upgrade-context.js";
import type { CsmsTls } from "../../../src/io/tls/tls-settings.js";
import { issueCertificate } from "../../../src/pki/issue.js";
import { openStore } from "../../../src/pki/store.js";
import { RawListener, type RawPeer, upgradeHead } from "../../support/peers/raw-peer.js";
import { csmsTls, startStrictCsms, startTlsCsms, testStore } from "../../support/peers/tls-peers.js";
import { madeAt, makeStore } from "../../support/runs/certificate-stores.js";
import { needs } from "../../support/runs/needs.js";
import { startWorld } from "../../support/worlds/proxy-world.js";

const strict = needs("openssl");

const expired = (): TlsOptions => {
  const names = ["csms.example.com"];
  const wish = {
    part: "server",
    kind: "ec",
    organization: "O",
    names,
    addresses: [],
    flaw: "expired",
  } as const;
  const { certificate, key = "" } = issueCertificate(testStore().folder, wish, madeAt);
  return { cert: readFileSync(certificate), key: readFileSync(key) };
};

const ask = async (
  csmsPort: number,
  over: Partial<CsmsTls>,
): Promise<{ charger: RawPeer; entry: HandshakeFailedEntry }> => {
  const world = await startWorld({ csmsPort, csmsTls: csmsTls(over) });
  const charger = await world.dial();
  charger.send(upgradeHead("/CP1", "Authorization: Basic c2VjcmV0OnNlY3JldA=="));
  await charger.untilEnd();
  expect(await world.entry("refused")).toMatchObject({ by: "network", status: 502, identity: "CP1" });
  expect(JSON.stringify(world.entries.map(entryToJson)) + world.said.join("")).not.toContain("c2VjcmV0");
  return { charger, entry: await world.entry("handshake-failed") };
};

describe("a CSMS whose handshake fails", () => {
  test("a CSMS with an expired certificate gets no byte, and the charger gets the reason", async () => {
    let came = 0;
    const csms = await startTlsCsms(expired(), (peer) =>
      peer.socket.on("data", (chunk) => (came += chunk.length)),
    );
    const { charger, entry } = await ask(csms.port, {});
    expect(charger.text).toMatch(
      /^HTTP\/1\.1 502 [\s\S]*TLS with the CSMS .* failed: the CSMS's certificate has expired/,
    );
    expect(entry).toMatchObject({ leg: "csms", reason: "CERT_HAS_EXPIRED", identity: "CP1", alert: null });
    expect(entry.url).toMatch(/^wss:\/\/csms\.example:\d+\/CP1$/);
    expect(entry.peer?.notAfter).toMatch(/Z$/);
    expect(came).toBe(0);
  });

  test("a certificate for another name is reported with both names", async () => {
    const csms = await startTlsCsms();
    const { entry } = await ask(csms.port, { name: "other.example.com" });
    expect(entry.diagnosis).toMatch(
      /not for other\.example\.com but for DNS:csms\.example\.com.*--csms-connect/,
    );
  });

  strict.each(["-tls1_2", "-tls1_3"] as const)(
    "for want of a client certificate is told (%s)",
    async (version) => {
      const { entry } = await ask(await startStrictCsms(version), {});
      expect(entry).toMatchObject({ leg: "csms", alert: { by: "csms" } });
      expect(entry.diagnosis).toMatch(/wants a client certificate/);
    },
  );

  strict("for a client certificate of another CA is told as likely", async () => {
    const stranger = openStore(makeStore());
    const port = await startStrictCsms("-tls1_3");
    const { entry } = await ask(port, { credentials: () => stranger.clientCredentials("CP1") });
    expect(entry.own?.subject).toContain("CN=CP1");
    expect(entry.diagnosis).toMatch(/refused our client certificate.*certs request/);
  });

  test("a CSMS that closes without an alert is reported as probably refusing the client certificate", async () => {
    const clientCa = testStore().rootCertificates();
    const csms = await startEmbeddedCsms({
      tls: { credentials: (name) => testStore().serverCredentials(name, undefined), clientCa },
    });
    onTestFinished(() => csms.close());
    const stranger = openStore(makeStore());
    const { charger, entry } = await ask(csms.port, { credentials: () => stranger.clientCredentials("CP1") });
    expect(entry).toMatchObject({ leg: "csms", reason: "CLOSED_BEHIND_HANDSHAKE", alert: null });
    expect(entry.own?.subject).toContain("CN=CP1");
    expect(entry.diagnosis).toMatch(/likely it refused our client certificate/);
    expect(charger.text).toContain(entry.diagnosis);
  });

  test.each([
    ["ends", (peer: RawPeer) => void peer.end()],
    ["is torn down", (peer: RawPeer) => void peer.socket.destroy()],
  ])(
    "a CSMS whose connection %s after the handshake is reported as probably requiring a certificate",
    async (_name, leave) => {
      const csms = await startTlsCsms({}, (peer) => void peer.head().then(() => leave(peer)));
      const { charger, entry } = await ask(csms.port, {});
      expect(entry).toMatchObject({ reason: "CLOSED_BEHIND_HANDSHAKE", alert: null, own: null });
      expect(entry.diagnosis).toMatch(/likely it wants a client certificate.*--csms-cert.*--csms-mint/);
      expect(charger.text).toContain(entry.diagnosis);
    },
  );

  test("a CSMS that does not use TLS is reported", async () => {
    const plain = await new RawListener((peer) =>
      peer.send("HTTP/1.1 400 Bad Request\r\n\r\n").end(),
    ).listen();
    onTestFinished(() => plain.close());
    const { entry } = await ask(plain.port, {});
    expect(entry.diagnosis).toMatch(/write ws:\/\/ in --csms/);
  });
});

describe("a CSMS that speaks TLS where it was asked in plain", () => {
  const askInPlain = async (
    csmsPort: number,
    times: Partial<ProxyTimes> = {},
  ): Promise<HandshakeFailedEntry> => {
    const world = await startWorld({ csmsPort, times });
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1"));
    await charger.untilEnd();
    const entry = await world.entry("handshake-failed");
    expect(charger.text).toMatch(/^HTTP\/1\.1 502 /);
    expect(charger.text).toContain(entry.diagnosis);
    expect(entry).toMatchObject({ leg: "csms", identity: "CP1" });
    expect(world.said.join("\n")).toMatch(
      /CP1: the upgrade with the CSMS at ws:.* failed \([A-Z_]+\): the CSMS/,
    );
    expect(entry.diagnosis).toMatch(/likely it speaks TLS there: write wss:\/\/ in --csms/);
    return entry;
  };

  test("a CSMS that closes without an answer to plain HTTP is reported as probably using TLS", async () => {
    const csms = await startTlsCsms();
    expect(await askInPlain(csms.port)).toMatchObject({ reason: "CLOSED_ON_PLAIN", alert: null });
  });

  test("TLS on a plain port is recognised by the beginning of an alert", async () => {
    const half = await new RawListener((peer) => peer.send("\x15\x03\x01").end()).listen();
    const open = await new RawListener((peer) => peer.send("\x15\x03\x01\x00\x02\x02\x28")).listen();
    onTestFinished(async () => void (await Promise.all([half.close(), open.close()])));
    expect(await askInPlain(half.port)).toMatchObject({ reason: "TLS_ON_PLAIN", alert: null });
    expect(await askInPlain(open.port, { answerMs: 100 })).toMatchObject({
      reason: "TLS_ON_PLAIN",
      alert: { number: 40, by: "csms" },
    });
  });

  test("TLS on a plain port is recognised by its alert", async () => {
    const csms = await new RawListener((peer) => peer.send("\x15\x03\x01\x00\x02\x02\x46").end()).listen();
    onTestFinished(() => csms.close());
    const world = await startWorld({ csmsPort: csms.port });
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1"));
    await charger.untilEnd();
    expect(charger.text).toMatch(/^HTTP\/1\.1 502 /);
    expect(await world.entry("handshake-failed")).toMatchObject({
      leg: "csms",
      reason: "TLS_ON_PLAIN",
      alert: { number: 70, name: "protocol_version", by: "csms" },
      diagnosis: expect.stringMatching(/write wss:\/\/ in --csms/) as string,
    });
  });
});
