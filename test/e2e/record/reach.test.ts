// How chargers reach `record` and how it asks the CSMS, as a user runs it: listeners, ways in, loops, names, proxies,
// the restore notes, and the watch over commands that change how a charger connects.
import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import { readCassetteFile } from "../../../src/io/cassette/cassette-file.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { dialRaw, RawListener, type RawPeer, switching, upgradeHead } from "../../support/peers/raw-peer.js";
import { runHere } from "../../support/runs/program-here.js";
import { cassettesIn, ownFolder, startProgram, startRecord } from "../../support/runs/record-process.js";
import { chargerMask } from "../../support/worlds/relay-player.js";

const launcher = fileURLToPath(new URL("../../../bin/ocpp-vcr.js", import.meta.url));

const startCsms = async (answer = switching): Promise<RawListener> => {
  const csms = await new RawListener((peer) => void peer.head().then(() => peer.send(answer))).listen();
  onTestFinished(() => csms.close());
  return csms;
};

const dial = async (port: number): Promise<RawPeer> => {
  const charger = await dialRaw(port);
  onTestFinished(() => void charger.socket.destroy());
  return charger;
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const parsed = (text: string): Record<string, unknown>[] =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("listening", () => {
  test("record on several addresses prints a line for each before all other lines", async () => {
    const csms = await startCsms();
    const { program } = await startRecord(await ownFolder(), csms.port, "--listen", "ws://127.0.0.1:0,0");
    // startRecord's own --listen is the first one.
    program.child.kill("SIGTERM");
    await program.ended;
    const lines = parsed(program.stdout());
    expect(lines.slice(0, 3).map(({ event }) => event)).toEqual(["listening", "listening", "listening"]);
    expect(new Set(lines.map(({ url }) => url)).size).toBe(3);
  });

  test("a listener on loopback is reported as out of reach for chargers, with the option that opens it", async () => {
    const program = startProgram(
      await ownFolder(),
      "record",
      "--csms",
      "ws://csms.example/base",
      "--listen",
      "0",
    );
    const way = await program.line("IDENTITY");
    expect(way).toMatch(
      /ws:\/\/127\.0\.0\.1:\d+\/ or ws:\/\/127\.0\.0\.1:\d+\/IDENTITY \(.*only from this machine\); the CSMS is asked for ws:\/\/csms\.example\/base\/IDENTITY$/,
    );
    expect(await program.line("chargers cannot")).toContain("--listen 0.0.0.0:");
  });

  test.each([
    [["--path", "replace=/v2"], "ws://csms.example/v2/IDENTITY"],
    [["--path", "keep"], "ws://csms.example/IDENTITY"],
    [["--identity-from", "query:cp"], "ws://csms.example/base/?cp=IDENTITY"],
    [["--identity-from", "basic"], "ws://csms.example/base/"],
  ])("record with %j prints the URL that it requests at the CSMS", async (options, url) => {
    const folder = await ownFolder();
    const program = startProgram(
      folder,
      "record",
      "--csms",
      "ws://csms.example/base",
      "--listen",
      "0",
      ...options,
    );
    expect(await program.line("is asked for")).toMatch(
      new RegExp(`is asked for ${url.replaceAll(/[.?]/g, "\\$&")}$`),
    );
  });

  test("record exits with 3 if one of its addresses is in use, and closes the others", async () => {
    const csms = await startCsms();
    const folder = await ownFolder();
    const program = startProgram(
      folder,
      ...[
        "record",
        "--json",
        "--csms",
        `ws://127.0.0.1:${csms.port}`,
        "--listen",
        "0",
        "--listen",
        `${csms.port}`,
      ],
    );
    expect(await program.ended).toBe(3);
    const [first] = parsed(program.stdout());
    const { port } = new URL(String(first?.url));
    const gone = await new Promise<string | undefined>((resolve) =>
      connect(Number(port), "127.0.0.1")
        .once("error", (error: NodeJS.ErrnoException) => resolve(error.code))
        .once("connect", () => resolve("connected")),
    );
    expect(gone).toBe("ECONNREFUSED");
  });

  test("record without the right to a low port exits with 2 and prints the command that grants it", async ({
    skip,
  }) => {
    const start = await readFile("/proc/sys/net/ipv4/ip_unprivileged_port_start", "utf8").catch(() => "0");
    if (Number(start) <= 443) skip("this system asks for no right to port 443");
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const child = spawn(
      process.execPath,
      [launcher, "record", "--csms", "ws://127.0.0.1:1", "--listen", ":443"],
      {
        cwd: "/",
        stdio: ["ignore", "ignore", "pipe"],
        ...user,
      },
    );
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    const exit = await new Promise((resolve) =>
      child.once("close", resolve).once("error", (error) => resolve(error.message)),
    );
    if (typeof exit === "string") skip(`another user cannot run this Node: ${exit}`);
    if (/Cannot find module|EACCES: permission denied, open/.test(said))
      skip("another user cannot read this checkout");
    expect({ exit, said }).toEqual({
      exit: 2,
      said: expect.stringContaining("sudo setcap cap_net_bind_service=+ep"),
    });
  });

  test.each([
    ["--listen", "443x"],
    ["--listen", "http://:80"],
    ["--path", "prepend"],
    ["--identity-from", "/(/"],
    ["--forwarded", "yes"],
    ["--csms-proxy", "https://me:geheim@proxy"],
  ])("%s %s ends with 2 before anything listens", async (option, value) => {
    const program = runHere(await ownFolder(), "record", "--csms", "embedded", option, value);
    expect(await program.ended).toBe(2);
    expect(program.stderr()).toContain(option);
    expect(program.stderr()).not.toContain("geheim");
    expect(program.stdout()).toBe("");
  });
});

describe("a loop", () => {
  test("a loop is found on the first connection, answered and explained", async () => {
    const port = await freePort();
    const folder = await ownFolder();
    const url = `ws://127.0.0.1:${port}`;
    const program = startProgram(
      folder,
      "record",
      "--json",
      "--csms",
      url,
      "--listen",
      `${port}`,
      "-o",
      "cassettes",
    );
    await program.line('"listening"');
    const charger = await dial(port);
    charger.send(upgradeHead("/CP1"));
    await charger.untilEnd();
    expect(charger.text).toMatch(/^HTTP\/1\.1 508 Loop Detected\r\n[\s\S]*--csms-connect/);
    const refused = JSON.parse(await program.line('"refused"')) as Record<string, unknown>;
    expect(refused).toMatchObject({ status: 508, by: "us", reason: expect.stringContaining("a loop") });
    expect(parsed(program.stdout()).filter(({ kind }) => kind === "refused").length).toBe(2);
    const plain = await dial(port);
    plain.send("GET /firmware.bin HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    await plain.untilEnd();
    expect(plain.text).toMatch(/^HTTP\/1\.1 508 /);
  });
});

describe("a CSMS behind an HTTP proxy", () => {
  test("a CSMS is reached through an HTTP proxy by CONNECT, and the proxy's password is printed nowhere", async () => {
    const asked: string[] = [];
    const csms = await startCsms();
    const tunnel = createServer((near) => {
      near.once("data", (chunk: Buffer) => {
        asked.push(chunk.toString("latin1"));
        const far = connect(csms.port, "127.0.0.1", () => {
          near.write("HTTP/1.1 200 Connection established\r\n\r\n");
          near.pipe(far).pipe(near);
        });
        for (const socket of [near, far]) socket.on("error", () => near.destroy());
      });
    });
    await new Promise<void>((resolve) => tunnel.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void tunnel.close());
    const { port } = tunnel.address() as AddressInfo;
    const folder = await ownFolder();
    const record = await startRecord(folder, 9, "--csms-proxy", `http://me:geheim@127.0.0.1:${port}`);
    const charger = await dial(record.port);
    charger.send(upgradeHead("/CP1"));
    expect(await charger.head()).toMatch(/ 101 /);
    expect(asked[0]).toMatch(/^CONNECT 127\.0\.0\.1:9 HTTP\/1\.1\r\n/);
    expect(csms.peers[0]?.text).toMatch(/^GET \/CP1 HTTP\/1\.1\r\n/);
    record.program.child.kill("SIGTERM");
    expect(await record.program.ended).toBe(0);
    const [cassette = ""] = await cassettesIn(folder);
    const back = await readFile(join(folder, "cassettes", "restore-charger.md"), "utf8");
    const told = `${record.program.stdout()}${record.program.stderr()}${await readFile(cassette, "latin1")}${back}`;
    expect(told).not.toContain("geheim");
    expect(told).not.toContain(Buffer.from("me:geheim").toString("base64"));
  });
});

describe("the watch", () => {
  const csmsCall = '[2,"7","ChangeConfiguration",{"key":"AuthorizationKey","value":"geheimesWort12345"}]';

  test("puts an accepted change on the cassette and into the restore notes, without the secret", async () => {
    const csms = await startCsms();
    const folder = await ownFolder();
    const { program, port } = await startRecord(folder, csms.port);
    const charger = await dial(port);
    charger.send(upgradeHead("/CP1"));
    await charger.head();
    csms.peers[0]?.send(encodeFrame({ opcode: 1, payload: utf8(csmsCall) }));
    await charger.until((peer) => peer.text.includes("AuthorizationKey"));
    const answer = utf8('[3,"7",{"status":"Accepted"}]');
    charger.send(encodeFrame({ opcode: 1, payload: answer, mask: chargerMask }));
    const marker = JSON.parse(await program.line('"marker"')) as { text: string };
    expect(marker.text).toMatch(
      /^watch: Accepted by the charger: ChangeConfiguration AuthorizationKey: .*new password/,
    );
    program.child.kill("SIGTERM");
    await program.ended;
    const [path = ""] = await cassettesIn(folder);
    const kinds = (await readCassetteFile(path)).entries.map(({ entry }) => entry.kind);
    expect(kinds).toContain("marker");
    const back = await readFile(join(folder, "cassettes", "restore-charger.md"), "utf8");
    expect(back).toContain(`to type in again: \`ws://127.0.0.1:${csms.port}/\``);
    expect(back).toMatch(/CP1: Accepted by the charger: ChangeConfiguration AuthorizationKey/);
    expect(back + marker.text + program.stderr()).not.toContain("geheimesWort");
  });

  test("--csms-basic uses an accepted new password", async () => {
    const csms = await startCsms();
    const folder = await ownFolder();
    await writeFile(join(folder, "passwords"), "CP1:old\n");
    const { program, port } = await startRecord(folder, csms.port, "--csms-basic", "passwords");
    const first = await dial(port);
    first.send(upgradeHead("/CP1"));
    await first.head();
    csms.peers[0]?.send(encodeFrame({ opcode: 1, payload: utf8(csmsCall) }));
    await first.until((peer) => peer.text.includes("AuthorizationKey"));
    first.send(encodeFrame({ opcode: 1, payload: utf8('[3,"7",{"status":"Accepted"}]'), mask: chargerMask }));
    expect(await program.line('"marker"')).toContain("uses the new password for --csms-basic");
    const second = await dial(port);
    second.send(upgradeHead("/CP1"));
    await second.head();
    const shown = csms.peers.map((peer) => /Authorization: Basic (\S+)/.exec(peer.text)?.[1] ?? "");
    expect(shown.map((digits) => Buffer.from(digits, "base64").toString())).toEqual([
      "CP1:old",
      "CP1:geheimesWort12345",
    ]);
  });
});
