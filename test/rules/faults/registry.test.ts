import { expect, test } from "vitest";
import {
  applyFault,
  explainFault,
  faultNames,
  faultOf,
  isFinal,
} from "../../../src/rules/faults/registry.js";
import { observe, ruleSet, textFrame } from "../sample.js";

test.each(faultNames)("%s is read from its example, acts, and explains itself", (name) => {
  const [rule] = ruleSet(`{ id: a, then: [ { ${faultOf(name).example} } ] }`).rules;
  const [use] = rule?.faults ?? [];
  if (use === undefined) throw new Error("not read");
  expect(use.kind).toBe(name);
  expect(explainFault(use)).toMatch(/^[a-z]/);
  const copies = [textFrame('[2,"1","Heartbeat",{}]').raw];
  expect(applyFault(use, { observation: observe("[2]"), copies, draw: () => 0.5 }).outcome).toMatch(
    /^[a-z]+/,
  );
});

test("what leaves nothing to act on ends the chain", () => {
  const final = faultNames.filter(isFinal);
  expect(final).toEqual(expect.arrayContaining(["drop", "close", "down", "refuse", "tls-alert"]));
  expect(final).not.toContain("delay");
});
