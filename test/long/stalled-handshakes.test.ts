// Two thousand TLS connections that stall, while sessions run: nobody who has one notices, and who comes gets in.
import { connect, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { switching, upgradeHead } from "../support/peers/raw-peer.js";
import { chargerTls, dialTls } from "../support/peers/tls-peers.js";
import { startWorld } from "../support/worlds/proxy-world.js";

const stalledConnections = 2000;
const sessions = 20;
const beats = 200;

/** The beginnings of handshakes: nothing, half a record head, half a ClientHello. */
const beginnings = ["", "\x16\x03", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"];

/** An upgrade with a key of its own, as chargers have. */
const headOf = (identity: string): string =>
  upgradeHead(`/${identity}`).replace(/(?<=Key: ).*/, Buffer.from(identity.padEnd(16)).toString("base64"));

test("2,000 stalled handshakes leave sessions untouched and are all cut", { timeout: 120_000 }, async () => {
  const world = await startWorld({
    tls: chargerTls({ maxHandshakes: 200 }),
    attend: (csms) => {
      void csms.head().then(() => {
        csms.send(switching);
        csms.socket.on("data", (chunk) => csms.send(chunk));
      });
    },
  });
  const chargers = await Promise.all(
    Array.from({ length: sessions }, async (_, i) => {
      const charger = await dialTls(world.proxy.port);
      charger.send(headOf(`CP${i}`));
      await charger.head();
      return charger;
    }),
  );
  const ended: Promise<void>[] = [];
  const stalled: Socket[] = [];
  const stall = (i: number): Promise<unknown> => {
    const socket = connect(world.proxy.port, "127.0.0.1");
    socket.on("error", () => undefined).on("connect", () => socket.write(beginnings[i % 3] ?? "", "latin1"));
    ended.push(new Promise((resolve) => socket.on("end", resolve).on("close", () => resolve())));
    stalled.push(socket.resume());
    return new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
  };
  // Fewer at a time than the kernel's queue holds: beyond it, connections stand on one side alone.
  for (let i = 0; i < stalledConnections; i += 100)
    await Promise.all(Array.from({ length: 100 }, (_, n) => stall(i + n)));
  const complete = performance.now();
  onTestFinished(() => {
    for (const socket of stalled) socket.destroy();
  });
  let slowest = 0;
  const beat = "\x89\x84abcdEFGH";
  await Promise.all(
    chargers.map(async (charger) => {
      for (let n = 1; n <= beats; n++) {
        const sent = performance.now();
        charger.send(beat);
        await charger.bodyOf(n * beat.length);
        slowest = Math.max(slowest, performance.now() - sent);
      }
    }),
  );
  const newcomer = await dialTls(world.proxy.port);
  newcomer.send(headOf("NEW"));
  await newcomer.head();
  const inAfter = performance.now() - complete;
  await Promise.all(ended);
  const cutAfter = performance.now() - complete;
  expect(chargers.every(({ closed, ended: isOver }) => closed === "no" && !isOver)).toBe(true);
  console.log(
    `slowest beat ${slowest.toFixed(0)} ms, newcomer in after ${inAfter.toFixed(0)} ms, all cut after ${cutAfter.toFixed(0)} ms`,
  );
  expect(slowest).toBeLessThan(2000);
  expect(inAfter).toBeLessThan(12_000);
  expect(cutAfter).toBeLessThan(13_000);
  expect(world.entries.filter(({ kind }) => kind === "handshake-failed").length).toBeLessThan(
    stalledConnections,
  );
});
