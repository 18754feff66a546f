// How a strict peer (ws) handles every frame fault, through the proxy and in both directions: it fails the connection with
// the right code if RFC 6455 is broken, and accepts what is valid.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import type { Direction } from "../../../src/base/direction.js";
import { faults } from "../../../src/rules/faults/registry.js";
import { type ProxyWorld, startWorld } from "../../support/worlds/proxy-world.js";

const hi = '[2,"1","Hi",{"text":"héllo"}]';
const bye = '[2,"2","Bye",{"text":"wörld"}]';
const directions = ["cp-to-csms", "csms-to-cp"] as const;

/** A charger and a CSMS, both ws, with a proxy between them that does this to the first message or whatever it acts on. */
const meet = async (
  then: string,
  direction: Direction,
): Promise<{ sender: WebSocket; receiver: WebSocket; world: ProxyWorld }> => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  const { port: csmsPort } = server.address() as AddressInfo;
  const rules = `version: 1\nseed: 7\nrules: [ { id: r1, when: { direction: ${direction} }, trigger: { first: 1 }, then: [ ${then} ] } ]`;
  const world = await startWorld({ rules, csmsPort });
  const charger = new WebSocket(`ws://127.0.0.1:${world.proxy.port}/CP1`, ["ocpp1.6"], {
    // What is read in the wrong place depends on the mask.
    generateMask: (mask) => mask.set([1, 2, 3, 4]),
  });
  const [[csms]] = (await Promise.all([once(server, "connection"), once(charger, "open")])) as [
    [WebSocket],
    unknown,
  ];
  onTestFinished(() => {
    charger.terminate();
    csms.terminate();
    server.close();
  });
  for (const peer of [charger, csms]) peer.on("error", () => undefined);
  const isFromCharger = direction === "cp-to-csms";
  return { world, sender: isFromCharger ? charger : csms, receiver: isFromCharger ? csms : charger };
};

/** What the receiver of two messages does: `took ...`, or the code with which it closed and why. */
const outcomeOf = async (then: string, direction: Direction): Promise<string> => {
  const { sender, receiver, world } = await meet(then, direction);
  const took: string[] = [];
  let why = "";
  receiver.on("error", (error: Error & { code?: string }) => {
    why = ` ${error.code}`;
  });
  const closed = once(sender, "close").then(([code]) => `${String(code)}${why}`);
  const all = new Promise<string>((resolve) => {
    receiver.on("message", (data: Buffer, isBinary: boolean) => {
      took.push(isBinary ? `binary ${data}` : `${data}`);
      if (`${data}` === bye) resolve(took.length === 2 ? `took ${took[0]}` : `took ${took.length}`);
    });
  });
  sender.send(hi);
  sender.send(bye);
  const outcome = await Promise.race([closed, all]);
  expect((await world.entry("decision")).outcome).not.toContain("not applied");
  return outcome;
};

type Row = readonly [then: string, outcome: string, direction?: Direction];

const rows: readonly Row[] = [
  ['invalid-utf8: "octet"', "1007 WS_ERR_INVALID_UTF8"],
  ["invalid-utf8: overlong", "1007 WS_ERR_INVALID_UTF8"],
  ['invalid-utf8: "octet"', "1007 WS_ERR_INVALID_UTF8"],
  ["invalid-utf8: cut-off", "1007 WS_ERR_INVALID_UTF8"],
  ["bad-rsv: rsv1", "1002 WS_ERR_UNEXPECTED_RSV_1"],
  ["bad-rsv: rsv2", "1002 WS_ERR_UNEXPECTED_RSV_2_3"],
  ["bad-rsv: all", "1002 WS_ERR_UNEXPECTED_RSV_2_3"],
  ["compressed-unnegotiated: {}", "1002 WS_ERR_UNEXPECTED_RSV_1"],
  ["reserved-opcode: 3", "1002 WS_ERR_INVALID_OPCODE"],
  ["reserved-opcode: 11", "1002 WS_ERR_INVALID_OPCODE"],
  ["unmasked: {}", "1002 WS_ERR_EXPECTED_MASK", "cp-to-csms"],
  ["masked-from-server: {}", "1002 WS_ERR_UNEXPECTED_MASK", "csms-to-cp"],
  // ws does not look whether a length is written in the shortest way.
  ["non-minimal-length: 16", `took ${hi}`],
  ["non-minimal-length: 64", `took ${hi}`],
  ["bad-length: { declared: more, by: 10 }", "1007 WS_ERR_INVALID_UTF8"],
  ["bad-length: { declared: less, by: 10 }", "1002 WS_ERR_UNEXPECTED_RSV_2_3"],
  ["bad-length: 2^63", "1009 WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH"],
  ["oversized-control: {}", "1002 WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH"],
  ["oversized-control: { frame: close, size: 1000 }", "1002 WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH"],
  ["fragmented-control: {}", "1002 WS_ERR_EXPECTED_FIN"],
  ["orphan-continuation: {}", "1002 WS_ERR_INVALID_OPCODE"],
  ["interleaved-messages: {}", "1002 WS_ERR_INVALID_OPCODE"],
  ["truncated: { then: reset }", "1006"],
  ["fragment: 1", `took ${hi}`],
  ["fragment: 1000", `took ${hi}`],
  ["ping-flood: 50", `took ${hi}`],
  ["text-as-binary: {}", `took binary ${hi}`],
  ["byte-flip: 20", "1007 WS_ERR_INVALID_UTF8"],
  ["byte-flip: { n: 1000, in: header }", "1002 WS_ERR_UNEXPECTED_RSV_1", "cp-to-csms"],
  ["byte-flip: { n: 1000, in: header }", "1002 WS_ERR_INVALID_OPCODE", "csms-to-cp"],
  ["close: { code: 1001, forward: true }", "1001"],
  ["close: { code: 999, style: go-on }", "1002 WS_ERR_INVALID_CLOSE_CODE"],
  ["close: { code: 1006, style: go-on }", "1002 WS_ERR_INVALID_CLOSE_CODE"],
  ["close: { code: 1011, style: go-on }", "1011"],
  ["close: { style: no-frame }", "1006"],
  ["close: { style: reset }", "1006"],
];

