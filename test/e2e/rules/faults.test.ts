// Rules on live traffic between raw sockets: they have their effect, and no other.
import { describe, expect, test } from "vitest";
import { concat, utf8 } from "../../../src/base/bytes.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { startWorld } from "../../support/worlds/proxy-world.js";
import { chargerMask, shown } from "../../support/worlds/relay-player.js";
import { fromCharger } from "../../support/worlds/relay-rules.js";

const call = (id: string, action: string): Uint8Array =>
  encodeFrame({ opcode: 1, payload: utf8(`[2,"${id}","${action}",{}]`), mask: chargerMask });
const ping = encodeFrame({ opcode: 9, payload: utf8("p"), mask: chargerMask });

describe("on live traffic", () => {
  test("a delayed message arrives late, and pings and other messages arrive before it", async () => {
    const world = await startWorld({ rules: fromCharger("Slow", "{ delay: 50ms }") });
    const { charger, csms } = await world.connect();
    charger.send(concat([call("1", "Slow"), ping, call("2", "Fast")]));
    const all = await csms.bodyOf(call("1", "Slow").length + ping.length + call("2", "Fast").length);
    expect(shown(all)).toBe('ping p + text [2,"2","Fast",{}] + text [2,"1","Slow",{}]');
    expect(await world.entry("decision")).toMatchObject({ outcome: "delayed 50 ms", action: "Slow" });
  });

  test("a delayed message arrives even though its charger has gone", async () => {
    const world = await startWorld({ rules: fromCharger("Slow", "{ delay: 50ms }") });
    const { charger, csms } = await world.connect();
    charger.send(call("1", "Slow")).end();
    await csms.untilEnd();
    expect(shown(csms.body)).toBe('text [2,"1","Slow",{}]');
  });

  test("a close fault closes both sides with its code, and the cassette records it", async () => {
    const world = await startWorld({
      rules: fromCharger("Bad", '{ close: { code: 1011, reason: "maintenance" } }'),
    });
    const { charger, csms } = await world.connect();
    charger.send(concat([call("1", "Good"), call("2", "Bad"), call("3", "Good")]));
    await csms.untilEnd();
    await charger.untilEnd();
    expect(shown(csms.body)).toBe('text [2,"1","Good",{}] + close 1011 maintenance');
    expect(shown(charger.body)).toBe("close 1011 maintenance");
    charger.end();
    csms.end();
    expect(await world.entry("connection-closed")).toMatchObject({ ends: [{ how: "end" }, { how: "end" }] });
    expect(world.entries.filter(({ kind }) => kind === "injected")).toHaveLength(2);
    expect(world.entries.filter(({ kind }) => kind === "frame")).toHaveLength(3);
  });

  test("traffic of a charge point that no rule matches is not changed", async () => {
    const rules =
      "version: 1\nrules: [ { id: r, when: { identity: { like: BAD-* } }, then: [ { drop: {} } ] } ]";
    const world = await startWorld({ rules });
    const good = await world.connect("/GOOD-1");
    const bad = await world.connect("/BAD-1");
    good.charger.send(call("1", "Heartbeat"));
    bad.charger.send(concat([call("1", "Heartbeat"), ping]));
    expect(shown(await good.csms.bodyOf(1))).toBe('text [2,"1","Heartbeat",{}]');
    expect(shown(await bad.csms.bodyOf(1))).toBe("ping p");
  });
});
