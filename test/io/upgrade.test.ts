// From the charger's upgrade to the relay: what comes early is kept, what leaves early is noted.
import { describe, expect, test } from "vitest";
import { latin1 } from "../../src/base/bytes.js";
import { startWorld } from "../support/proxy-world.js";
import { switching, upgradeHead } from "../support/raw-peer.js";

describe("an upgrade", () => {
  test("passes interim answers before the last one", async () => {
    const world = await startWorld();
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1"));
    const csms = await world.csms.accept();
    await csms.head();
    const interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: a\r\n\r\n";
    csms.send(`${interim}${switching}\x89\x00`);
    await charger.until((peer) => peer.text.length === interim.length + switching.length + 2);
    expect(charger.text).toBe(`${interim}${switching}\x89\x00`);
  });

  test("keeps what the charger sends before its answer, more than is read ahead", async () => {
    const world = await startWorld();
    const charger = await world.dial();
    const early = Buffer.alloc(3 * 2 ** 20, "early ");
    charger.send(upgradeHead("/CP1")).send(early);
    const csms = await world.csms.accept();
    await csms.head();
    csms.send(switching);
    expect((await csms.bodyOf(early.length)).equals(early)).toBe(true);
  });

  test("carries a charger that has ended its stream before the answer", async () => {
    const world = await startWorld();
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1")).end();
    const csms = await world.csms.accept();
    await csms.head();
    csms.send(switching);
    await csms.untilEnd();
    csms.send("\x89\x00").end();
    await charger.untilEnd();
    expect(latin1(charger.body)).toBe("\x89\x00");
  });

  test("lets go of the CSMS when the charger goes away, and notes that", async () => {
    const world = await startWorld();
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1"));
    const csms = await world.csms.accept();
    await csms.head();
    charger.reset();
    await csms.untilEnd();
    expect(await world.entry("refused")).toMatchObject({ by: "network", status: null, identity: "CP1" });
  });

  test("without an identity is recorded under the charger's address", async () => {
    const world = await startWorld();
    await world.connect("/");
    expect(await world.entry("connection-opened")).toMatchObject({ identity: "unknown-127.0.0.1" });
  });

  test("of another kind than WebSocket is the CSMS's to answer", async () => {
    const world = await startWorld();
    const charger = await world.dial();
    charger.send("GET /a HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n");
    const csms = await world.csms.accept();
    await csms.head();
    csms.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    await charger.untilEnd();
    expect(charger.text.endsWith("ok")).toBe(true);
  });

  test("numbers the connections of an identity across reconnects", async () => {
    const world = await startWorld();
    for (const ordinal of [1, 2, 3]) {
      const { charger, csms } = await world.connect("/CP1");
      expect(await world.entry("connection-opened")).toMatchObject({ connection: ordinal, ordinal });
      charger.end();
      csms.end();
      await world.entry("connection-closed");
    }
  });
});
