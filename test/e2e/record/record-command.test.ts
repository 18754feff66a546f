// `ocpp-vcr record` as a user runs it: its first line, its cassettes, its ends and its refusals.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { latin1, utf8 } from "../../../src/base/bytes.js";
import { readCassetteFile } from "../../../src/io/cassette/cassette-file.js";
import { encodeFrame, payloadOf, readFrame } from "../../../src/wire/websocket/frame.js";
import { dialRaw, RawListener, type RawPeer, switching, upgradeHead } from "../../support/peers/raw-peer.js";
import { runHere } from "../../support/runs/program-here.js";
import { cassettesIn, ownFolder, startProgram, startRecord } from "../../support/runs/record-process.js";
import { chargerMask } from "../../support/worlds/relay-player.js";

const beat = encodeFrame({ opcode: 1, payload: utf8('[2,"1","Heartbeat",{}]'), mask: chargerMask });

const startCsms = async (): Promise<RawListener> => {
  const csms = await new RawListener((peer) => void peer.head().then(() => peer.send(switching))).listen();
  onTestFinished(() => csms.close());
  return csms;
};

const connect = async (port: number, ...lines: readonly string[]): Promise<RawPeer> => {
  const charger = await dialRaw(port);
  onTestFinished(() => void charger.socket.destroy());
  charger.send(upgradeHead("/CP1", ...lines));
  await charger.head();
  return charger;
};

describe("record", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "record ends on %s with whole cassettes, and prints every entry as a line",
    async (signal) => {
      const folder = await ownFolder();
      const csms = await startCsms();
      const { program, port } = await startRecord(folder, csms.port);
      const charger = await connect(port, "Authorization: Basic Z2VoZWltZXMgV29ydA==");
      charger.send(beat);
      await program.line('"kind":"frame"');
      program.child.kill(signal);
      expect(await program.ended).toBe(0);
      await charger.untilEnd();
      const [path = "", ...others] = await cassettesIn(folder);
      expect(others).toEqual([]);
      const cassette = await readCassetteFile(path);
      expect(cassette.state).toBe("whole");
      const kinds = cassette.entries.map(({ entry }) => entry.kind);
      expect(kinds).toEqual([
        "session",
        "checkpoint",
        "connection-opened",
        "frame",
        "connection-closed",
        "end",
      ]);
      const frame = cassette.entries.map(({ entry }) => entry).find((entry) => entry.kind === "frame");
      expect(frame?.kind === "frame" && latin1(frame.raw)).toBe(latin1(beat));
      const lines = program
        .stdout()
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { kind?: string });
      expect(lines.slice(1).map(({ kind }) => kind)).toEqual([
        "session",
        "connection-opened",
        "frame",
        "connection-closed",
      ]);
      expect(program.stdout() + program.stderr()).not.toContain("Z2VoZWltZXMgV29ydA==");
    },
  );

  test("record disturbs only the messages that its rules match, and prints the decisions", async () => {
    const folder = await ownFolder();
    const csms = await startCsms();
    const rules =
      "version: 1\nrules: [ { id: twice, when: { action: Heartbeat }, trigger: { nth: 2 }, then: [ { duplicate: {} } ] } ]\n";
    await writeFile(join(folder, "rules.yaml"), rules);
    const { program, port } = await startRecord(folder, csms.port, "--rules", "rules.yaml");
    const charger = await connect(port);
    for (const _ of [1, 2, 3]) charger.send(beat);
    const peer = csms.peers[0];
    expect((await peer?.bodyOf(4 * beat.length))?.equals(Buffer.concat([beat, beat, beat, beat]))).toBe(true);
    expect(JSON.parse(await program.line('"decision"'))).toMatchObject({ rule: "twice", ordinal: 2 });
  });

  test("record exits with 3 if it cannot listen, and its hint names --listen", async () => {
    const folder = await ownFolder();
    const csms = await startCsms();
    const program = startProgram(
      folder,
      "record",
      "--csms",
      `ws://127.0.0.1:${csms.port}`,
      "--listen",
      `${csms.port}`,
    );
    expect(await program.ended).toBe(3);
    expect(program.stderr()).toContain("EADDRINUSE");
    expect(program.stderr()).toContain("--listen");
    expect(await cassettesIn(folder)).toEqual([]);
  });

  test("record exits with 2 without --csms, and prints both ways to give it", async () => {
    const program = runHere(await ownFolder(), "record", "--listen", "0");
    expect(await program.ended).toBe(2);
    expect(program.stderr()).toMatch(/--csms ws:\/\/\S+/);
    expect(program.stderr()).toContain("--csms embedded");
    expect(program.stdout()).toBe("");
  });

  test("record with wrong rules exits with 2 before it listens, and prints all errors with their places", async () => {
    const folder = await ownFolder();
    const wrong =
      "version: 1\nrules:\n  - id: a\n    when: { direktion: cp-to-csms }\n    then: [ { dely: 1s } ]\n";
    await writeFile(join(folder, "wrong.yaml"), wrong);
    const program = runHere(
      folder,
      "record",
      "--csms",
      "embedded",
      "--listen",
      "0",
      "--json",
      "--rules",
      "wrong.yaml",
    );
    expect(await program.ended).toBe(2);
    expect(program.stderr()).toMatch(/wrong\.yaml:4:\d+: .*direktion.*direction/s);
    expect(program.stderr()).toMatch(/wrong\.yaml:5:\d+: .*dely.*delay/s);
    expect(program.stdout()).toBe("");
  });

  test("record reads its options from the environment and the configuration file", async () => {
    const folder = await ownFolder();
    await writeFile(
      join(folder, "ocpp-vcr.yaml"),
      "listen: 0\njson: true\nrecord:\n  csms: embedded\n  out: elsewhere\n",
    );
    const program = startProgram(folder, "record");
    const { url } = JSON.parse(await program.line("listening")) as { url: string };
    const charger = await connect(Number(new URL(url).port));
    charger.send(beat);
    const answer = await charger.bodyOf(20);
    const frame = readFrame(answer);
    expect(frame && latin1(payloadOf(frame))).toMatch(/^\[3,"1",\{"currentTime"/);
    program.child.kill("SIGTERM");
    expect(await program.ended).toBe(0);
    expect(await cassettesIn(join(folder, "elsewhere"))).toHaveLength(1);
  });

  test("record with an embedded CSMS exits with 2 if the cassettes cannot be written", async () => {
    const folder = await ownFolder();
    await writeFile(join(folder, "file"), "x");
    const program = runHere(folder, "record", "--csms", "embedded", "--listen", "0", "-o", "file");
    expect(await program.ended).toBe(2);
    expect(program.stderr()).toContain("the cassettes cannot go to file");
  });

  test("record refuses a password in the URL of the CSMS, and does not print it", async () => {
    const program = runHere(await ownFolder(), "record", "--csms", "ws://user:s3cret@127.0.0.1:1");
    expect(await program.ended).toBe(2);
    expect(`${program.stdout()}${program.stderr()}`).toContain("cannot hold a user and a password");
  });
});
