// The TLS of a CSMS as a probe sees it: chain, kinds of key, SNI.
import { createSecureContext, type TlsOptions } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { startClock } from "../../../src/io/platform/clock.js";
import { startDeadline } from "../../../src/io/probe/probe-step.js";
import { lookAtChain, lookAtKeys, lookAtSni, type TlsLook } from "../../../src/io/probe/probe-tls.js";
import { dial } from "../../../src/io/sockets/dial.js";
import type { CsmsTls } from "../../../src/io/tls/tls-settings.js";
import { RawListener } from "../../support/peers/raw-peer.js";
import { csmsTls, pairs, startStrictCsms, startTlsCsms, testStore } from "../../support/peers/tls-peers.js";
import { needs } from "../../support/runs/needs.js";

const lookThere = (port: number, over: Partial<CsmsTls> = {}, timeoutMs = 9000): TlsLook => ({
  dial: (leftMs) => dial("127.0.0.1", port, leftMs),
  tls: csmsTls(over),
  credentials: [],
  clock: startClock(),
  deadline: startDeadline(timeoutMs),
});

const lookAt = async (options: TlsOptions = {}, over: Partial<CsmsTls> = {}): Promise<TlsLook> =>
  lookThere((await startTlsCsms(options)).port, over);

test("a good chain is told with version, suite and certificate", async () => {
  const { step, leg } = await lookAtChain(await lookAt());
  leg?.raw.destroy();
  expect(step).toMatchObject({ step: "tls", result: "yes" });
  expect(step.message).toMatch(
    /^TLSv1\.3 TLS_\S+; verified: .*CN=csms\.example\.com.*, issued by .*until 20/,
  );
});

test.each([
  [{ name: "other.example" }, /ERR_TLS_CERT_ALTNAME_INVALID: .*It showed .*csms\.example\.com/],
  [{ ca: [] }, /It showed .*issued by/],
] as const)(
  "a chain that is not good with %j is told with its certificate, and nothing is sent",
  async (over, message) => {
    const { step, leg } = await lookAtChain(await lookAt({}, over));
    expect(leg).toBeUndefined();
    expect(step.result).toBe("no");
    expect(step.message).toMatch(message);
  },
);

test("a chain taken as asked is said to be unverified", async () => {
  const { step, leg } = await lookAtChain(await lookAt({}, { ca: [], insecure: true }));
  leg?.raw.destroy();
  expect(step).toMatchObject({ result: "note", message: expect.stringContaining("NOT verified") });
});

test("both kinds of key are looked for, suite by suite", async () => {
  expect(await lookAtKeys(await lookAt())).toMatchObject({ result: "yes", message: "ECDSA yes, RSA yes" });
  const [rsa] = testStore()
    .serverCredentials("csms.example.com")
    .filter(({ kind }) => kind === "rsa");
  if (rsa === undefined) throw new Error("no RSA");
  const keys = await lookAtKeys(await lookAt(pairs([rsa])));
  expect(keys).toMatchObject({
    result: "note",
    message: expect.stringMatching(/^ECDSA no, RSA yes; OCPP asks/),
  });
  const one = await lookAtKeys(
    await lookAt({ ciphers: "ECDHE-ECDSA-AES128-GCM-SHA256:AES128-GCM-SHA256:AES256-GCM-SHA384" }),
  );
  expect(one.message).toContain("ECDSA without ECDHE-ECDSA-AES256-GCM-SHA384, RSA yes");
});

test("SNI is not needed where one certificate serves", async () => {
  expect(await lookAtSni(await lookAt())).toMatchObject({
    result: "yes",
    message: expect.stringMatching(/^not needed/),
  });
});

test("SNI is needed where the certificate depends on it", async () => {
  const named = createSecureContext(pairs(testStore().serverCredentials("csms.example.com")));
  const others = pairs(testStore().serverCredentials("other.example"));
  const look = await lookAt({ ...others, SNICallback: (_name, done) => done(null, named) });
  expect(await lookAtSni(look)).toMatchObject({
    result: "note",
    message: expect.stringMatching(/^needed.*wrong name/),
  });
});

needs("openssl")(
  "a CSMS that wants a client certificate is said to, and no key and no SNI to miss",
  async () => {
    const look = lookThere(await startStrictCsms("-tls1_2"));
    const { step } = await lookAtChain(look);
    expect(step).toMatchObject({
      result: "no",
      message: expect.stringMatching(
        /ALERT_HANDSHAKE_FAILURE: .*likely wants a client certificate \(--cert\/--key\)/,
      ),
    });
    // It has a certificate with ECDSA key alone, which it shows before it refuses.
    expect((await lookAtKeys(look)).message).toMatch(/^ECDSA yes, RSA no;/);
    expect(await lookAtSni(look)).toMatchObject({
      result: "yes",
      message: expect.stringMatching(/^not needed/),
    });
  },
);

test("a port that stalls gives no answer in time, and no word about keys and SNI", async () => {
  const silent = await new RawListener().listen();
  onTestFinished(() => silent.close());
  const look = (): TlsLook => lookThere(silent.port, {}, 300);
  const [keys, sni] = await Promise.all([lookAtKeys(look()), lookAtSni(look())]);
  expect(keys).toMatchObject({
    result: "note",
    message: "ECDSA no answer in time, RSA no answer in time",
  });
  expect(sni).toMatchObject({ result: "note", message: "no answer in time" });
});

test("a port without TLS is not said to need SNI", async () => {
  const plain = await new RawListener((peer) => peer.end()).listen();
  onTestFinished(() => plain.close());
  expect((await lookAtSni(lookThere(plain.port))).message).toMatch(/^cannot tell: no handshake/);
});
