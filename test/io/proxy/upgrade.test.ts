// From the charger's upgrade to the relay: early bytes are kept, and early disconnects recorded.
import { describe, expect, test } from "vitest";
import { latin1 } from "../../../src/base/bytes.js";
import type { AddressingOptions } from "../../../src/io/proxy/charger-addressing.js";
import { switching, upgradeHead } from "../../support/peers/raw-peer.js";
import { startWorld } from "../../support/worlds/proxy-world.js";

describe("an upgrade", () => {
  test("interim answers are forwarded before the final one", async () => {
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

  test("bytes that the charger sends before its answer are kept, also beyond the limit", async () => {
    const world = await startWorld();
    const charger = await world.dial();
    const early = Buffer.alloc(3 * 2 ** 20, "early ");
    charger.send(upgradeHead("/CP1")).send(early);
    const csms = await world.csms.accept();
    await csms.head();
    csms.send(switching);
    expect((await csms.bodyOf(early.length)).equals(early)).toBe(true);
  });

  test("a charger that has ended its stream before the answer is relayed", async () => {
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

  test("the connection to the CSMS ends if the charger disconnects, which is recorded", async () => {
    const world = await startWorld();
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1"));
    const csms = await world.csms.accept();
    await csms.head();
    charger.reset();
    await csms.untilEnd();
    expect(await world.entry("refused")).toMatchObject({ by: "network", status: null, identity: "CP1" });
  });

  test("an upgrade without an identity is recorded with the charger's address", async () => {
    const world = await startWorld();
    await world.connect("/");
    expect(await world.entry("connection-opened")).toMatchObject({ identity: "unknown-127.0.0.1" });
  });

  test("an upgrade to another protocol is answered by the CSMS", async () => {
    const world = await startWorld();
    const charger = await world.dial();
    charger.send("GET /a HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n");
    const csms = await world.csms.accept();
    await csms.head();
    csms.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    await charger.untilEnd();
    expect(charger.text.endsWith("ok")).toBe(true);
  });

  test("the connections of an identity are numbered across reconnects", async () => {
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

describe("the target of an upgrade", () => {
  const asked = async (options: AddressingOptions, target: string, ...lines: readonly string[]) => {
    const world = await startWorld({ basePath: "/base", reach: options });
    const charger = await world.dial();
    charger.send(upgradeHead(target, ...lines));
    const csms = await world.csms.accept();
    const head = await csms.head();
    csms.send(switching);
    const opened = await world.entry("connection-opened");
    return { world, head, opened };
  };

  test("--path keep sends the charger's own path", async () => {
    const { head } = await asked({ path: { kind: "keep" } }, "/ocpp/CP1");
    expect(head).toMatch(/^GET \/ocpp\/CP1 /);
  });

  test("--path replace sends another base path", async () => {
    const { head, opened } = await asked({ path: { kind: "replace", path: "/v2" } }, "/ocpp/CP1?x");
    expect(head).toMatch(/^GET \/v2\/CP1\?x /);
    expect(opened.url).toMatch(/\/v2\/CP1\?x$/);
  });

  test("a path that has the base path already is logged once", async () => {
    const { world, head } = await asked({}, "/base/CP1");
    expect(head).toMatch(/^GET \/base\/CP1 /);
    expect(world.said.filter((line) => line.includes("begins with /base already")).length).toBe(1);
  });

  test("--identity-from decides where the identity comes from", async () => {
    const { opened } = await asked({ identityFrom: { kind: "header", name: "X-Id" } }, "/ws", "X-Id: CP77");
    expect(opened.identity).toBe("CP77");
  });

  test("--forwarded add sends the charger's address and leaves every other byte as it was", async () => {
    const { head } = await asked({ forwarded: "add" }, "/CP1");
    const plain = await asked({}, "/CP1");
    const host = /Host: \S+/;
    expect(head.replace("X-Forwarded-For: 127.0.0.1\r\n", "").replace(host, "")).toBe(
      plain.head.replace(host, ""),
    );
    expect(head).toContain("X-Forwarded-For: 127.0.0.1\r\n");
  });

  test("--forwarded trust takes the charger's address from X-Forwarded-For and PROXY headers", async () => {
    const field = await asked({ forwarded: "trust" }, "/", "X-Forwarded-For: 203.0.113.9");
    expect(field.opened).toMatchObject({ from: "203.0.113.9", identity: "unknown-203.0.113.9" });
    const world = await startWorld({ reach: { forwarded: "trust" } });
    const charger = await world.dial();
    charger.send(`PROXY TCP4 203.0.113.8 10.0.0.1 50000 443\r\n${upgradeHead("/CP1")}`);
    const csms = await world.csms.accept();
    expect(await csms.head()).toMatch(/^GET \/CP1 /);
    csms.send(switching);
    expect(await world.entry("connection-opened")).toMatchObject({ from: "203.0.113.8:50000" });
  });

  test("a PROXY header that is broken or not expected is refused", async () => {
    for (const forwarded of ["trust", "off"] as const) {
      const world = await startWorld({ reach: { forwarded } });
      const charger = await world.dial();
      charger.send(`PROXY nonsense\r\n${upgradeHead("/CP1")}`);
      expect(await charger.head()).toMatch(/^HTTP\/1\.1 400 /);
      const { status, reason } = await world.entry("refused");
      expect({ status, reason }).toEqual({ status: 400, reason: expect.stringContaining("PROXY") });
    }
  });
});
