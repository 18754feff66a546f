// The TLS of a CSMS as a probe sees it: chain, kinds of key, SNI.
import { createSecureContext, type TlsOptions } from "node:tls";
import { expect, test } from "vitest";
import { startClock } from "../../src/io/clock.js";
import { dial } from "../../src/io/dial.js";
import { startDeadline } from "../../src/io/probe-step.js";
import { lookAtChain, lookAtKeys, lookAtSni, type TlsLook } from "../../src/io/probe-tls.js";
import type { CsmsTls } from "../../src/io/tls-settings.js";
import { csmsTls, pairs, startTlsCsms, testStore } from "../support/tls-peers.js";

const lookAt = async (options: TlsOptions = {}, over: Partial<CsmsTls> = {}): Promise<TlsLook> => {
  const csms = await startTlsCsms(options);
  return {
    dial: (timeoutMs) => dial("127.0.0.1", csms.port, timeoutMs),
    tls: csmsTls(over),
    credentials: [],
    clock: startClock(),
    deadline: startDeadline(9000),
  };
};

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
