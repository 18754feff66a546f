import { describe, expect, test } from "vitest";
import { concat } from "../../../../src/base/bytes.js";
import { slicer } from "../../../../src/rules/faults/transport/slicer.js";
import { RelayWorld } from "../../../support/worlds/relay-player.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf, onConnection } from "../sample.js";

describe("slicer", () => {
  test("slicer reads its settings and describes its effect", () => {
    const { report, said } = collector();
    const settings = slicer.read(plainValue({ averageSize: 8, sizeVariation: 4, delay: "5ms" }), report);
    expect(said).toEqual([]);
    expect(settings).toMatchObject({ averageSize: 8, sizeVariation: 4, delay: 5 });
    if (settings === undefined) return;
    expect(slicer.apply(settings, inputOf()).outcome).toBe("sliced 8 +-4 bytes 5 ms");
  });

  test.each([{}, { averageSize: 0 }, { averageSize: 4, sizeVariation: 4 }])(
    "slicer reports the invalid settings %j",
    (plain) => {
      const { report, said } = collector();
      slicer.read(plainValue(plain), report);
      expect(said).toHaveLength(1);
    },
  );

  test("slicer splits the stream into writes of about the given size with a pause between them", () => {
    const rules = onConnection("{ slicer: { averageSize: 10, sizeVariation: 5, delay: 3ms } }");
    const world = new RelayWorld({ rules });
    const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
    world.bytes("csms", bytes);
    expect(world.written.charger).toHaveLength(1);
    world.after(3);
    expect(world.written.charger).toHaveLength(2);
    world.after(60);
    const sizes = world.written.charger.map((piece) => piece.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(15);
    expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThanOrEqual(5);
    expect(new Set(sizes).size).toBeGreaterThan(2);
    expect(concat(world.written.charger)).toEqual(bytes);
  });
});
