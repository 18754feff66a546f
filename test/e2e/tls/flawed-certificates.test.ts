// Flawed certificates in real handshakes with openssl as the strict peer: as a charger it prints the reason, as a CSMS it
// sends the alert for it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { connect, createServer, type TLSSocket } from "node:tls";
import { describe, expect } from "vitest";
import type { Flaw } from "../../../src/pki/flaws.js";
import { issueCertificate } from "../../../src/pki/issue.js";
import { openStore } from "../../../src/pki/store.js";
import { certificatePath } from "../../../src/pki/vault.js";
import { madeAt, makeStore } from "../../support/runs/certificate-stores.js";
import { needs } from "../../support/runs/needs.js";

const folder = makeStore();
const host = "csms.example.com";
const root = certificatePath(folder, "root", "ec");
const test = needs("openssl");

interface Pair {
  readonly cert: string;
  readonly key: string;
}

const issued = (part: "server" | "client", flaw?: Flaw): Pair => {
  const names = part === "server" ? [host] : [];
  const wish = { part, kind: "ec" as const, organization: "O", names, addresses: [], identity: "CP1", flaw };
  const { certificate, key = "" } = issueCertificate(folder, wish, madeAt);
  return { cert: certificate, key };
};

const contents = ({ cert, key }: Pair): Pair => ({
  cert: readFileSync(cert, "utf8"),
  key: readFileSync(key, "utf8"),
});

/** The output of openssl as a charger that checks everything. */
const asCharger = async (
  shown: Pair,
  ...more: readonly string[]
): Promise<{ code: number; text: string }> => {
  const listener = createServer(contents(shown), (socket) => socket.end());
  listener.on("tlsClientError", () => undefined);
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  const strict = ["-verify_return_error", "-x509_strict", "-verify_hostname", host, "-servername", host];
  const program = spawn(
    "openssl",
    ["s_client", "-connect", `127.0.0.1:${port}`, "-CAfile", root, ...strict, ...more],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const parts: string[] = [];
  for (const stream of [program.stdout, program.stderr])
    stream.setEncoding("utf8").on("data", (part) => parts.push(part));
  const [code] = (await once(program, "close")) as [number];
  listener.close();
  return { code, text: parts.join("") };
};

describe("openssl as a charger", () => {
  test.each([
    ["expired", "verify error:num=10:certificate has expired"],
    ["not-yet-valid", "verify error:num=9:certificate is not yet valid"],
    ["wrong-host", "verify error:num=62:hostname mismatch"],
    ["foreign-ca", "verify error:num=19:self-signed certificate in certificate chain"],
    ["self-signed", "verify error:num=18:self-signed certificate"],
    ["no-chain", "verify error:num=20:unable to get local issuer certificate"],
  ] as const)("refuses a server that is %s, and says so", async (flaw, reason) => {
    const { code, text } = await asCharger(issued("server", flaw));
    expect([code, text.match(/verify error:.*/)?.[0]]).toEqual([1, reason]);
  });

  test("openssl as a charger accepts a certificate without a flaw", async () => {
    const { code, text } = await asCharger(issued("server"));
    expect([code, /Verify return code: 0 \(ok\)/.test(text)]).toEqual([0, true]);
  });
});

/** The alert code with which openssl, as a CSMS that requires a client certificate, refuses this one. */
const asCsms = async (shown: Pair): Promise<string> => {
  const { cert, key } = issued("server");
  const program = spawn(
    "openssl",
    ["s_server", "-accept", "0", "-naccept", "1", "-CAfile", root, "-cert", cert, "-key", key].concat([
      "-Verify",
      "3",
      "-verify_return_error",
      "-x509_strict",
      "-tls1_2",
    ]),
    { stdio: ["pipe", "pipe", "ignore"] },
  );
  let text = "";
  program.stdout.setEncoding("utf8");
  const ended = once(program, "close");
  while (!/ACCEPT \S+:\d+/.test(text)) text += String((await once(program.stdout, "data"))[0]);
  const port = Number(/ACCEPT \S+:(\d+)/.exec(text)?.[1]);
  const ca = [...openStore(folder).rootCertificates()];
  const socket: TLSSocket = connect({ port, host: "127.0.0.1", servername: host, ca, ...contents(shown) });
  const code = await new Promise<string>((resolve) => {
    socket.on("secureConnect", () => resolve("accepted"));
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""));
  });
  socket.destroy();
  program.kill();
  await ended;
  return code;
};

describe("openssl as a CSMS", () => {
  test.each([
    ["expired", "ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED"],
    ["not-yet-valid", "ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE"],
    ["foreign-ca", "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA"],
    ["self-signed", "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA"],
    ["no-chain", "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA"],
    [undefined, "accepted"],
  ] as const)("answers a station that is %s with %s", async (flaw, alert) => {
    // OpenSSL 3.5 (Node 24) writes SSL/TLS where older versions write SSLV3.
    expect((await asCsms(issued("client", flaw))).replace("SSL/TLS_ALERT", "SSLV3_ALERT")).toBe(alert);
  });
});
