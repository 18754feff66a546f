import { describe, expect, test } from "vitest";
import { delay } from "../../../../src/rules/faults/message/delay.js";
import { collector, plainValue, ruledMessage, textFrame } from "../../sample.js";

const input = (drawn: number) => ({
  message: ruledMessage("[2]"),
  copies: [textFrame("[2]").raw],
  draw: () => drawn,
});

describe("a delay", () => {
  test.each([
    [{ ms: 200 }, { ms: 200, jitter: 0, holds: "message" }],
    [
      { ms: 200, jitter: 50, holds: "lane" },
      { ms: 200, jitter: 50, holds: "lane" },
    ],
    [
      { ms: "3s", jitter: "1s" },
      { ms: 3000, jitter: 1000, holds: "message" },
    ],
    ["200ms", { ms: 200, jitter: 0, holds: "message" }],
  ])("delay reads the settings %j", (plain, settings) => {
    const { report, said } = collector();
    expect(delay.read(plainValue(plain), report)).toEqual(settings);
    expect(said).toEqual([]);
  });

  test.each([
    200,
    "200",
    "25h",
    {},
    { ms: -1 },
    { ms: 1.5 },
    { ms: 86_400_001 },
    { ms: 1, holds: "lanes" },
    { ms: 1, jiter: 1 },
    { ms: "x" },
  ])("delay reports the invalid settings %j", (plain) => {
    const { report, said } = collector();
    delay.read(plainValue(plain), report);
    expect(said).toHaveLength(1);
  });

  test("delay waits its time, draws only for jitter, and does not change the copies", () => {
    const given = input(0.5);
    const plain = delay.apply({ ms: 200, jitter: 0, holds: "message" }, given);
    expect(plain).toEqual({
      outcome: "delayed 200 ms",
      copies: given.copies,
      draw: null,
      delay: { ms: 200, holds: "message" },
    });
    expect(plain.copies).toBe(given.copies);
  });

  test.each([
    [0, 200],
    [0.5, 225],
    [0.999999, 250],
  ])("with jitter, a draw of %d delays the message %i ms", (drawn, ms) => {
    const outcome = delay.apply({ ms: 200, jitter: 50, holds: "lane" }, input(drawn));
    expect(outcome).toMatchObject({ outcome: `delayed ${ms} ms`, draw: drawn, delay: { ms, holds: "lane" } });
  });
});
