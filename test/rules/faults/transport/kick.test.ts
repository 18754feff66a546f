import { describe, expect, test } from "vitest";
import { kick } from "../../../../src/rules/faults/transport/kick.js";
import { RelayWorld, shown } from "../../../support/worlds/relay-player.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf, onConnection } from "../sample.js";

describe("kick", () => {
  test("kick reads its settings and asks for its effect", () => {
    const { report, said } = collector();
    const settings = kick.read(plainValue({ keep: "old" }), report);
    expect(said).toEqual([]);
    if (settings === undefined) throw new Error("not read");
    expect(settings).toEqual({ keep: "old", code: 1008, reason: "duplicate connection" });
    expect(kick.apply(settings, inputOf())).toMatchObject({
      outcome: "kept old",
      actions: [{ kind: "kick", keep: "old", code: 1008, reason: "duplicate connection" }],
    });
  });

  test.each([{ keep: "both" }, { reason: "x".repeat(124) }])(
    "kick reports the invalid settings %j",
    (plain) => {
      const { report, said } = collector();
      kick.read(plainValue(plain), report);
      expect(said).toHaveLength(1);
    },
  );

  test("kick acts at the start of a connection", () => {
    const world = new RelayWorld({ rules: onConnection("{ kick: { keep: new } }") });
    expect(world.entries).toMatchObject([
      { kind: "decision", type: "connection", fault: "kick", outcome: "kept new" },
    ]);
    const command = { kind: "close", code: 1008, reason: "twice", by: "r1" } as const;
    world.handle({ kind: "operator", atNs: world.now, command });
    expect(shown(world.sentTo("charger"))).toBe("close 1008 twice");
    expect(world.ended).toEqual({ charger: "end", csms: "end" });
  });
});
