// The recording proxy between raw sockets: what goes in on one side comes out on the other, byte for byte.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { concat, latin1, utf8 } from "../../../src/base/bytes.js";
import { readCassette } from "../../../src/cassette/format/reader.js";
import { crc32 } from "../../../src/io/platform/digests.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { bytesFrom } from "../../support/cassettes/frames.js";
import { switching, upgradeHead } from "../../support/peers/raw-peer.js";
import { startWorld } from "../../support/worlds/proxy-world.js";
import { chargerMask } from "../../support/worlds/relay-player.js";
import { neverFiring } from "../../support/worlds/relay-rules.js";

const masked = (opcode: number, payload: Uint8Array, over = {}): Uint8Array =>
  encodeFrame({ opcode, payload, mask: chargerMask, ...over });

const noise = (length: number, seed: number): Uint8Array => {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 24;
  });
};

describe("the upgrade", () => {
  test.each([
    ["a plain path", "/ocpp/CP1", "CP1"],
    ["percent-encoded bytes and a query", "/ocpp/CP%201%2Fb?token=a%20b&x=?", "CP 1/b"],
    ["a malformed percent sign", "/ocpp/100%/%zz%4", "%zz%4"],
    ["bytes that are no ASCII", `/ocpp/${latin1(utf8("Säule"))}`, "Säule"],
    ["bytes that are no UTF-8", "/ocpp/\xff", "\ufffd"],
    ["two slashes", "//CP1", "CP1"],
    ["dots", "/ocpp/../CP1/.", "."],
    ["no identity", "/", "unknown-127.0.0.1"],
  ])("passes %s as it is", async (_name, target, identity) => {
    const world = await startWorld();
    const { csms } = await world.connect(target);
    expect(await csms.head()).toBe(
      upgradeHead(target).replace("proxy.example:1", `csms.example:${world.csms.port}`),
    );
    expect(await world.entry("connection-opened")).toMatchObject({ identity, subprotocol: "ocpp1.6" });
    await world.stop();
    const folders = await readdir(world.folder);
    expect(folders).toHaveLength(1);
    expect(folders[0]).not.toMatch(/^\.+$|\//);
  });

  test("the proxy keeps order, case, duplicates, blanks and credentials of the head, and a list of subprotocols", async () => {
    const world = await startWorld({ basePath: "/base" });
    const head = [
      "GET /ocpp/CP1 HTTP/1.1",
      "x-first:1",
      "HOST:   other",
      "UPGRADE: WebSocket",
      "connection: keep-alive, Upgrade",
      "Sec-WebSocket-Protocol: ocpp2.0.1,  ocpp1.6",
      "sec-websocket-protocol: soap",
      "Authorization: Basic Q1AxOnNlY3JldC1wYXNzd29yZA==",
      "X-Dup: a",
      "x-dup: b",
      "X-Odd: \xe4\t",
      "Sec-WebSocket-Key: x",
      "Sec-WebSocket-Extensions: permessage-deflate",
      "\r\n",
    ].join("\r\n");
    const charger = await world.dial();
    charger.send(head);
    const csms = await world.csms.accept();
    const expected = head
      .replace("/ocpp/CP1", "/base/ocpp/CP1")
      .replace("other", `csms.example:${world.csms.port}`);
    expect(await csms.head()).toBe(expected);
    const answer =
      "HTTP/1.1 101 Go on\r\nupgrade: x\r\nX-Dup: 1\r\nX-Dup: 1\r\nSet-Cookie: id=geheim\r\n\r\n";
    csms.send(answer);
    expect(await charger.head()).toBe(answer);
    expect(await world.entry("connection-opened")).toMatchObject({ subprotocol: null });
  });

  test("--keep-host sends the charger's Host to the CSMS", async () => {
    const world = await startWorld({ keepHost: true });
    const { csms } = await world.connect();
    expect(await csms.head()).toBe(upgradeHead());
  });

  test("an upgrade without Connection: Upgrade is forwarded, and the CSMS decides about it", async () => {
    const world = await startWorld();
    const charger = await world.dial();
    const head = upgradeHead().replace("Connection: Upgrade\r\n", "");
    charger.send(head);
    const csms = await world.csms.accept();
    expect(await csms.head()).toBe(head.replace("proxy.example:1", `csms.example:${world.csms.port}`));
    csms.send(switching);
    expect(await charger.head()).toBe(switching);
    await world.entry("connection-opened");
  });

  test("with armed rules the proxy removes the offer of extensions, and notes it", async () => {
    const world = await startWorld({ rules: neverFiring });
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1", "Sec-WebSocket-Extensions: permessage-deflate"));
    const csms = await world.csms.accept();
    expect(await csms.head()).not.toContain("Extensions");
    csms.send(switching);
    expect(await world.entry("note")).toMatchObject({ code: "extensions-removed" });
  });
});

describe("secrets", () => {
  test("secrets of heads and URLs reach the CSMS and never the cassette", async () => {
    const world = await startWorld();
    const charger = await world.dial();
    const secrets = ["Q1AxOnNlY3JldA==", "session=geheim", "proxy-geheim"] as const;
    charger.send(
      upgradeHead(
        "/CP1",
        `Authorization: Basic ${secrets[0]}`,
        `Cookie: ${secrets[1]}`,
        `Proxy-Authorization: Bearer ${secrets[2]}`,
      ),
    );
    const csms = await world.csms.accept();
    for (const secret of secrets) expect(await csms.head()).toContain(secret);
    csms.send(switching);
    await charger.head();
    const refused = await world.dial();
    refused.send(upgradeHead("/CP1", `Authorization: Basic ${secrets[0]}`, "Host: twice"));
    await refused.untilEnd();
    await world.stop();
    const bytes = await cassettes(world.folder);
    expect(bytes.length).toBeGreaterThan(0);
    for (const secret of secrets) {
      expect(bytes.includes(secret)).toBe(false);
      expect(JSON.stringify(world.entries).includes(secret)).toBe(false);
      expect(world.said.join().includes(secret)).toBe(false);
    }
  });
});

const cassettes = async (folder: string): Promise<Buffer> => {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => name.endsWith(".cassette"));
  return Buffer.concat(await Promise.all(files.map((name) => readFile(join(folder, name)))));
};

