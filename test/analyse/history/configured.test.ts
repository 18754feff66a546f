import { describe, expect, test } from "vitest";
import { configured, configuredNumber } from "../../../src/analyse/history/configured.js";
import type { Exchange } from "../../../src/analyse/history/events.js";
import { History } from "../../../src/analyse/history/history.js";
import { Story } from "../../support/cassettes/story.js";

const exchangeOf = (action: string, request: unknown, answer: unknown): Exchange => {
  const history = new History(undefined);
  const events = new Story()
    .ask(1, action, request, answer)
    .entries()
    .flatMap((entry, i) => [...history.push(entry, i)]);
  const found = events.find((event) => event.kind === "answer");
  if (found === undefined) throw new Error("there is no answer");
  return found.exchange;
};

const key = "HeartbeatInterval";
const variable = { component: { name: "OCPPCommCtrlr" }, variable: { name: key } };

describe("the configuration in an exchange", () => {
  test.each([
    ["GetConfiguration", {}, { configurationKey: [{ key: "heartbeatInterval", value: "60" }] }],
    ["ChangeConfiguration", { key, value: "60" }, { status: "Accepted" }],
    [
      "SetVariables",
      { setVariableData: [{ ...variable, attributeValue: "60" }] },
      { setVariableResult: [{ attributeStatus: "Accepted" }] },
    ],
    ["GetVariables", {}, { getVariableResult: [{ ...variable, attributeValue: "60" }] }],
  ])("%s shows the value of the setting", (action, request, answer) => {
    expect(configuredNumber(exchangeOf(action, request, answer), key)).toBe(60);
  });

  test("a rejected change, another key or a value that is not a number configures nothing", () => {
    const rejected = exchangeOf("ChangeConfiguration", { key, value: "60" }, { status: "Rejected" });
    expect(configured(rejected, key)).toBeUndefined();
    expect(
      configured(exchangeOf("ChangeConfiguration", { key: "X", value: "1" }, { status: "Accepted" }), key),
    ).toBeUndefined();
    const words = exchangeOf("ChangeConfiguration", { key, value: "often" }, { status: "Accepted" });
    expect(configured(words, key)).toBe("often");
    expect(configuredNumber(words, key)).toBeUndefined();
  });
});
