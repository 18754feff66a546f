// New ids for recorded ones.
import { describe, expect, test } from "vitest";
import { FreshIds } from "../../../../src/replay/station/values/fresh-ids.js";
import { sha256 } from "../../../support/worlds/station-player.js";

const ids = (changes: Partial<{ seed: number; run: number; identity: string }> = {}): FreshIds =>
  new FreshIds(sha256, { seed: 1, run: 2, identity: "CP-1", ...changes });

describe("a fresh id", () => {
  test("a fresh id depends only on the seed, the run, the identity, its kind and the recorded id", () => {
    const of = (changes = {}, kind: "message" | "transaction" = "message", recorded = "abc"): string =>
      ids(changes).for(kind, recorded);
    expect(of()).toBe(of());
    const others = [of(), of({ seed: 3 }), of({ run: 3 }), of({ identity: "CP-2" }), of({}, "transaction")];
    expect(new Set([...others, of({}, "message", "abd")]).size).toBe(6);
  });

  test("a fresh id has the form of the recorded one, and is valid if that is", () => {
    expect(ids().for("message", "f47ac10b-58cc-4372-a567-0e02b2c3d479")).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(ids().for("message", "F47AC10B-58CC-4372-A567-0E02B2C3D479")).toMatch(/^[0-9A-F-]{36}$/);
    expect(ids().for("message", "17")).toMatch(/^[1-9]\d{17}$/);
    expect(ids().for("message", "tx-17")).toMatch(/^[0-9a-f]{32}$/);
    expect(ids().for("message", "x".repeat(100))).toHaveLength(100);
    expect(ids().for("message", "")).toBe("");
  });

  test("messages that the recording does not have get fresh ids as well", () => {
    expect(ids().made("close")).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids().made("close")).not.toBe(ids({ run: 9 }).made("close"));
  });
});
