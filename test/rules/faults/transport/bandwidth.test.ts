import { describe, expect, test } from "vitest";
import { bandwidth } from "../../../../src/rules/faults/transport/bandwidth.js";
import { RelayWorld } from "../../../support/worlds/relay-player.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf, onConnection } from "../sample.js";

describe("bandwidth", () => {
  test("bandwidth reads its settings, also in the short form, and describes its effect", () => {
    const { report, said } = collector();
    const settings = bandwidth.read(plainValue(2), report);
    expect(settings).toEqual({ rate: 2, direction: "both", for: undefined });
    expect(said).toEqual([]);
    if (settings === undefined) return;
    expect(bandwidth.apply(settings, inputOf()).outcome).toBe("narrowed 2 KB/s");
  });

  test.each([{}, { rate: 0 }, { rate: 1.5 }])("bandwidth reports the invalid settings %j", (plain) => {
    const { report, said } = collector();
    bandwidth.read(plainValue(plain), report);
    expect(said).toHaveLength(1);
  });

  test("bandwidth forwards the given number of bytes per second, in order", () => {
    const world = new RelayWorld({ rules: onConnection("{ bandwidth: 2 }") });
    const bytes = Uint8Array.from({ length: 4000 }, (_, i) => i % 251);
    world.bytes("charger", bytes);
    expect(world.sentTo("csms").length).toBe(0);
    world.after(1000);
    expect(world.sentTo("csms").length).toBe(2000);
    world.after(999);
    expect(world.sentTo("csms").length).toBe(3800);
    world.after(1);
    expect(world.sentTo("csms")).toEqual(bytes);
  });

  test("bandwidth pauses the sender above the limit and resumes it later", () => {
    const world = new RelayWorld({ rules: onConnection("{ bandwidth: 1 }"), limits: { holdBytes: 1000 } });
    world.bytes("charger", new Uint8Array(1500));
    expect(world.paused.charger).toBe(true);
    world.after(900);
    expect(world.paused.charger).toBe(true);
    world.after(100);
    expect(world.paused.charger).toBe(false);
  });

  test("bandwidth forwards everything when the program ends", () => {
    const world = new RelayWorld({ rules: onConnection("{ bandwidth: 1 }") });
    world.bytes("csms", Uint8Array.of(0x81, 2, 65, 66));
    world.perform("stop");
    expect(world.sentTo("charger").length).toBe(4);
    expect(world.ended).toEqual({ charger: "end", csms: "end" });
    expect(world.done).toBe(true);
  });
});
