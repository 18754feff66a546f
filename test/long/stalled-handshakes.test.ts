// Two thousand TLS connections that stall while sessions run: the sessions go on, and a new charger gets in.
import { connect, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { switching, upgradeHead } from "../support/peers/raw-peer.js";
import { chargerTls, dialTls } from "../support/peers/tls-peers.js";
import { startWorld } from "../support/worlds/proxy-world.js";

const stalledConnections = 2000;
const sessions = 20;
/** Pings that each session sends at least, one after the other, while connections stall. */
const beats = 200;

/** What a stalled connection sends: nothing, half a record head, half a ClientHello. */
const beginnings = ["", "\x16\x03", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"];

/** An upgrade with a key of its own. */
const headOf = (identity: string): string =>
  upgradeHead(`/${identity}`).replace(/(?<=Key: ).*/, Buffer.from(identity.padEnd(16)).toString("base64"));

test("2,000 stalled TLS handshakes are all cut, while running sessions go on and a new charger gets in", {
  timeout: 120_000,
}, async () => {
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
  // Fewer at a time than the kernel's queue holds; beyond that, a connection would exist on one side only.
  for (let i = 0; i < stalledConnections; i += 100)
    await Promise.all(Array.from({ length: 100 }, (_, n) => stall(i + n)));
  onTestFinished(() => {
    for (const socket of stalled) socket.destroy();
  });
  let areAllCut = false;
  const cut = Promise.all(ended).then(() => {
    areAllCut = true;
  });
  const beat = "\x89\x84abcdEFGH";
  const answered = Promise.all(
    chargers.map(async (charger) => {
      let count = 0;
      while (count < beats || !areAllCut) {
        charger.send(beat);
        await charger.bodyOf(++count * beat.length);
      }
    }),
  );
  const newcomer = await dialTls(world.proxy.port);
  newcomer.send(headOf("NEW"));
  expect(await newcomer.head()).toContain(" 101 ");
  await cut;
  await answered;
  expect(chargers.every(({ closed, ended: isOver }) => closed === "no" && !isOver)).toBe(true);
  expect(world.entries.filter(({ kind }) => kind === "handshake-failed").length).toBeLessThan(
    stalledConnections,
  );
});
