// Faults of messages and payloads between raw sockets, where they depend on both directions, on the version of the
// subprotocol, or on compression.
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { upgradeHead } from "../../support/peers/raw-peer.js";
import { type ProxyWorld, startWorld } from "../../support/worlds/proxy-world.js";
import { chargerMask, shown } from "../../support/worlds/relay-player.js";
import { fromCharger } from "../../support/worlds/relay-rules.js";

const fromCp = (text: string, rsv = 0): Uint8Array =>
  encodeFrame({ opcode: 1, rsv, payload: utf8(text), mask: chargerMask });
const fromCsms = (text: string): Uint8Array => encodeFrame({ opcode: 1, payload: utf8(text) });

/** A charger and its CSMS, whose answer to the upgrade has these lines more. */
const connect = async (world: ProxyWorld, ...lines: readonly string[]) => {
  const charger = await world.dial();
  charger.send(upgradeHead("/CP1", ...lines.filter((line) => line.startsWith("Sec-WebSocket-Protocol"))));
  const csms = await world.csms.accept();
  await csms.head();
  csms.send(
    ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade", ...lines, "", ""].join(
      "\r\n",
    ),
  );
  await charger.head();
  return { charger, csms };
};

describe("on live traffic", () => {
  test("an injected CALL is answered by the charger, and nothing of it reaches the CSMS", async () => {
    const inject = "{ inject: { id: own, direction: csms-to-cp, action: Reset, payload: { type: Soft } } }";
    const world = await startWorld({ rules: fromCharger("Heartbeat", inject) });
    const { charger, csms } = await connect(world);
    charger.send(fromCp('[2,"1","Heartbeat",{}]'));
    const own = '[2,"own","Reset",{"type":"Soft"}]';
    expect(shown(await charger.bodyOf(fromCsms(own).length))).toBe(`text ${own}`);
    charger.send(fromCp('[3,"own",{"status":"Accepted"}]')).send(fromCp('[3,"end",{}]'));
    const all = await csms.bodyOf(fromCp('[2,"1","Heartbeat",{}]').length + fromCp('[3,"end",{}]').length);
    expect(shown(all)).toBe('text [2,"1","Heartbeat",{}] + text [3,"end",{}]');
    expect(await world.entry("injected")).toMatchObject({ by: "r1", direction: "csms-to-cp" });
  });

  test("schema faults use the OCPP version of the subprotocol", async () => {
    const rules = fromCharger("Authorize", "{ too-long: { path: /idToken/idToken } }");
    const world = await startWorld({ rules });
    const { charger } = await connect(world, "Sec-WebSocket-Protocol: ocpp2.0.1");
    charger.send(fromCp('[2,"1","Authorize",{"idToken":{"idToken":"A","type":"Central"}}]'));
    expect(await world.entry("decision")).toMatchObject({
      outcome: "lengthened /idToken/idToken to 37 characters",
    });
  });

  test("compressed messages pass a rule that would break later ones, and the cassette has a note", async () => {
    const world = await startWorld({
      rules: "version: 1\nrules: [ { id: r1, when: { direction: cp-to-csms }, then: [ { drop: {} } ] } ]",
    });
    const { charger, csms } = await connect(world, "Sec-WebSocket-Extensions: permessage-deflate");
    charger.send(fromCp("compressed", 4)).send(fromCp('[3,"1",{}]')).send(fromCp("compressed", 4));
    await csms.bodyOf(2 * fromCp("compressed").length);
    expect(await world.entry("decision")).toMatchObject({ outcome: "dropped", action: null });
    const notes = world.entries.flatMap((entry) => (entry.kind === "note" ? [entry.code] : []));
    expect(notes.filter((code) => code === "compressed")).toHaveLength(1);
    expect(world.entries.filter(({ kind }) => kind === "decision")).toHaveLength(1);
  });
});
