// The 2.x variables of a passive station.
import { expect, test } from "vitest";
import { createVariables } from "../../../../src/replay/station/passive/variables.js";

const row = (name: string, more: object = {}): object => ({
  component: { name: "C" },
  variable: { name },
  ...more,
});

test("the variables read out recorded values by names in any case, and keep what was set", () => {
  const variables = createVariables();
  variables.learn({
    getVariableResult: [row("Known", { attributeStatus: "Accepted", attributeValue: "1" })],
  });
  expect(variables.read({ getVariableData: [row("known"), row("Other")] })).toEqual({
    getVariableResult: [
      row("known", { attributeStatus: "Accepted", attributeValue: "1" }),
      row("Other", { attributeStatus: "UnknownVariable" }),
    ],
  });
  const set = [row("Known", { attributeValue: "2" }), row("Other", { attributeValue: "2" })];
  expect(variables.change({ setVariableData: set })).toMatchObject({
    setVariableResult: [{ attributeStatus: "Accepted" }, { attributeStatus: "UnknownVariable" }],
  });
  expect(variables.read({ getVariableData: [row("Known")] })).toMatchObject({
    getVariableResult: [{ attributeValue: "2" }],
  });
});