const streams = {
  "small frames": concat([
    masked(1, utf8('[2,"1","Heartbeat",{}]')),
    masked(9, utf8("ping")),
    masked(10, utf8("pong")),
    masked(8, bytesFrom("03e8")),
  ]),
  "fragments with pings between": concat([
    masked(1, utf8('[2,"1",'), { fin: false }),
    masked(9, utf8("p")),
    masked(0, utf8('"Heart'), { fin: false }),
    masked(10, utf8("")),
    masked(0, utf8('beat",{}]')),
  ]),
  "5 kB of garbage": noise(5000, 7),
  "reserved bits and opcodes": concat([
    masked(1, utf8("x"), { rsv: 7 }),
    masked(3, utf8("y")),
    masked(15, utf8("z")),
  ]),
  "unmasked frames": concat([
    encodeFrame({ opcode: 1, payload: utf8("[2]") }),
    encodeFrame({ opcode: 9, payload: utf8("") }),
  ]),
  "lengths that are not minimal": concat([
    masked(1, utf8("[2]"), { lengthForm: 16 }),
    masked(1, utf8("[2]"), { lengthForm: 64 }),
  ]),
  "a frame that declares 2^60 bytes": concat([bytesFrom("82ff100000000000000001020304"), noise(3000, 3)]),
  "a length with its highest bit set": concat([bytesFrom("827f8000000000000001"), noise(3000, 5)]),
  "invalid UTF-8": masked(1, bytesFrom("5b322cff5d")),
  "messages of 1 MiB": concat([
    masked(1, noise(2 ** 20, 11)),
    masked(2, noise(2 ** 20, 13), { fin: false }),
    masked(0, noise(9, 1)),
  ]),
  "a cut-off frame": concat([masked(1, utf8("[2]")), bytesFrom("81fe0100010203")]),
} as const;

