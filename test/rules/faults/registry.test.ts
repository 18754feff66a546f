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
  const [use] = ruleSet(`{ id: a, then: [ { ${faultOf(name).example} } ] }`).rules[0]?.faults ?? [];
  if (use === undefined) throw new Error("not read");
  expect(use.kind).toBe(name);
  expect(explainFault(use)).toMatch(/^[a-z]/);
  const copies = [textFrame('[2,"1","Heartbeat",{}]').raw];
  expect(applyFault(use, { observation: observe("[2]"), copies, draw: () => 0.5 }).outcome).toMatch(
    /^[a-z]+/,
  );
});

test("what leaves nothing behind that could go out ends the chain, nothing else does", () => {
  expect(faultNames.filter(isFinal)).toEqual(["drop", "close", "truncated", "drop-ping", "drop-pong"]);
});
