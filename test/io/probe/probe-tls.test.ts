// The TLS checks of a CSMS: chain, kinds of key, SNI.
import { createSecureContext, type TlsOptions } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { startClock } from "../../../src/io/platform/clock.js";
import { startDeadline } from "../../../src/io/probe/probe-step.js";
import { checkChain, checkKeys, checkSni, type TlsCheck } from "../../../src/io/probe/probe-tls.js";
import { dial } from "../../../src/io/sockets/dial.js";
import type { CsmsTls } from "../../../src/io/tls/tls-settings.js";
import { RawListener } from "../../support/peers/raw-peer.js";
import { csmsTls, pairs, startStrictCsms, startTlsCsms, testStore } from "../../support/peers/tls-peers.js";
import { needs } from "../../support/runs/needs.js";

const lookThere = (port: number, over: Partial<CsmsTls> = {}, timeoutMs = 9000): TlsCheck => ({
  dial: (leftMs) => dial("127.0.0.1", port, leftMs),
  tls: csmsTls(over),
  credentials: [],
  clock: startClock(),
  deadline: startDeadline(timeoutMs),
});

const lookAt = async (options: TlsOptions = {}, over: Partial<CsmsTls> = {}): Promise<TlsCheck> =>
  lookThere((await startTlsCsms(options)).port, over);

test("a valid chain is reported with TLS version, cipher suite and certificate", async () => {
  const { step, leg } = await checkChain(await lookAt());
  leg?.raw.destroy();
  expect(step).toMatchObject({ step: "tls", result: "yes" });
  expect(step.message).toMatch(
    /^TLSv1\.3 TLS_\S+; verified: .*CN=csms\.example\.com.*, issued by .*until 20/,
  );
});

test.each([
  [
    { name: "other.example" },
    /ERR_TLS_CERT_ALTNAME_INVALID: .*The CSMS sent the certificate of .*csms\.example\.com/,
  ],
  [{ ca: [] }, /The CSMS sent the certificate of .*issued by/],
] as const)(
  "a chain that is not valid with %j is reported with its certificate, and nothing is sent",
  async (over, message) => {
    const { step, leg } = await checkChain(await lookAt({}, over));
    expect(leg).toBeUndefined();
    expect(step.result).toBe("no");
    expect(step.message).toMatch(message);
  },
);

test("a chain that is accepted because of --insecure is reported as not verified", async () => {
  const { step, leg } = await checkChain(await lookAt({}, { ca: [], insecure: true }));
  leg?.raw.destroy();
  expect(step).toMatchObject({ result: "note", message: expect.stringContaining("NOT verified") });
});

test("both kinds of key are checked, each cipher suite by itself", async () => {
  expect(await checkKeys(await lookAt())).toMatchObject({ result: "yes", message: "ECDSA yes, RSA yes" });
  const [rsa] = testStore()
    .serverCredentials("csms.example.com")
    .filter(({ kind }) => kind === "rsa");
  if (rsa === undefined) throw new Error("no RSA");
  const keys = await checkKeys(await lookAt(pairs([rsa])));
  expect(keys).toMatchObject({
    result: "note",
    message: expect.stringMatching(/^ECDSA no, RSA yes; OCPP requires/),
  });
  const one = await checkKeys(
    await lookAt({ ciphers: "ECDHE-ECDSA-AES128-GCM-SHA256:AES128-GCM-SHA256:AES256-GCM-SHA384" }),
  );
  expect(one.message).toContain("ECDSA without ECDHE-ECDSA-AES256-GCM-SHA384, RSA yes");
});

test("SNI is not needed if the CSMS has only one certificate", async () => {
  expect(await checkSni(await lookAt())).toMatchObject({
    result: "yes",
    message: expect.stringMatching(/^not needed/),
  });
});

test("SNI is needed if the certificate depends on it", async () => {
  const named = createSecureContext(pairs(testStore().serverCredentials("csms.example.com")));
  const others = pairs(testStore().serverCredentials("other.example"));
  const look = await lookAt({ ...others, SNICallback: (_name, done) => done(null, named) });
  expect(await checkSni(look)).toMatchObject({
    result: "note",
    message: expect.stringMatching(/^needed.*wrong name/),
  });
});

needs("openssl")(
  "a CSMS that wants a client certificate is said to, and no key and no SNI to miss",
  async () => {
    const look = lookThere(await startStrictCsms("-tls1_2"));
    const { step } = await checkChain(look);
    expect(step).toMatchObject({
      result: "no",
      message: expect.stringMatching(
        /ALERT_HANDSHAKE_FAILURE: .*probably requires a client certificate \(--cert\/--key\)/,
      ),
    });
    // It has a certificate with ECDSA key alone, which it shows before it refuses.
    expect((await checkKeys(look)).message).toMatch(/^ECDSA yes, RSA no;/);
    expect(await checkSni(look)).toMatchObject({
      result: "yes",
      message: expect.stringMatching(/^not needed/),
    });
  },
);

test("a port that stalls is reported as no answer in time", async () => {
  const silent = await new RawListener().listen();
  onTestFinished(() => silent.close());
  const look = (): TlsCheck => lookThere(silent.port, {}, 300);
  const [keys, sni] = await Promise.all([checkKeys(look()), checkSni(look())]);
  expect(keys).toMatchObject({
    result: "note",
    message: "ECDSA no answer in time, RSA no answer in time",
  });
  expect(sni).toMatchObject({ result: "note", message: "no answer in time" });
});

test("a port without TLS gives no result about SNI", async () => {
  const plain = await new RawListener((peer) => peer.end()).listen();
  onTestFinished(() => plain.close());
  expect((await checkSni(lookThere(plain.port))).message).toMatch(/^unknown: the handshake/);
});