describe.each(directions)("%s, a strict peer", (direction) => {
  test.each(rows.filter(([, , only]) => only === undefined || only === direction))(
    "a strict peer handles %s with: %s",
    async (then, outcome) => {
      expect(await outcomeOf(`{ ${then} }`, direction)).toBe(outcome);
    },
  );
});

describe.each(directions)("%s, a strict peer", (direction) => {
  test("a receiver of a truncated frame waits for the rest, and does not see the end of the sender", async () => {
    const { sender, receiver, world } = await meet("{ truncated: { then: silence } }", direction);
    let heard = 0;
    receiver.on("message", () => heard++);
    receiver.on("ping", () => heard++);
    sender.send(hi);
    sender.send(bye);
    sender.ping();
    // What goes the other way still arrives, behind everything that did not.
    const answer = once(sender, "message");
    receiver.send("[3]");
    await answer;
    sender.terminate();
    await world.entry("decision");
    expect(heard).toBe(0);
    expect(receiver.readyState).toBe(WebSocket.OPEN);
    receiver.terminate();
    const { ends } = await world.entry("connection-closed");
    expect(ends).toHaveLength(2);
    expect(
      world.entries.filter((entry) => entry.kind === "frame" && entry.direction === direction),
    ).toHaveLength(3);
  });

  test("a receiver answers a flood of pings, and the sender accepts the unsolicited pongs", async () => {
    const { sender, receiver } = await meet("{ ping-flood: { n: 20, gap: 1ms } }", direction);
    let pongs = 0;
    const all = new Promise<void>((resolve) => {
      sender.on("pong", (data: Buffer) => {
        expect(data.toString()).toBe("flood");
        if (++pongs === 20) resolve();
      });
    });
    sender.send(hi);
    await all;
    expect([sender.readyState, receiver.readyState]).toEqual([WebSocket.OPEN, WebSocket.OPEN]);
  });

  test("a receiver gets no dropped ping", async () => {
    const { sender, receiver } = await meet("{ drop-ping: {} }", direction);
    const second = once(receiver, "ping");
    sender.ping("one");
    sender.ping("two");
    expect(String((await second)[0])).toBe("two");
  });

  test.each([
    ["drop-pong", /^two$/],
    ["wrong-pong", /^(?!one$|two$)/],
  ])("a connection with %s on its pongs stays open", async (fault, first) => {
    const { sender, receiver } = await meet(`{ ${fault}: {} }`, direction);
    const pong = once(receiver, "pong");
    receiver.ping("one");
    receiver.ping("two");
    expect(String((await pong)[0])).toMatch(first);
    const message = once(receiver, "message");
    sender.send(hi);
    expect(String((await message)[0])).toBe(hi);
  });

  test("a receiver ignores everything after a close frame, even if its peer continues", async () => {
    const { sender, receiver, world } = await meet(
      "{ close: { code: 1000, style: go-on, forward: true } }",
      direction,
    );
    const took: string[] = [];
    receiver.on("message", (data: Buffer) => took.push(data.toString()));
    const closed = once(receiver, "close");
    sender.send(hi);
    sender.send(bye);
    expect((await closed)[0]).toBe(1000);
    expect(took).toEqual([hi]);
    expect(
      world.entries.filter((entry) => entry.kind === "frame" && entry.direction === direction).length,
    ).toBeGreaterThan(1);
  });
});

test("every frame fault has a test against a strict peer", () => {
  const others = ["drop-ping", "drop-pong", "wrong-pong"];
  const met = new Set([...others, ...rows.map(([then]) => then.split(":")[0])]);
  expect(faults.filter(({ name, layer }) => layer === "frame" && !met.has(name))).toEqual([]);
});
