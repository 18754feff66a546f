// Probing the connection to a CSMS, with each problem that can occur.
import { describe, expect, onTestFinished, test } from "vitest";
import { startClock } from "../../../src/io/platform/clock.js";
import { clockStep, type ProbeOptions, probe } from "../../../src/io/probe/probe.js";
import type { ProbeStep } from "../../../src/io/probe/probe-step.js";
import { RawListener, type RawPeer } from "../../support/peers/raw-peer.js";
import { csmsTls, startStrictCsms, startTlsCsms } from "../../support/peers/tls-peers.js";
import { needs } from "../../support/runs/needs.js";

const agreeTo = (peer: RawPeer): void =>
  void peer.head().then(
    (head) => {
      const version = /Sec-WebSocket-Protocol: (ocpp1\.6)/.exec(head)?.[1];
      const field = version === undefined ? "" : `Sec-WebSocket-Protocol: ${version}\r\n`;
      peer.send(`HTTP/1.1 101 X\r\n${field}\r\n`);
    },
    () => undefined,
  );

const hangUp = (peer: RawPeer): void => {
  peer.end();
};

const steps = async (over: Partial<ProbeOptions>): Promise<readonly ProbeStep[]> => {
  const found: ProbeStep[] = [];
  const options: ProbeOptions = {
    url: new URL("ws://127.0.0.1:1/base"),
    host: "127.0.0.1",
    port: 1,
    identity: "CP1",
    tls: undefined,
    authorization: () => undefined,
    clock: startClock(),
    timeoutMs: 9000,
    ...over,
  };
  for await (const step of probe(options)) found.push(step);
  return found;
};

const startCsms = async (): Promise<number> => {
  const csms = await new RawListener(agreeTo).listen();
  onTestFinished(() => csms.close());
  return csms.port;
};

const brief = (all: readonly ProbeStep[]) => all.map(({ step, result }) => `${step} ${result}`);

describe("a probe", () => {
  test("a probe makes every check, and tries each OCPP version", async () => {
    const found = await steps({ port: await startCsms() });
    expect(brief(found)).toEqual([
      "dns yes",
      "tcp yes",
      "tls skipped",
      "upgrade yes",
      "upgrade note",
      "upgrade note",
      "upgrade yes",
      "clock skipped",
      "verdict yes",
    ]);
    expect(found.at(-1)?.message).toBe("CP1 can connect with ocpp1.6, none");
  });

  test("a probe works over TLS", async () => {
    const csms = await startTlsCsms({}, agreeTo);
    const url = new URL(`wss://csms.example.com:${csms.port}/`);
    const found = await steps({ url, port: csms.port, tls: csmsTls() });
    expect(brief(found).slice(2, 6)).toEqual(["tls yes", "tls-keys yes", "sni yes", "upgrade yes"]);
    expect(found.at(-1)?.result).toBe("yes");
  });

  test("a probe sends nothing if the certificate is not valid", async () => {
    const csms = await startTlsCsms({}, agreeTo);
    const found = await steps({ port: csms.port, tls: csmsTls({ name: "other.example" }) });
    expect(brief(found)).toContain("tls no");
    expect(found.at(-1)).toMatchObject({ step: "upgrade", result: "skipped" });
    expect(csms.connections()).toBeGreaterThan(0);
    expect(csms.peers.every((peer) => peer.bytes.length === 0)).toBe(true);
  });

  test("a probe recognises TLS on a ws:// port, and reports the URL to use", async () => {
    const csms = await startTlsCsms({}, agreeTo);
    const url = new URL(`ws://127.0.0.1:${csms.port}/base`);
    const found = await steps({ url, port: csms.port });
    expect(found).toContainEqual({
      step: "tls",
      result: "no",
      message: `port ${csms.port} probably uses TLS: write wss://127.0.0.1:${csms.port}/base`,
    });
    expect(found.at(-1)?.result).toBe("no");
  });

  test.each(["TLSv1.2", "TLSv1.3"] as const)(
    "a close after a handshake of %s is reported as a missing client certificate",
    async (version) => {
      const csms = await startTlsCsms({ minVersion: version, maxVersion: version }, hangUp);
      const url = new URL(`wss://csms.example.com:${csms.port}/`);
      const found = await steps({ url, port: csms.port, tls: csmsTls() });
      expect(brief(found)).toContain("tls yes");
      expect(found.find(({ step }) => step === "upgrade")?.message).toMatch(
        /closed without an answer, right after the handshake; the CSMS probably requires a client certificate/,
      );
      expect(found.at(-1)?.message).toMatch(/cannot connect .*probably requires a client certificate/);
    },
  );

  test("a probe finds both kinds of key of a CSMS that disconnects chargers without a certificate", async () => {
    const csms = await startTlsCsms({ requestCert: true, rejectUnauthorized: true }, agreeTo);
    const url = new URL(`wss://csms.example.com:${csms.port}/`);
    const found = await steps({ url, port: csms.port, tls: csmsTls() });
    expect(found.find(({ step }) => step === "tls-keys")?.message).toBe("ECDSA yes, RSA yes");
    expect(found.find(({ step }) => step === "sni")?.message).toMatch(/^not needed/);
    expect(found.at(-1)?.message).toMatch(/probably requires a client certificate/);
  });

  needs("openssl")("a probe reports the TLS 1.3 alert for a missing client certificate", async () => {
    const port = await startStrictCsms("-tls1_3");
    const url = new URL(`wss://csms.example.com:${port}/`);
    const found = await steps({ url, port, tls: csmsTls() });
    expect(found.find(({ step }) => step === "upgrade")?.message).toMatch(
      /CERTIFICATE_REQUIRED\), right after the handshake; the CSMS probably requires a client certificate/,
    );
    expect(found.find(({ step }) => step === "sni")?.message).not.toMatch(/^needed/);
  });

  test("a probe ends if nothing listens, and if the host name is unknown", async () => {
    const gone = await new RawListener().listen();
    await gone.close();
    expect(brief(await steps({ port: gone.port }))).toEqual(["dns yes", "tcp no"]);
    expect(brief(await steps({ host: "no-such-host.invalid" }))).toEqual(["dns no"]);
  });

  test("a probe ends in time if the CSMS does not answer", async () => {
    const silent = await new RawListener().listen();
    onTestFinished(() => silent.close());
    const found = await steps({ port: silent.port, timeoutMs: 200 });
    // How many looks fit into the time is the machine's affair; that the first was made and none got in is not.
    const [first, ...others] = brief(found).filter((one) => one.startsWith("upgrade"));
    expect([first, others.length]).toEqual(["upgrade note", 3]);
    expect(others.filter((one) => !["upgrade note", "upgrade skipped"].includes(one))).toEqual([]);
    expect(found.at(-1)).toMatchObject({ step: "verdict", result: "no" });
  });
});

test.each([
  ["Sun, 01 Mar 2026 10:00:00 GMT", "yes", /within 1 s/],
  ["Sun, 01 Mar 2026 09:00:00 GMT", "note", /3600 s ahead of/],
  ["Sun, 01 Mar 2026 10:05:00 GMT", "note", /300 s behind/],
  [undefined, "skipped", /no Date/],
  ["yesterday", "skipped", /no Date/],
])("the clock is compared with the Date header %s", (date, result, message) => {
  const step = clockStep(date, { wall: () => "2026-03-01T10:00:00Z" });
  expect(step.result).toBe(result);
  expect(step.message).toMatch(message);
});
