import { expect, test } from "vitest";
import {
  applyFault,
  explainFault,
  faultNames,
  isFinal,
  readFault,
} from "../../../src/rules/faults/registry.js";
import { collector, observe, plainValue, textFrame } from "../sample.js";

const least = { delay: { ms: 1 }, drop: {}, duplicate: {}, malformed: { kind: "truncated" }, close: {} };

test.each(faultNames)("%s is read from its least settings, acts, and explains itself", (name) => {
  const { report, said } = collector();
  const use = readFault(name, plainValue(least[name]), report);
  expect(said).toEqual([]);
  if (use === undefined) throw new Error("not read");
  expect(use.kind).toBe(name);
  expect(explainFault(use)).toMatch(/^[a-z]/);
  const copies = [textFrame('[2,"1","Heartbeat",{}]').raw];
  expect(applyFault(use, { observation: observe("[2]"), copies, draw: () => 0.5 }).outcome).toMatch(
    /^[a-z]+/,
  );
});

test("drop and close end the chain, nothing else does", () => {
  expect(faultNames.filter(isFinal)).toEqual(["drop", "close"]);
});
