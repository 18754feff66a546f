import { describe, expect, test } from "vitest";
import { down } from "../../../src/rules/faults/down.js";
import { collector, plainValue } from "../sample.js";
import { inputOf } from "./sample.js";

describe("down", () => {
  test("is read, explained, and asks for what it says", () => {
    const { report, said } = collector();
    const settings = down.read(plainValue({ for: "30s", scope: "identity" }), report);
    expect(said).toEqual([]);
    if (settings === undefined) throw new Error("not read");
    expect(settings).toEqual({ for: 30_000, scope: "identity" });
    expect(down.explain(settings)).toBe("answered by 30000 ms without a listener for that charge point");
    expect(down.apply(settings, inputOf())).toMatchObject({
      outcome: "down 30000 ms",
      orders: [{ kind: "down", ms: 30_000, scope: "identity" }],
    });
  });

  test.each([{}, { for: "1s", scope: "some" }])("%j is reported", (plain) => {
    const { report, said } = collector();
    down.read(plainValue(plain), report);
    expect(said).toHaveLength(1);
  });
});
