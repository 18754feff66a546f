// `record --hide-header`: the values of further headers are on no cassette and in no output; the wire carries them.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { latin1, utf8 } from "../../../src/base/bytes.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { dialRaw, RawListener, type RawPeer, switching, upgradeHead } from "../../support/peers/raw-peer.js";
import { runHere } from "../../support/runs/program-here.js";
import { cassettesIn, ownFolder, startRecord } from "../../support/runs/record-process.js";
import { chargerMask } from "../../support/worlds/relay-player.js";

const secret = "s3cr3t-Value";
const beat = encodeFrame({ opcode: 1, payload: utf8('[2,"1","Heartbeat",{}]'), mask: chargerMask });

const startCsms = async (answer: string): Promise<RawListener> => {
  const csms = await new RawListener((peer) => void peer.head().then(() => peer.send(answer))).listen();
  onTestFinished(() => csms.close());
  return csms;
};

const ask = async (port: number, head: string): Promise<RawPeer> => {
  const charger = await dialRaw(port);
  onTestFinished(() => void charger.socket.destroy());
  charger.send(head);
  await charger.head();
  return charger;
};

const storedIn = async (folder: string): Promise<string> => {
  const files = await Promise.all((await cassettesIn(folder)).map((path) => readFile(path)));
  return latin1(Buffer.concat(files));
};

const withSecret = (answer: string): string => answer.replace("\r\n", `\r\nX-Api-Key: ${secret}\r\n`);

test("the value of a named header reaches the CSMS and the charger, and is in no cassette and no output", async () => {
  const folder = await ownFolder();
  const csms = await startCsms(withSecret(switching));
  const { program, port } = await startRecord(folder, csms.port, "--hide-header", "X-Api-Key");
  const charger = await ask(port, upgradeHead("/CP1", `x-api-key: ${secret}`));
  charger.send(beat);
  await program.line('"kind":"frame"');
  expect(charger.text).toContain(`X-Api-Key: ${secret}`);
  expect(csms.peers[0]?.text).toContain(`x-api-key: ${secret}`);
  program.child.kill("SIGTERM");
  expect(await program.ended).toBe(0);
  const stored = await storedIn(folder);
  expect(stored).toContain("x-api-key: [hidden]");
  expect(stored).toContain("X-Api-Key: [hidden]");
  expect(stored + program.stdout() + program.stderr()).not.toContain(secret);
});

test("a refused upgrade and a plain HTTP request keep no value of a header that the configuration names", async () => {
  const folder = await ownFolder();
  await writeFile(join(folder, "ocpp-vcr.yaml"), "hide-header: X-Tenant, X-Api-Key\n");
  const csms = await startCsms(withSecret("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"));
  const { program, port } = await startRecord(folder, csms.port);
  await ask(port, upgradeHead("/CP1", `X-Tenant: ${secret}`));
  await ask(port, `GET /health HTTP/1.1\r\nHost: a\r\nX-Tenant: ${secret}\r\nConnection: close\r\n\r\n`);
  await program.line('"kind":"http-exchange"');
  expect(
    csms.peers.map(({ text }) => text.toLowerCase().includes(`x-tenant: ${secret.toLowerCase()}`)),
  ).toEqual([true, true]);
  program.child.kill("SIGTERM");
  expect(await program.ended).toBe(0);
  const stored = await storedIn(folder);
  expect(stored.split("[hidden]")).toHaveLength(5);
  expect(stored + program.stdout() + program.stderr()).not.toContain(secret);
});

test("a header that a replay needs cannot be hidden", async () => {
  const program = runHere(
    await ownFolder(),
    "record",
    "--csms",
    "embedded",
    "--hide-header",
    "Sec-WebSocket-Key",
  );
  expect(await program.ended).toBe(2);
  expect(program.stderr()).toContain('"Sec-WebSocket-Key" cannot be hidden');
});
