import { describe, expect, test } from "vitest";
import { handshakeStall } from "../../../../src/rules/faults/transport/handshake-stall.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf } from "../sample.js";

describe("handshake-stall", () => {
  test("handshake-stall reads its settings and asks for its effect", () => {
    const { report, said } = collector();
    const settings = handshakeStall.read(plainValue("20s"), report);
    expect(said).toEqual([]);
    if (settings === undefined) throw new Error("not read");
    expect(settings).toEqual({ ms: 20_000 });
    expect(handshakeStall.apply(settings, inputOf())).toMatchObject({
      outcome: "stalled 20000 ms",
      actions: [{ kind: "upgrade", upgrade: { kind: "stall", ms: 20_000 } }],
    });
  });

  test.each([{ ms: -1 }, "later"])("handshake-stall reports the invalid settings %j", (plain) => {
    const { report, said } = collector();
    handshakeStall.read(plainValue(plain), report);
    expect(said).toHaveLength(1);
  });
});