describe.each([
  ["without rules", undefined],
  ["with armed rules", neverFiring],
])("%s", (_name, rules) => {
  test.each(Object.entries(streams))(
    "%s pass in both directions in one chunk with the heads, and the cassette holds them",
    async (_what, bytes) => {
      const world = await startWorld(rules === undefined ? {} : { rules });
      const charger = await world.dial();
      charger.send(concat([utf8(upgradeHead()), bytes]));
      const csms = await world.csms.accept();
      await csms.head();
      csms.send(concat([utf8(switching), bytes]));
      const half = Math.floor(bytes.length / 2);
      await charger.head();
      charger.send(bytes.slice(0, half));
      charger.send(bytes.slice(half)).end();
      const twice = Buffer.concat([bytes, bytes]);
      await csms.untilEnd();
      expect(csms.body.equals(twice)).toBe(true);
      csms.send(bytes).end();
      await charger.untilEnd();
      expect(charger.body.equals(twice)).toBe(true);
      expect(await world.entry("connection-closed")).toMatchObject({
        ends: [
          { by: "charger", how: "end" },
          { by: "csms", how: "end" },
        ],
      });
      await world.stop();
      const { state, entries } = readCassette(await cassettes(world.folder), crc32);
      expect(state).toBe("whole");
      for (const direction of ["cp-to-csms", "csms-to-cp"]) {
        const taped = entries.flatMap(({ entry }) =>
          (entry.kind === "frame" || entry.kind === "bytes") && entry.direction === direction
            ? [entry.raw]
            : [],
        );
        expect(Buffer.concat(taped).equals(twice)).toBe(true);
      }
    },
  );

  test.each(["charger", "csms"] as const)(
    "a half-close of the %s leaves the other direction open",
    async (first) => {
      // Bytes that are no whole frame wait for their rest where rules are armed, and are let go after this.
      const limits = { waitMs: 50 };
      const world = await startWorld(rules === undefined ? {} : { rules, limits });
      const peers = await world.connect();
      const other = first === "charger" ? peers.csms : peers.charger;
      peers[first].send("\x81").end();
      await other.untilEnd();
      expect(latin1(other.body)).toBe("\x81");
      other.send("still here");
      expect(latin1(await peers[first].bodyOf(10))).toBe("still here");
      other.end();
      await peers[first].untilClosed();
      expect(peers[first].closed).toBe("closed");
    },
  );

  test.each(["charger", "csms"] as const)(
    "a reset of the %s arrives as a reset, after the bytes that were sent",
    async (first) => {
      const world = await startWorld(rules === undefined ? {} : { rules });
      const peers = await world.connect();
      const other = first === "charger" ? peers.csms : peers.charger;
      peers[first].send(masked(1, utf8("[2]")));
      await other.bodyOf(9);
      peers[first].reset();
      await other.untilClosed();
      expect(other.closed).toBe("reset");
      expect(await world.entry("connection-closed")).toMatchObject({ ends: [{ by: first, how: "reset" }] });
    },
  );
});

describe("many", () => {
  test("a second connection of an identity is carried while the first is half open", async () => {
    const world = await startWorld();
    const first = await world.connect("/CP1");
    first.charger.end();
    await first.csms.untilEnd();
    const second = await world.connect("/CP1");
    second.charger.send(masked(1, utf8("[2]")));
    first.csms.send("\x89\x00");
    expect(latin1(await first.charger.bodyOf(2))).toBe("\x89\x00");
    expect(await second.csms.bodyOf(9)).toHaveLength(9);
    expect(await world.entry("connection-opened")).toMatchObject({ connection: 1, ordinal: 1 });
    expect(await world.entry("connection-opened")).toMatchObject({ connection: 2, ordinal: 2 });
    expect(world.cassettes.paths()).toHaveLength(1);
  });

  test("200 charge points at once each get their own bytes and their own cassette", async () => {
    const world = await startWorld({
      attend: (csms) =>
        void csms
          .head()
          .then(() => csms.send(switching))
          .then(() => csms.bodyOf(12))
          .then((body) => csms.send(body).end()),
    });
    const count = 200;
    await Promise.all(
      Array.from({ length: count }, async (_, i) => {
        const charger = await world.dial();
        const words = utf8(`text of ${String(i).padStart(4, "0")}`);
        charger.send(upgradeHead(`/CP${i}`)).send(words);
        expect(latin1(await charger.bodyOf(12))).toBe(latin1(words));
        charger.end();
        await charger.untilClosed();
      }),
    );
    await world.stop();
    expect(world.cassettes.paths()).toHaveLength(count);
    expect(world.proxy.open).toBe(0);
  });
});
