// Each flaw against peers that check everything: openssl with its error numbers, node:tls with its codes, and a test CSMS
// that checks O and CN. They accept the same certificate without the flaw, which shows that it is the only reason.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { connect, createServer, type PeerCertificate, type TLSSocket } from "node:tls";
import { describe, expect, test } from "vitest";
import { type Flaw, flawsOf } from "../../src/pki/flaws.js";
import { issueCertificate } from "../../src/pki/issue.js";
import { type KeyKind, keyKinds } from "../../src/pki/key.js";
import { certificatePath } from "../../src/pki/vault.js";
import { verifyStrictly } from "../support/peers/openssl.js";
import { madeAt, makeStore } from "../support/runs/certificate-stores.js";
import { needs } from "../support/runs/needs.js";

const folder = makeStore();
const host = "csms.example.com";

interface Files {
  readonly certificate: string;
  readonly key: string;
}

const issued = (part: "server" | "client", kind: KeyKind, flaw: Flaw | undefined): Files => {
  const wish = {
    part,
    kind,
    organization: "Test CPO",
    names: part === "server" ? [host] : [],
    addresses: [],
    flaw,
  };
  const { certificate, key = "" } = issueCertificate(folder, { ...wish, identity: "CP1" }, madeAt);
  return { certificate, key };
};

const day = (days: number): readonly string[] => ["-attime", String(madeAt.getTime() / 1000 + days * 86_400)];

/** How openssl refuses a flaw, and the arguments or the root with which it accepts the same certificate. */
interface Verdict {
  readonly says: string;
  readonly sent?: (certificate: string) => readonly string[];
  readonly withoutFlaw: (kind: KeyKind) => readonly string[];
  readonly trusting?: (kind: KeyKind, certificate: string) => string;
}

const named = ["-verify_hostname", host];

const verdicts: Readonly<Partial<Record<Flaw, Verdict>>> = {
  expired: {
    says: "10 at 0 depth lookup: certificate has expired",
    withoutFlaw: () => [...named, ...day(-1.5)],
  },
  "not-yet-valid": {
    says: "9 at 0 depth lookup: certificate is not yet valid",
    withoutFlaw: () => [...named, ...day(31)],
  },
  "wrong-host": { says: "62 at 0 depth lookup: hostname mismatch", withoutFlaw: () => [] },
  "foreign-ca": {
    says: "19 at 1 depth lookup: self-signed certificate in certificate chain",
    sent: (certificate) => ["-untrusted", certificate],
    withoutFlaw: () => named,
    trusting: (kind) => certificatePath(folder, "foreign", kind),
  },
  "self-signed": {
    says: "18 at 0 depth lookup: self-signed certificate",
    withoutFlaw: () => named,
    trusting: (_, certificate) => certificate,
  },
  "no-chain": {
    says: "20 at 0 depth lookup: unable to get local issuer certificate",
    withoutFlaw: (kind) => [...named, "-untrusted", certificatePath(folder, "intermediate", kind)],
  },
};

const cases = keyKinds.flatMap((kind) =>
  flawsOf.server.flatMap((flaw) => {
    const verdict = verdicts[flaw];
    return verdict === undefined ? [] : [[flaw, kind, verdict] as const];
  }),
);

describe.each(cases)("a server's certificate that is %s, with a key of kind %s", (flaw, kind, verdict) => {
  const { certificate } = issued("server", kind, flaw);
  const root = certificatePath(folder, "root", kind);

  needs("openssl")("is refused by openssl for exactly that", () => {
    const sent = verdict.sent?.(certificate) ?? [];
    expect(verifyStrictly(root, certificate, ...sent, ...named)).toBe(verdict.says);
  });

  needs("openssl")("is accepted by openssl without that flaw", () => {
    const trusted = verdict.trusting?.(kind, certificate) ?? root;
    expect(verifyStrictly(trusted, certificate, ...verdict.withoutFlaw(kind))).toBe("OK");
  });
});

needs("openssl")("openssl accepts a server of the wrong organization: only who looks at O refuses it", () => {
  const { certificate } = issued("server", "ec", "wrong-org");
  expect(verifyStrictly(certificatePath(folder, "root", "ec"), certificate, ...named)).toBe("OK");
});

/** Connects with these certificates. Gives the code with which each side refuses, or the peer's certificate. */
const handshake = async (
  server: Files,
  client: Files | undefined,
  kind: KeyKind,
): Promise<{
  readonly charger: string;
  readonly csms: string;
  readonly shown: PeerCertificate | undefined;
}> => {
  const pair = ({ certificate, key }: Files) => ({ cert: readFileSync(certificate), key: readFileSync(key) });
  const ca = readFileSync(certificatePath(folder, "root", kind));
  const listener = createServer({ ...pair(server), ca, requestCert: true, rejectUnauthorized: false });
  const accepted = once(listener, "secureConnection") as Promise<[TLSSocket]>;
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  const mine = client === undefined ? {} : pair(client);
  const socket = connect({
    port,
    host: "127.0.0.1",
    servername: host,
    ca,
    ...mine,
    rejectUnauthorized: false,
  });
  const [[peer]] = await Promise.all([accepted, once(socket, "secureConnect")]);
  const code = (one: TLSSocket): string => {
    const error = one.authorizationError as unknown as string | (Error & { code?: string }) | null;
    return typeof error === "string" ? error : (error?.code ?? "");
  };
  const said = { charger: code(socket), csms: code(peer), shown: peer.getPeerCertificate() };
  socket.destroy();
  peer.destroy();
  listener.close();
  return said;
};

const codes: Readonly<Record<Flaw, string>> = {
  expired: "CERT_HAS_EXPIRED",
  "not-yet-valid": "CERT_NOT_YET_VALID",
  "wrong-host": "ERR_TLS_CERT_ALTNAME_INVALID",
  "foreign-ca": "SELF_SIGNED_CERT_IN_CHAIN",
  "self-signed": "DEPTH_ZERO_SELF_SIGNED_CERT",
  "no-chain": "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "wrong-identity": "",
  "wrong-org": "",
};

describe.each(keyKinds)("with keys of kind %s", (kind) => {
  test.each(flawsOf.server)(
    "a charger on node:tls refuses a server that is %s for exactly that",
    async (flaw) => {
      const { charger } = await handshake(issued("server", kind, flaw), undefined, kind);
      expect(charger).toBe(codes[flaw]);
    },
  );

  test.each(flawsOf.client)("a CSMS refuses a station that is %s for exactly that", async (flaw) => {
    const good = issued("server", kind, undefined);
    const { charger, csms, shown } = await handshake(good, issued("client", kind, flaw), kind);
    expect([charger, csms]).toEqual(["", codes[flaw]]);
    expect(shown?.subject.CN === "CP1").toBe(flaw !== "wrong-identity");
    expect(shown?.subject.O === "Test CPO").toBe(flaw !== "wrong-org");
  });

  test("server and station accept each other's certificates without a flaw", async () => {
    const said = await handshake(issued("server", kind, undefined), issued("client", kind, undefined), kind);
    expect([said.charger, said.csms]).toEqual(["", ""]);
    expect(said.shown?.subject).toMatchObject({ CN: "CP1", O: "Test CPO" });
  });
});
