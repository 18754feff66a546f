// `record --admin` and `ctl` as a user runs them, a rule file that changes, and refusals at the start.
import { once } from "node:events";
import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { readCassetteFile } from "../../../src/io/cassette/cassette-file.js";
import { dialRaw, RawListener, type RawPeer, switching, upgradeHead } from "../../support/peers/raw-peer.js";
import { runHere } from "../../support/runs/program-here.js";
import {
  cassettesIn,
  ownFolder,
  type Program,
  startProgram,
  startRecord,
} from "../../support/runs/record-process.js";
import { beat, gets, up } from "../../support/worlds/admin-talk.js";

const rules = (then: string): string =>
  `version: 1\nrules:\n  - { id: beats, when: { action: Heartbeat, type: CALL }, then: [ ${then} ] }\n`;

const startCsms = async (): Promise<RawListener> => {
  const csms = await new RawListener((peer) => void peer.head().then(() => peer.send(switching))).listen();
  onTestFinished(() => csms.close());
  return csms;
};

const connect = async (port: number, path = "/CP1"): Promise<RawPeer> => {
  const charger = await dialRaw(port);
  onTestFinished(() => void charger.socket.destroy());
  charger.send(upgradeHead(path));
  await charger.head();
  return charger;
};

interface Started {
  readonly folder: string;
  readonly program: Program;
  readonly charger: RawPeer;
  readonly csms: RawPeer;
  readonly url: string;
  /** Runs a command of ctl to its end. */
  ctl(...args: readonly string[]): Promise<{ code: number | string; out: string; err: string }>;
}

const start = async (...args: readonly string[]): Promise<Started> => {
  const folder = await ownFolder();
  writeFileSync(join(folder, "rules.yaml"), rules("{ drop: {} }"));
  const listener = await startCsms();
  const { program, port } = await startRecord(folder, listener.port, "--admin", "0", ...args);
  const { url } = JSON.parse(await program.line('"event":"admin"')) as { url: string };
  const charger = await connect(port);
  const csms = listener.peers[0] as RawPeer;
  const ctl: Started["ctl"] = async (...words) => {
    const ran = runHere(
      folder,
      "ctl",
      ...words,
      "--admin",
      url,
      "--admin-token-file",
      "cassettes/admin-token",
    );
    return { code: await ran.ended, out: ran.stdout(), err: ran.stderr() };
  };
  return { folder, program, charger, csms, url, ctl };
};

