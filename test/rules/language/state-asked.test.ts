import { expect, test } from "vitest";
import { everyMessage, readWhen } from "../../../src/rules/language/read-when.js";
import { asksAboutMessages, asksForState } from "../../../src/rules/language/state-asked.js";
import { collector, plainValue } from "../sample.js";

const when = (plain: unknown) => readWhen(plainValue(plain), collector().report) ?? everyMessage;

test("what conditions ask for is found at any depth", () => {
  expect(asksForState(when({ any: [{ action: "X" }, { not: { state: { booted: true } } }] }))).toBe(true);
  expect(asksForState(when({ action: "X" }))).toBe(false);
  expect(asksAboutMessages(when({ identity: "X", not: { all: [{ action: "Y" }] } }))).toBe(true);
  expect(asksAboutMessages(when({ identity: "X", connection: 2, window: { to: "1s" } }))).toBe(false);
});
