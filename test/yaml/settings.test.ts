import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import {
  duration,
  flag,
  integer,
  number,
  optional,
  readSettings,
  type SettingTable,
  settingFacts,
  settingsSchema,
  text,
  word,
} from "../../src/yaml/settings.js";
import { collector, plainValue } from "../rules/sample.js";

interface Settings {
  readonly ms: number;
  readonly share: number;
  readonly count: number | undefined;
  readonly how: "fast" | "slow";
  readonly name: string;
  readonly loud: boolean;
}

const fields: SettingTable<Settings> = {
  ms: duration("how long"),
  share: number("how much", { min: 0, max: 1 }, 0.5),
  count: optional(integer("how often", { min: 1, max: 9 })),
  how: word("in which way", ["fast", "slow"], "slow"),
  name: text("what it is called", "x"),
  loud: flag("whether it is loud"),
};

const read = (plain: unknown): { settings: Settings | undefined; said: readonly string[] } => {
  const { report, said } = collector();
  return { settings: readSettings(fields, "ms", plainValue(plain), "it", report), said };
};

describe("a table of settings", () => {
  test("reads the given settings and fills in the defaults", () => {
    expect(read({ ms: "3s", how: "fast" }).settings).toEqual({
      ms: 3000,
      share: 0.5,
      count: undefined,
      how: "fast",
      name: "x",
      loud: false,
    });
    expect(read("200ms").settings).toMatchObject({ ms: 200 });
  });

  test.each([
    [{}, "it needs ms"],
    [{ ms: 1, shar: 1 }, 'did you mean "share"?'],
    [{ ms: "soon" }, "ms must be a duration"],
    [{ ms: 1, share: 2 }, "share must be a number from 0 to 1"],
    [{ ms: 1, how: "fats" }, 'did you mean "fast"?'],
    [[1], "it must be"],
  ])("reports the invalid value %j", (plain, message) => {
    const { settings, said } = read(plain);
    if (!JSON.stringify(plain).includes('shar"')) expect(settings).toBeUndefined();
    expect(said.join("\n")).toContain(message);
  });

  test("has a JSON Schema that accepts and rejects the same values as the reader", () => {
    const fits = new Ajv2020({ strict: false }).compile(settingsSchema(fields, "ms"));
    for (const plain of [{ ms: 1 }, { ms: "3s", loud: true }, "200ms"]) expect(fits(plain)).toBe(true);
    for (const plain of [{}, { ms: "soon" }, { ms: 1, share: 2 }, { ms: 1, x: 1 }, null])
      expect(fits(plain)).toBe(false);
  });

  test("lists each key with its default", () => {
    const facts = settingFacts(fields).map(({ key, fallback }) => [key, fallback?.value]);
    expect(facts.slice(0, 2)).toEqual([
      ["ms", undefined],
      ["share", 0.5],
    ]);
  });
});
