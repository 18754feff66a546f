import { expect, test } from "vitest";
import { needsMessages, needsState } from "../../../src/rules/language/condition-needs.js";
import { everyMessage, readWhen } from "../../../src/rules/language/read-when.js";
import { collector, plainValue } from "../sample.js";

const when = (plain: unknown) => readWhen(plainValue(plain), collector().report) ?? everyMessage;

test("conditions about state and messages are found at any depth", () => {
  expect(needsState(when({ any: [{ action: "X" }, { not: { state: { booted: true } } }] }))).toBe(true);
  expect(needsState(when({ action: "X" }))).toBe(false);
  expect(needsMessages(when({ identity: "X", not: { all: [{ action: "Y" }] } }))).toBe(true);
  expect(needsMessages(when({ identity: "X", connection: 2, window: { to: "1s" } }))).toBe(false);
});
