// The listener: requests that are refused before the CSMS is asked, and closing the proxy.
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import { startProxy } from "../../../src/io/proxy/proxy.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { dialRaw, upgradeHead } from "../../support/peers/raw-peer.js";
import { startWorld } from "../../support/worlds/proxy-world.js";

describe("an ambiguous request", () => {
  test.each([
    ["two Hosts", upgradeHead("/CP1", "Host: b")],
    ["two keys", upgradeHead("/CP1", "sec-websocket-key: b")],
    ["a length and an encoding", upgradeHead("/CP1", "Content-Length: 4", "Transfer-Encoding: chunked")],
    ["a hidden encoding", upgradeHead("/CP1", "Transfer-Encoding : chunked")],
    ["a body on the upgrade", `${upgradeHead("/CP1", "Content-Length: 4")}abcd`],
    ["a bare line feed", "GET /CP1 HTTP/1.1\nHost: a\nUpgrade: websocket\n\n"],
    ["a folded line", upgradeHead("/CP1", "X: a", " b")],
    ["a blank in a name", upgradeHead("/CP1", "X Y: a")],
    ["a carriage return in a value", upgradeHead("/CP1", "X: a\rGET /b HTTP/1.1")],
    ["a request line of four parts", upgradeHead("/CP1 /CP2")],
    [
      "two lengths on plain HTTP",
      "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
    ],
    ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ])(
    "an ambiguous request with %s is refused with 400, recorded, and not sent to the CSMS",
    async (_name, head) => {
      const world = await startWorld();
      const charger = await world.dial();
      charger.send(head);
      await charger.untilEnd();
      expect(charger.text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
      expect(charger.text).toContain("Connection: close");
      expect(await world.entry("refused")).toMatchObject({ by: "us", status: 400 });
      expect(world.csms.peers).toHaveLength(0);
    },
  );

  test.each([
    ["HTTP/1.0", upgradeHead("/CP1").replace("1.1\r\n", "1.0\r\n")],
    ["line ends in percent code", upgradeHead("/CP%0d%0aX:1")],
    ["an absolute target", upgradeHead("ws://other.example/CP1")],
    ["Connection that names Authorization", upgradeHead("/CP1", "Connection: Authorization")],
  ])("a request with %s is not ambiguous and is forwarded", async (_name, head) => {
    const world = await startWorld();
    const charger = await world.dial();
    charger.send(head);
    const csms = await world.csms.accept();
    expect((await csms.head()).split("\r\n").slice(2)).toEqual(head.split("\r\n").slice(2));
  });
});

describe("bytes that are no request", () => {
  test("bytes that are no request are answered with 400 and recorded", async () => {
    const world = await startWorld();
    const charger = await world.dial();
    charger.send("\x00\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03");
    await charger.untilEnd();
    expect(charger.text).toMatch(/^HTTP\/1\.1 400 /);
    const refused = await world.entry("refused");
    expect(refused).toMatchObject({ by: "us", status: 400, request: null, identity: null, bodyLength: 11 });
  });

  test("a head that is too long or has too many fields is answered with 431", async () => {
    const world = await startWorld();
    for (const lines of [[`X: ${"x".repeat(20_000)}`], Array.from({ length: 2000 }, (_, i) => `F${i}: x`)]) {
      const charger = await world.dial();
      charger.send(upgradeHead("/CP1", ...lines));
      await charger.untilEnd();
      expect(charger.text).toMatch(/^HTTP\/1\.1 431 /);
      expect(await world.entry("refused")).toMatchObject({ by: "us", status: 431 });
    }
  });

  test("a head that does not come in time is answered with 408", async () => {
    const world = await startWorld({ times: { headMs: 50 } });
    const chargers = await Promise.all(Array.from({ length: 20 }, () => world.dial()));
    for (const charger of chargers) charger.send("GET /CP1 HT");
    for (const charger of chargers) {
      await charger.untilEnd();
      expect(charger.text).toMatch(/^HTTP\/1\.1 408 /);
    }
    expect(await world.entry("refused")).toMatchObject({ by: "us", status: 408 });
  });

  test("a charger that closes within its head is recorded, and one that sends nothing is not", async () => {
    const world = await startWorld();
    (await world.dial()).end();
    (await world.dial()).send("GET /CP1 HT").end();
    expect(await world.entry("refused")).toMatchObject({ by: "network", status: null });
    await world.stop();
    expect(world.entries.filter(({ kind }) => kind === "refused")).toHaveLength(1);
  });
});

describe("a proxy", () => {
  test("the proxy reports why it cannot listen", async () => {
    const world = await startWorld();
    await expect(startProxy(world.context, "127.0.0.1", world.proxy.port)).rejects.toMatchObject({
      code: "LISTEN_FAILED",
      exitCode: 3,
      message: expect.stringContaining("EADDRINUSE"),
    });
  });

  test("closing the proxy ends all connections, and the cassette says that the proxy ended them", async () => {
    const world = await startWorld();
    const { charger, csms } = await world.connect();
    charger.send(encodeFrame({ opcode: 1, payload: utf8("[2]") }));
    await csms.bodyOf(5);
    const waiting = await dialRaw(world.proxy.port);
    expect(world.proxy.open).toBe(1);
    await world.stop();
    await charger.untilEnd();
    await csms.untilEnd();
    await waiting.untilEnd();
    expect(world.entries.map(({ kind }) => kind)).toEqual([
      "session",
      "connection-opened",
      "frame",
      "connection-closed",
    ]);
    expect(world.entries.at(-1)).toMatchObject({ ends: [{ by: "us", how: "end" }] });
    expect(world.proxy.open).toBe(0);
  });

  test("closing the proxy does not wait long for peers that do not end", async () => {
    const world = await startWorld();
    const { charger } = await world.connect();
    const asking = await world.dial();
    asking.send(upgradeHead("/CP2"));
    await world.csms.accept();
    charger.socket.pause();
    await world.stop();
    expect(world.proxy.open).toBe(0);
  });
});
