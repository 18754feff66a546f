// Security profiles 0 to 3 with the charger and 0 to 3 with the CSMS, in every combination, with third-party peers on both
// sides: a whole session works, and each side is authenticated as its profile requires.
import { describe, expect, test } from "vitest";
import { entryToJson } from "../../../src/cassette/format/entry-json.js";
import { readPasswords } from "../../../src/io/tls/tls-passwords.js";
import { holdSession, type Proof, startRpcCsms } from "../../support/peers/rpc-peers.js";
import { chargerTls, csmsTls, pairs, testStore } from "../../support/peers/tls-peers.js";
import { startWorld } from "../../support/worlds/proxy-world.js";

const profiles = [0, 1, 2, 3] as const;
type Profile = (typeof profiles)[number];

const identity = "CP1";
const chargerPassword = "the charger's own 20";
const csmsPassword = "the one of the CSMS!";
const isSecure = (profile: Profile): boolean => profile >= 2;
const hasPassword = (profile: Profile): boolean => profile === 1 || profile === 2;

const startCsms = (profile: Profile) => {
  const store = testStore();
  const trust = { requestCert: true, rejectUnauthorized: true, ca: [...store.rootCertificates()] };
  const tls = { ...pairs(store.serverCredentials("csms.example.com")), ...(profile === 3 ? trust : {}) };
  return startRpcCsms({
    strict: true,
    firstId: 1,
    calls: true,
    ...(isSecure(profile) ? { tls } : {}),
    ...(hasPassword(profile) ? { password: csmsPassword } : {}),
  });
};

const startProxy = (towardsCharger: Profile, towardsCsms: Profile, csmsPort: number) => {
  const store = testStore();
  const line = (password: string) => readPasswords(Buffer.from(`${identity}:${password}\n`));
  return startWorld({
    csmsPort,
    ...(isSecure(towardsCharger)
      ? {
          tls: chargerTls(
            towardsCharger === 3 ? { clientCertificate: "require", bindIdentity: "strict" } : {},
          ),
        }
      : {}),
    ...(hasPassword(towardsCharger) ? { basicAuth: line(chargerPassword) } : {}),
    ...(isSecure(towardsCsms)
      ? {
          csmsTls: csmsTls(
            towardsCsms === 3 ? { credentials: (one) => store.clientCredentials(one ?? "") } : {},
          ),
        }
      : {}),
    ...(hasPassword(towardsCsms) ? { csmsBasic: line(csmsPassword) } : {}),
  });
};

const proofOf = (profile: Profile) => {
  const store = testStore();
  const trust = { ca: [...store.rootCertificates()], servername: "csms.example.com" };
  const own = profile === 3 ? pairs(store.clientCredentials(identity)) : {};
  return {
    ...(hasPassword(profile) ? { password: chargerPassword } : {}),
    ...(isSecure(profile) ? { wsOpts: { ...trust, ...own } } : {}),
  };
};

const expected = (towardsCharger: Profile, towardsCsms: Profile): Proof => ({
  identity,
  password: hasPassword(towardsCsms)
    ? csmsPassword
    : hasPassword(towardsCharger)
      ? chargerPassword
      : undefined,
  commonName: towardsCsms === 3 ? identity : undefined,
});

describe("a whole session works", () => {
  test.each(profiles.flatMap((charger) => profiles.map((csms) => [charger, csms] as const)))(
    "between a charger with profile %i and a CSMS with profile %i",
    async (towardsCharger, towardsCsms) => {
      const csms = await startCsms(towardsCsms);
      const world = await startProxy(towardsCharger, towardsCsms, csms.port);
      const url = `${isSecure(towardsCharger) ? "wss" : "ws"}://127.0.0.1:${world.proxy.port}`;
      await holdSession(url, identity, true, proofOf(towardsCharger));
      await world.entry("connection-closed");
      expect(csms.received).toContain("StopTransaction");
      expect(csms.answers).toHaveLength(2);
      expect(csms.refused).toEqual([]);
      expect(csms.proofs).toEqual([expected(towardsCharger, towardsCsms)]);
      const { tls } = await world.entry("connection-opened");
      const verdict = (profile: Profile, byCertificate: boolean) =>
        isSecure(profile) ? { verdict: byCertificate ? "verified" : "none-shown" } : null;
      expect(tls).toMatchObject({
        charger: verdict(towardsCharger, towardsCharger === 3),
        csms: verdict(towardsCsms, true),
      });
      const kept = JSON.stringify(world.entries.map(entryToJson)) + world.said.join("");
      for (const password of [chargerPassword, csmsPassword]) {
        expect(kept).not.toContain(password);
        expect(kept).not.toContain(Buffer.from(`${identity}:${password}`).toString("base64"));
      }
      expect(world.said.filter((line) => /internal error|certificate is for/.test(line))).toEqual([]);
    },
  );
});
