// TLS as a user runs it: certs init, then record, replay and csms with their options.
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ConnectionOptions } from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import { readCassetteFile } from "../../../src/io/cassette/cassette-file.js";
import { initStore, openStore } from "../../../src/pki/store.js";
import { dialRaw, RawListener, switching, upgradeHead } from "../../support/peers/raw-peer.js";
import { holdSession } from "../../support/peers/rpc-peers.js";
import { dialTls, pairs } from "../../support/peers/tls-peers.js";
import { madeAt } from "../../support/runs/certificate-stores.js";
import { runHere } from "../../support/runs/program-here.js";
import {
  cassettesIn,
  ownFolder,
  type Program,
  startProgram,
  startRecord,
} from "../../support/runs/record-process.js";

const names = { organization: "Test CPO", names: ["csms.example.com"], addresses: ["127.0.0.1"] };

/** A folder with a store in `certs/`, as `certs init` makes it. */
const folderWithStore = async (): Promise<{ folder: string; trust: ConnectionOptions }> => {
  const folder = await ownFolder();
  initStore(join(folder, "certs"), names, madeAt);
  return { folder, trust: { ca: [...openStore(join(folder, "certs")).rootCertificates()] } };
};

const startPlainCsms = async (): Promise<RawListener> => {
  const csms = await new RawListener(
    (peer) =>
      void peer.head().then(
        () => peer.send(switching),
        () => 0,
      ),
  ).listen();
  onTestFinished(() => csms.close());
  return csms;
};

const listening = async (program: Program): Promise<string> =>
  (JSON.parse(await program.line('"listening"')) as { url: string }).url;

const finish = async (program: Program): Promise<number | string> => {
  program.child.kill("SIGINT");
  return program.ended;
};

