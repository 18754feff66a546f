import { describe, expect, test } from "vitest";
import { latency } from "../../../../src/rules/faults/transport/latency.js";
import { play } from "../../../support/worlds/playbook.js";
import { RelayWorld, relayPlayer } from "../../../support/worlds/relay-player.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf, onAction, onConnection } from "../sample.js";

describe("latency", () => {
  test.each([
    ["200ms", { ms: 200, jitter: 0, distribution: "uniform", direction: "both", for: undefined }],
    [
      { ms: "1s", jitter: 100, distribution: "normal", direction: "csms-to-cp", for: "30s" },
      { ms: 1000, jitter: 100, distribution: "normal", direction: "csms-to-cp", for: 30_000 },
    ],
  ])("latency reads the settings %j", (plain, settings) => {
    const { report, said } = collector();
    expect(latency.read(plainValue(plain), report)).toEqual(settings);
    expect(said).toEqual([]);
  });

  test.each([{}, { ms: -1 }, { ms: 1, distribution: "pareto" }, { ms: 1, direction: "up" }])(
    "latency reports the invalid settings %j",
    (plain) => {
      const { report, said } = collector();
      latency.read(plainValue(plain), report);
      expect(said).toHaveLength(1);
    },
  );

  test("latency does not change the message and starts a shape", () => {
    const input = inputOf();
    const settings = {
      ms: 200,
      jitter: 50,
      distribution: "normal",
      direction: "both",
      for: undefined,
    } as const;
    const outcome = latency.apply(settings, input);
    expect(outcome.copies).toBe(input.copies);
    expect(outcome.outcome).toBe("slowed 200 ms +-50");
    expect(outcome.actions).toMatchObject([{ kind: "shape", direction: "both", shape: { kind: "latency" } }]);
  });

  test("latency from the start of a connection delays everything, even pings and the end", () => {
    play(relayPlayer({ rules: onConnection("{ latency: 100ms }") }), [
      ">> charger text a",
      ">> after 50",
      ">> csms text b",
      ">> charger ping p",
      ">> charger end",
      ">> after 49",
      ">> after 1",
      "<< csms gets text a",
      ">> after 50",
      "<< csms gets ping p",
      "<< csms gets the end",
      "<< charger gets text b",
    ]);
  });

  test("latency starts after the message that matches, in one direction, and ends after its duration", () => {
    const then = "{ latency: { ms: 100ms, direction: cp-to-csms, for: 200ms } }";
    play(relayPlayer({ rules: onAction("Slow", then) }, true), [
      '>> charger text [2,"1","Slow",{}]',
      '<< cassette: cp-to-csms text [2,"1","Slow",{}], seen 0',
      '<< cassette: r1 CALL Slow slowed 100 ms: text [2,"1","Slow",{}]',
      '<< csms gets text [2,"1","Slow",{}]',
      ">> charger text a",
      "<< cassette: cp-to-csms text a, seen 0",
      ">> csms text b",
      "<< charger gets text b",
      "<< cassette: csms-to-cp text b, seen 2, sent",
      ">> after 150",
      "<< csms gets text a",
      ">> charger text c",
      "<< cassette: cp-to-csms text c, seen 1",
      ">> after 50",
      "<< csms gets text c",
      "<< cassette: note fault-over",
      ">> charger text d",
      "<< csms gets text d",
      "<< cassette: cp-to-csms text d, seen 1, sent",
    ]);
  });

  test.each(["uniform", "normal"])(
    "with %s jitter keeps the order and is the same for the same seed",
    (how) => {
      const run = (): readonly number[] => {
        const rules = onConnection(`{ latency: { ms: 100ms, jitter: 80ms, distribution: ${how} } }`);
        const world = new RelayWorld({ rules });
        const arrived: number[] = [];
        for (let i = 0; i < 40; i++) {
          world.bytes("charger", Uint8Array.of(0x81, 0x01, 65 + (i % 26)));
          for (let ms = 0; ms < 20; ms++) {
            const commands = world.after(1);
            for (const command of commands) if (command.kind === "write") arrived.push(world.now / 1e6);
          }
        }
        return arrived;
      };
      const [first, second] = [run(), run()];
      expect(first).toEqual(second);
      expect(new Set(first.map((at, i) => at - (first[i - 1] ?? 0))).size).toBeGreaterThan(5);
    },
  );
});
