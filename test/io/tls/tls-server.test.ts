// The server side of a handshake, with openssl as a charger that has exactly one cipher suite.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { switching, upgradeHead } from "../../support/peers/raw-peer.js";
import { chargerTls, dialTls, testStore } from "../../support/peers/tls-peers.js";
import { needs } from "../../support/runs/needs.js";
import { startWorld } from "../../support/worlds/proxy-world.js";

const strict = needs("openssl");

/** The output of openssl as a charger with these options; it disconnects after the handshake. */
const asCharger = async (port: number, ...options: readonly string[]): Promise<string> => {
  const target = ["-connect", `127.0.0.1:${port}`, "-servername", "csms.example.com"];
  const program = spawn("openssl", ["s_client", ...target, ...options], { stdio: ["pipe", "pipe", "pipe"] });
  onTestFinished(() => void program.kill());
  const parts: string[] = [];
  for (const stream of [program.stdout, program.stderr])
    stream.on("data", (part) => parts.push(String(part)));
  program.stdin.end();
  await once(program, "close");
  return parts.join("");
};

describe("TLS with chargers", () => {
  strict.each([
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "AES128-GCM-SHA256",
    "AES256-GCM-SHA384",
  ])("the mandatory cipher suite %s connects by itself", async (cipher) => {
    const world = await startWorld({ tls: chargerTls() });
    const said = await asCharger(world.proxy.port, "-tls1_2", "-cipher", cipher);
    expect(said).toContain(`New, TLSv1.2, Cipher is ${cipher}`);
  });

  strict.each([
    ["-tls1_3", [], "New, TLSv1.3, Cipher is TLS_"],
    ["-tls1_1", ["-cipher", "DEFAULT:@SECLEVEL=0"], "alert protocol version"],
    ["-tls1", ["-cipher", "DEFAULT:@SECLEVEL=0"], "alert protocol version"],
  ] as const)("%s is answered as it should be", async (version, more, expected) => {
    const world = await startWorld({ tls: chargerTls() });
    expect(await asCharger(world.proxy.port, version, ...more)).toContain(expected);
  });

  strict("AES128-SHA is refused at TLS 1.2, and taken where old chargers are allowed", async () => {
    const only = ["-tls1_2", "-cipher", "AES128-SHA:@SECLEVEL=0"];
    const world = await startWorld({ tls: chargerTls() });
    expect(await asCharger(world.proxy.port, ...only)).toContain("alert handshake failure");
    expect(await world.entry("handshake-failed")).toMatchObject({ reason: "ERR_SSL_NO_SHARED_CIPHER" });
    const old = await startWorld({ tls: chargerTls({ minVersion: "TLSv1" }) });
    expect(await asCharger(old.proxy.port, ...only)).toContain("Cipher is AES128-SHA");
  });

  strict("TLS 1.3 stays where old chargers are allowed", async () => {
    const world = await startWorld({ tls: chargerTls({ minVersion: "TLSv1" }) });
    expect(await asCharger(world.proxy.port, "-tls1_3")).toContain("New, TLSv1.3, Cipher is TLS_");
  });

  strict.each(["-tls1", "-tls1_1"])("%s connects with AES128-SHA where it is allowed", async (version) => {
    const world = await startWorld({ tls: chargerTls({ minVersion: "TLSv1" }) });
    const said = await asCharger(world.proxy.port, version, "-cipher", "AES128-SHA:@SECLEVEL=0");
    expect(said).toMatch(/Cipher is AES128-SHA/);
  });

  strict.each([
    [
      "does not trust our root",
      ["-CAfile", join(testStore().folder, "root-rsa.pem")],
      48,
      /does not trust our root/,
    ],
    [
      "has a clock that stands before our certificate",
      ["-attime", "1000000"],
      42,
      /likely its clock is before/,
    ],
    [
      "has a clock that stands behind our certificate",
      ["-attime", "4000000000"],
      45,
      /likely its clock is wrong/,
    ],
  ] as const)(
    "a charger that %s says so with an alert, which is told",
    async (_name, more, number, diagnosis) => {
      const world = await startWorld({ tls: chargerTls() });
      const roots = join(testStore().folder, "root-ec.pem");
      const trust = more[0] === "-CAfile" ? more : ["-CAfile", roots, ...more];
      await asCharger(world.proxy.port, "-verify_return_error", ...trust);
      const entry = await world.entry("handshake-failed");
      expect(entry).toMatchObject({ leg: "charger", alert: { number, by: "charger" } });
      expect(entry.diagnosis).toMatch(diagnosis);
    },
  );

  strict("TLS is neither compressed nor renegotiated", async () => {
    const world = await startWorld({ tls: chargerTls() });
    const said = await asCharger(world.proxy.port, "-tls1_2", "-comp");
    expect(said).toContain("Compression: NONE");
    const program = spawn("openssl", ["s_client", "-connect", `127.0.0.1:${world.proxy.port}`, "-tls1_2"]);
    onTestFinished(() => void program.kill());
    let text = "";
    const ended = once(program, "close");
    for (const stream of [program.stdout, program.stderr])
      stream.on("data", (part) => {
        text += String(part);
        if (text.includes("Verify return code") && program.stdin.writable) program.stdin.end("R\n");
      });
    await ended;
    expect(text).toMatch(/no renegotiation|RENEGOTIATING/i);
    expect(text).not.toMatch(/RENEGOTIATING[\s\S]*verify return:1/);
  });

  test("a charger resumes its session on the next connection", async () => {
    const world = await startWorld({ tls: chargerTls({ clientCertificate: "request" }) });
    const first = await dialTls(world.proxy.port, { maxVersion: "TLSv1.2" });
    const session = (first.socket as unknown as { getSession(): Buffer }).getSession();
    const second = await dialTls(world.proxy.port, { maxVersion: "TLSv1.2", session });
    expect((second.socket as unknown as { isSessionReused(): boolean }).isSessionReused()).toBe(true);
  });

  test("the secrets of a connection are written to the key log, and the cassette notes it", async () => {
    const lines: string[] = [];
    const world = await startWorld({ tls: chargerTls({ keylog: (line) => lines.push(line.toString()) }) });
    const charger = await dialTls(world.proxy.port);
    charger.send(upgradeHead());
    const csms = await world.csms.accept();
    await csms.head();
    csms.send(switching);
    expect(await world.entry("note")).toMatchObject({ code: "keylog" });
    expect(lines.join("")).toMatch(/^SERVER_TRAFFIC_SECRET_0 /m);
  });

  test("bytes that were read before the handshake are part of it, however they were cut", async () => {
    const world = await startWorld({ tls: chargerTls() });
    const charger = await dialTls(world.proxy.port);
    for (const byte of Buffer.from(upgradeHead())) charger.send(Uint8Array.of(byte));
    expect(await (await world.csms.accept()).head()).toMatch(/^GET \/ocpp\/CP1 /);
  });
});