describe("record --admin", () => {
  test("ctl changes rules, waits, injects, marks and closes; the cassette has a note of each, and the token is printed nowhere", async () => {
    const { folder, program, charger, csms, ctl } = await start();
    expect((await ctl("rules", "add", "rules.yaml")).out).toContain("beats  not armed");
    const armed = await ctl("arm", "beats", "--ttl", "5m");
    expect(armed.out).toMatch(/armed for (299|300) s more/);
    charger.send(up(beat("1"))).send(up('[2,"2","StatusNotification",{}]'));
    await gets(csms, 1);
    const waited = await ctl("wait", "--action", "Heartbeat", "--since", "0", "--timeout", "10s", "--json");
    expect(waited.code).toBe(0);
    expect(JSON.parse(waited.out)).toMatchObject({ messages: [{ id: "1", rules: [{ rule: "beats" }] }] });
    const timedOut = await ctl(
      "wait",
      "--action",
      "Reset",
      "--type",
      "CALL",
      "--since",
      "0",
      "--timeout",
      "50ms",
    );
    expect([timedOut.code, timedOut.out]).toEqual([
      1,
      expect.stringContaining("near miss: action is Heartbeat"),
    ]);
    expect((await ctl("inject", "CP1", '[2,"x","Reset",{"type":"Soft"}]')).code).toBe(0);
    expect(await gets(charger, 1)).toEqual(['[2,"x","Reset",{"type":"Soft"}]']);
    expect((await ctl("marker", "gun stuck")).out).toContain("cassettes marked: 1");
    expect((await ctl("connections")).out).toContain("1  CP1  open  ocpp1.6");
    const detail = (await ctl("connections", "CP1")).out;
    expect(detail).toMatch(/^1 {2}CP1 {2}open .*\n {2}open cp-to-csms Heartbeat 1 for [0-9]+ ms\n/);
    expect(detail).toMatch(/\n {2}open csms-to-cp Reset x for [0-9]+ ms\n {2}no TLS\n$/);
    expect((await ctl("metrics")).out).toContain('ocpp_vcr_faults_total{rule="beats",fault="drop"} 1');
    expect((await ctl("export", "--identity", "CP1", "-o", "so-far.ndjson")).code).toBe(0);
    expect(readFileSync(join(folder, "so-far.ndjson"), "utf8")).toContain('"kind":"marker"');
    expect((await ctl("reset")).out).toContain("rules disarmed: 1");
    expect((await ctl("close", "CP1", "--code", "1012")).code).toBe(0);
    expect(await gets(charger, 2)).toContain("close 1012");
    charger.end();
    csms.end();
    await program.line('"connection-closed"');
    program.child.kill("SIGTERM");
    expect(await program.ended).toBe(0);
    const token = readFileSync(join(folder, "cassettes/admin-token"), "utf8").trim();
    expect(statSync(join(folder, "cassettes/admin-token")).mode & 0o777).toBe(0o600);
    expect(program.stdout() + program.stderr()).not.toContain(token);
    const [path = ""] = await cassettesIn(folder);
    expect((await readFile(path)).includes(token)).toBe(false);
    const { entries } = await readCassetteFile(path);
    expect(entries.flatMap(({ entry }) => (entry.kind === "note" ? [entry.code] : []))).toEqual([
      "rules-changed",
      "rules-text",
      "rules-armed",
      "injected-by-hand",
      "rules-disarmed",
      "closed-by-hand",
    ]);
  }, 60_000);

  test("ctl exits with 2 if it is refused and with 3 if no admin API answers", async () => {
    const { ctl, url, folder } = await start();
    const gone = await ctl("rules", "delete", "nobody");
    expect([gone.code, gone.out]).toEqual([0, "nobody  no such rule\nno rules\n"]);
    const unknown = await ctl("arm", "nobody");
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('there is no rule "nobody"')]);
    expect((await ctl("reset-connection", "CP9")).code).toBe(2);
    writeFileSync(join(folder, "other-token"), `${"a".repeat(40)}\n`, { mode: 0o600 });
    const stranger = runHere(
      folder,
      "ctl",
      "connections",
      "--admin",
      url,
      "--admin-token-file",
      "other-token",
    );
    expect([await stranger.ended, stranger.stderr()]).toEqual([
      2,
      expect.stringContaining("not the access token"),
    ]);
    const nobody = runHere(folder, "ctl", "connections", "--admin", "http://127.0.0.1:1");
    expect(await nobody.ended).toBe(3);
    expect(await runHere(folder, "ctl", "connections", "--admin", "https://x").ended).toBe(2);
    const short = ["--admin", new URL(url).host, "--admin-token-file", "cassettes/admin-token"];
    expect(await startProgram(folder, "ctl", "connections", ...short).ended).toBe(0);
  }, 60_000);

  test("ctl events prints events until it is stopped", async () => {
    const { folder, url, charger, csms } = await start();
    const args = ["--admin", url, "--admin-token-file", "cassettes/admin-token", "--kind", "frame"];
    const events = startProgram(folder, "ctl", "events", ...args);
    let sent = 0;
    const timer = setInterval(() => charger.send(up(beat(`${++sent}`))), 50);
    onTestFinished(() => clearInterval(timer));
    expect(JSON.parse(await events.line('"kind":"frame"'))).toMatchObject({ identity: "CP1" });
    clearInterval(timer);
    events.child.kill("SIGTERM");
    expect(await events.ended).toBe(0);
    expect((await gets(csms, 1)).length).toBeGreaterThan(0);
  });

  test("a changed rule file is read again: changed rules are not armed, and a file with errors changes nothing", async () => {
    const { folder, program, ctl } = await start("--rules", "rules.yaml");
    expect((await ctl("rules", "list")).out).toMatch(/beats {2}armed/);
    writeFileSync(
      join(folder, "new.yaml"),
      `${rules("{ drop: {} }")}  - { id: more, then: [ { delay: 1s } ] }\n`,
    );
    renameSync(join(folder, "new.yaml"), join(folder, "rules.yaml"));
    expect(JSON.parse(await program.line('"rules-changed"'))).toMatchObject({ ids: ["beats", "more"] });
    expect((await ctl("rules", "list")).out).toMatch(/beats {2}armed[\s\S]*more {2}not armed/);
    writeFileSync(join(folder, "rules.yaml"), "version: 1\nrules: [ { id: x } ]\n");
    expect(JSON.parse(await program.line('"rules-refused"'))).toMatchObject({ ids: [] });
    expect(program.stderr()).toMatch(
      /the rules of the file rules\.yaml have 1 error; the old rules stay: 2:\d+/,
    );
    expect((await ctl("rules", "list")).out).toMatch(/beats {2}armed[\s\S]*more {2}not armed/);
    program.child.kill("SIGTERM");
    await program.ended;
    const [path = ""] = await cassettesIn(folder);
    const notes = (await readCassetteFile(path)).entries.flatMap(({ entry }) =>
      entry.kind === "note" ? [entry.code] : [],
    );
    expect(notes).toEqual(["rules-changed", "rules-text", "rules-refused"]);
  }, 60_000);

  test("--disarmed, --rules-ttl and --fault-identities limit what the rules do", async () => {
    const disarmed = await start("--rules", "rules.yaml", "--disarmed");
    expect((await disarmed.ctl("rules", "list")).out).toContain("beats  not armed");
    const timed = await start("--rules", "rules.yaml", "--rules-ttl", "300ms");
    expect(JSON.parse(await timed.program.line('"rules-disarmed"'))).toMatchObject({ ids: ["beats"] });
    const fenced = await start("--rules", "rules.yaml", "--fault-identities", "LAB-*,CP7");
    fenced.charger.send(up(beat("1")));
    expect(await gets(fenced.csms, 1)).toEqual([beat("1")]);
    for (const wrong of [
      ["--rules-ttl", "1000h"],
      ["--rules-ttl", "0s"],
      ["--fault-identities", "CP1,"],
    ])
      expect(await startProgram(fenced.folder, "record", "--csms", "embedded", ...wrong).ended).toBe(2);
  }, 60_000);

  test("record warns of rules that can destroy billing data", async () => {
    const folder = await ownFolder();
    writeFileSync(join(folder, "r.yaml"), "version: 1\nrules: [ { id: all, then: [ { drop: {} } ] } ]\n");
    const csms = await startCsms();
    const { program } = await startRecord(folder, csms.port, "--rules", "r.yaml");
    program.child.kill("SIGTERM");
    await program.ended;
    expect(program.stderr()).toContain("all: warning: this rule can destroy billing data");
  });

  test("record refuses --admin on the network without a chosen token, a weak token, and itself as the CSMS", async () => {
    const folder = await ownFolder();
    const run = async (...args: readonly string[]): Promise<string> => {
      const program = runHere(folder, "record", "--listen", "0", ...args);
      return `${await program.ended} ${program.stderr()}`;
    };
    expect(await run("--csms", "embedded", "--admin", "0.0.0.0:0")).toMatch(
      /^2 .*needs a token that you choose/s,
    );
    writeFileSync(join(folder, "weak"), "secret", { mode: 0o600 });
    const weak = await run("--csms", "embedded", "--admin", "0.0.0.0:0", "--admin-token-file", "weak");
    expect(weak).toMatch(/^2 .*too weak/s);
    expect(weak).not.toContain("secret");
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await new Promise((resolve) => taken.close(resolve));
    for (const host of ["127.0.0.1", "localhost"])
      expect(await run("--csms", `ws://${host}:${port}`, "--admin", `${port}`)).toMatch(
        /^2 .*admin API of this program itself/s,
      );
    expect((await readdir(folder)).sort()).toEqual(["recordings", "weak"]);
  }, 60_000);
});