describe("record", () => {
  test("record accepts TLS and plain on one port if there is a certificate store, and writes the key log", async () => {
    const { folder, trust } = await folderWithStore();
    const csms = await startPlainCsms();
    const { program, port } = await startRecord(folder, csms.port, "--keylog", "keys.log");
    const plain = await dialRaw(port);
    plain.send(upgradeHead("/PLAIN"));
    await plain.head();
    const secure = await dialTls(port, trust);
    secure.send(upgradeHead("/SECURE"));
    await secure.head();
    await program.line('"code":"keylog"');
    for (const { socket } of [plain, secure]) socket.destroy();
    expect(await finish(program)).toBe(0);
    expect(readFileSync(join(folder, "keys.log"), "utf8")).toMatch(/^CLIENT_TRAFFIC_SECRET_0 /m);
    if (process.platform !== "win32") expect(statSync(join(folder, "keys.log")).mode & 0o777).toBe(0o600);
    const legs = await Promise.all(
      (await cassettesIn(join(folder, "cassettes"))).map(async (path) => {
        const { entries } = await readCassetteFile(path);
        const opened = entries.map(({ entry }) => entry).find(({ kind }) => kind === "connection-opened");
        return opened?.kind === "connection-opened" ? [opened.identity, opened.tls?.charger?.version] : [];
      }),
    );
    expect(legs.sort()).toEqual([
      ["PLAIN", undefined],
      ["SECURE", "TLSv1.3"],
    ]);
  });

  test("record --tls accepts only TLS and prints wss", async () => {
    const { folder } = await folderWithStore();
    const csms = await startPlainCsms();
    const program = startProgram(
      folder,
      "record",
      "--json",
      "--csms",
      `ws://127.0.0.1:${csms.port}`,
      "-l",
      "0",
      "--tls",
    );
    const url = await listening(program);
    expect(url).toMatch(/^wss:/);
    const plain = await dialRaw(Number(new URL(url).port));
    plain.send(upgradeHead());
    await plain.untilEnd();
    expect(plain.text).toMatch(/^HTTP\/1\.1 400 /);
    expect(await finish(program)).toBe(0);
    expect(program.stderr()).toMatch(/set a wss:\/\/ URL in the charger/);
  });

  test.each([
    [["--tls"], /no certificate store at certs/, /certs init/],
    [["--mtls", "require"], /--mtls needs TLS/, /certs init/],
    [["--tls-cert", "missing.pem"], /missing\.pem cannot be read/, /Check its name/],
    [["--csms-mint"], /needs wss:\/\//, /wss:\/\//],
    [["--basic-auth", "missing.txt"], /missing\.txt cannot be read/, /Check/],
    [["--csms-connect", "a:b:c"], /is not HOST\[:PORT\]/, /is not valid for --csms-connect/],
  ])("record %j is refused with a hint", async (options, message, hint) => {
    const folder = await ownFolder();
    const program = runHere(folder, "record", "--csms", "ws://127.0.0.1:9", "-l", "0", ...options);
    expect([2, 4]).toContain(await program.ended);
    expect(program.stderr()).toMatch(message);
    expect(program.stderr()).toMatch(hint);
  });
});

describe("csms, record and replay together", () => {
  test("csms, record and replay work with profile 3 on every leg", { timeout: 60_000 }, async () => {
    const { folder, trust } = await folderWithStore();
    const csms = startProgram(folder, "csms", "--json", "-l", "0", "--tls", "--mtls");
    const csmsUrl = await listening(csms);
    expect(csmsUrl).toMatch(/^wss:/);
    const port = new URL(csmsUrl).port;
    const towards = ["--csms", `wss://csms.example.com:${port}`, "--csms-connect", `127.0.0.1:${port}`];
    const proofs = ["--csms-ca", "certs/root-rsa.pem", "--csms-ca", "certs/root-ec.pem", "--csms-mint"];
    const record = startProgram(
      folder,
      "record",
      "--json",
      "-l",
      "0",
      "--tls",
      "--mtls",
      "require",
      "--bind-identity",
      "strict",
      ...towards,
      ...proofs,
    );
    const url = await listening(record);
    const store = openStore(join(folder, "certs"));
    const own = { ...trust, servername: "csms.example.com", ...pairs(store.clientCredentials("CP1")) };
    await holdSession(url, "CP1", true, { wsOpts: own });
    await record.line('"connection-closed"');
    expect(await finish(record)).toBe(0);
    const opened = JSON.parse(await record.line('"connection-opened"')) as {
      tls: { csms: { own: { subject: string } } };
    };
    expect(opened.tls.csms.own.subject).toBe("O=Test CPO, CN=CP1");

    // The server name is that of the recorded host, whatever address is dialled.
    const back = [...towards, "--to-production", "csms.example.com"];
    const replay = startProgram(
      folder,
      "replay",
      "recordings/CP1",
      ...back,
      ...proofs,
      "--transcript",
      "again.cassette",
      "--json",
    );
    expect(await replay.ended).toBe(0);
    expect(replay.stdout()).toContain('"verdict":"pass"');
    const again = await readCassetteFile(join(folder, "again.cassette"));
    const kept = again.entries.map(({ entry }) => entry).find(({ kind }) => kind === "connection-opened");
    expect(kept?.kind === "connection-opened" && kept.tls?.csms?.verdict).toBe("verified");

    const unknown = runHere(
      folder,
      "replay",
      "recordings/CP1",
      ...back,
      "--json",
      "--transcript",
      "failed.cassette",
    );
    expect(await unknown.ended).toBe(3);
    expect(unknown.stdout()).toMatch(/root that is not known here: give it with --csms-ca/);
    const failed = await readCassetteFile(join(folder, "failed.cassette"));
    expect(failed.entries.map(({ entry }) => entry.kind)).toContain("handshake-failed");

    const insecure = runHere(folder, "replay", "recordings/CP1", ...back, "--csms-insecure", "--csms-mint");
    expect(await insecure.ended).toBe(0);
    expect(insecure.stdout()).toMatch(/WARNING: the CSMS's certificate is not checked/);
    expect(await finish(csms)).toBe(0);
    expect(existsSync(join(folder, "recordings"))).toBe(true);
  });

  test("record reports at the start and at the end that the CSMS is not verified", async () => {
    const { folder } = await folderWithStore();
    writeFileSync(join(folder, "passwords"), "CP1:secret word\n");
    const csms = startProgram(folder, "csms", "--json", "-l", "0", "--tls");
    const url = await listening(csms);
    const record = startProgram(
      folder,
      "record",
      "--csms",
      url,
      "-l",
      "0",
      "--csms-insecure",
      "--csms-basic",
      "passwords",
    );
    const said = await record.line("Listening on");
    const charger = await dialRaw(Number(/:(\d+)/.exec(said)?.[1]));
    charger.send(upgradeHead("/CP1"));
    await charger.head();
    expect(charger.text).toMatch(/^HTTP\/1\.1 101 /);
    charger.socket.destroy();
    await record.line("closed");
    expect(await finish(record)).toBe(0);
    expect(record.stdout().match(/WARNING: the CSMS's certificate is not checked/g)).toHaveLength(2);
    expect(record.stdout()).toMatch(
      /certificate of the CSMS is valid, but any other would have been accepted|NOT valid/,
    );
    expect(record.stdout() + record.stderr()).not.toContain("secret word");
    await finish(csms);
  });
});
