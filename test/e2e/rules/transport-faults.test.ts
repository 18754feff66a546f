// Shapes on live connections between raw sockets: which bytes arrive, and what the cassette records. Their times are tested
// with a virtual clock in test/relay/shaping.
import { describe, expect, test } from "vitest";
import { onConnection } from "../../rules/faults/sample.js";
import { startWorld } from "../../support/worlds/proxy-world.js";
import { shown } from "../../support/worlds/relay-player.js";

describe("on live connections", () => {
  test("with latency and slicer every byte arrives, in order", async () => {
    const rules = onConnection("{ latency: { ms: 40ms, jitter: 20ms } }, { slicer: { averageSize: 100 } }");
    const world = await startWorld({ rules });
    const { charger, csms } = await world.connect();
    const bytes = Buffer.from(Array.from({ length: 5000 }, (_, i) => i % 256));
    charger.send(bytes);
    expect((await csms.bodyOf(5000)).equals(bytes)).toBe(true);
    charger.end();
    await csms.untilEnd();
    const faults = world.entries.flatMap((entry) => (entry.kind === "decision" ? [entry.fault] : []));
    expect(faults).toEqual(["latency", "slicer"]);
  });

  test("bandwidth slows a fast sender without losing a byte", async () => {
    const world = await startWorld({
      rules: onConnection("{ bandwidth: 2000 }"),
      limits: { holdBytes: 50_000 },
    });
    const { charger, csms } = await world.connect();
    const bytes = Buffer.alloc(600_000, "0123456789");
    csms.send(bytes);
    expect((await charger.bodyOf(bytes.length)).equals(bytes)).toBe(true);
    expect(await world.entry("decision")).toMatchObject({ fault: "bandwidth" });
  });

  test("on a half-open connection the CSMS does not see that its charger has gone", async () => {
    const world = await startWorld({ rules: onConnection("{ half-open: {} }") });
    const { charger, csms } = await world.connect();
    charger.send("\x89\x80abcd");
    csms.send("\x89\x00");
    expect(shown(await charger.bodyOf(2))).toBe("ping");
    charger.reset();
    await world.entry("frame");
    const next = await world.connect();
    expect(csms.body.length).toBe(0);
    expect(csms.ended).toBe(false);
    next.charger.end();
    csms.end();
    expect(await world.entry("connection-closed")).toMatchObject({
      connection: 1,
      ends: [
        { by: "charger", how: "reset" },
        { by: "csms", how: "end" },
      ],
    });
  });

  test("limit-data ends both sides in the middle of a frame", async () => {
    const world = await startWorld({
      rules: onConnection("{ limit-data: { bytes: 4, direction: cp-to-csms } }"),
    });
    const { charger, csms } = await world.connect();
    charger.send("\x89\x80abcd");
    await csms.untilEnd();
    await charger.untilEnd();
    expect(csms.body.length).toBe(4);
    expect(await world.entry("note")).toMatchObject({
      code: "fault-cut",
      message: "r1: 4 bytes have passed; both sides are ended",
    });
  });

  test("reset-peer resets after its time", async () => {
    const world = await startWorld({ rules: onConnection("{ reset-peer: 50ms }") });
    const { charger, csms } = await world.connect();
    await charger.untilClosed();
    await csms.untilClosed();
    expect([charger.closed, csms.closed]).toEqual(["reset", "reset"]);
  });
});
