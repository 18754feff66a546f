// The 1.6 configuration of a passive station.
import { expect, test } from "vitest";
import { Configuration } from "../../../../src/replay/station/passive/configuration.js";

const learned = (): Configuration => {
  const configuration = new Configuration();
  configuration.learn({
    configurationKey: [
      { key: "A", readonly: false, value: "1" },
      { key: "R", readonly: true },
    ],
  });
  return configuration;
};

test("the configuration reads out recorded keys and lists unknown ones", () => {
  expect(learned().read({ key: ["A", "X"] })).toEqual({
    configurationKey: [{ key: "A", readonly: false, value: "1" }],
    unknownKey: ["X"],
  });
  expect(learned().read({})).toEqual({
    configurationKey: [
      { key: "A", readonly: false, value: "1" },
      { key: "R", readonly: true },
    ],
  });
});

test("the configuration keeps changes, rejects those of read-only keys and does not support unknown keys", () => {
  const configuration = learned();
  expect(configuration.change({ key: "A", value: "2" })).toEqual({ status: "Accepted" });
  expect(configuration.change({ key: "R", value: "2" })).toEqual({ status: "Rejected" });
  expect(configuration.change({ key: "X", value: "2" })).toEqual({ status: "NotSupported" });
  configuration.accepted({ key: "N", value: "3" });
  expect(configuration.read({ key: ["A", "N"] })).toMatchObject({
    configurationKey: [{ value: "2" }, { value: "3" }],
  });
});
