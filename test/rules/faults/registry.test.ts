import fc from "fast-check";
import { expect, test } from "vitest";
import {
  applyFault,
  explainFault,
  faultNames,
  faultOf,
  isFinal,
} from "../../../src/rules/faults/registry.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { anyFrame } from "../../support/cassettes/frames.js";
import { ruledMessage, ruleSet, textFrame } from "../sample.js";

const useOf = (name: (typeof faultNames)[number]) => {
  const [rule] = ruleSet(`{ id: r1, then: [ { ${faultOf(name).example} } ] }`).rules;
  const use = rule?.faults[0];
  if (use === undefined) throw new Error("not read");
  return use;
};

test.each(faultNames)("%s is read from its example, acts, and explains itself", (name) => {
  const use = useOf(name);
  expect(use.kind).toBe(name);
  expect(explainFault(use)).toMatch(/^[a-z]/);
  const copies = [textFrame('[2,"1","Heartbeat",{}]').raw];
  expect(applyFault(use, { message: ruledMessage("[2]"), copies, draw: () => 0.5 }).outcome).toMatch(
    /^[a-z]+/,
  );
});

test.each(faultNames)("%s acts on any bytes, or says why it cannot, and writes to none of them", (name) => {
  const use = useOf(name);
  const message = ruledMessage('[2,"1","StartTransaction",{}]', { payload: () => undefined });
  const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.uint8Array({ maxLength: 60 }), anyFrame.map(encodeFrame)), { maxLength: 3 }),
      draw,
      (copies, drawn) => {
        const before = copies.map((copy) => copy.slice());
        const made = applyFault(use, { message, copies, draw: () => drawn });
        expect(made.outcome).toMatch(/^[a-z]/);
        expect(copies).toEqual(before);
        if (made.outcome.startsWith("not applied")) expect(made.copies).toBe(copies);
      },
    ),
    { numRuns: 12 },
  );
});

test("what leaves nothing to act on ends the chain", () => {
  const final = faultNames.filter(isFinal);
  const some = ["drop", "close", "truncated", "drop-ping", "drop-pong", "down", "refuse", "tls-alert"];
  expect(final).toEqual(expect.arrayContaining(some));
  expect(final).not.toContain("delay");
});
