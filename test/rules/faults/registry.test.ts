import fc from "fast-check";
import { expect, test } from "vitest";
import { faults, findFault } from "../../../src/rules/faults/registry.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { anyFrame } from "../../support/cassettes/frames.js";
import { ruledMessage, ruleSet, textFrame } from "../sample.js";

/** The settings of a fault's example. */
const settingsOf = (example: string): unknown => {
  const [rule] = ruleSet(`{ id: r1, then: [ { ${example} } ] }`).rules;
  return rule?.faults[0]?.settings;
};

test("every fault is found by its name, and no two faults share one", () => {
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  for (const fault of faults) expect(findFault(fault.name)).toBe(fault);
  expect(findFault("toString")).toBeUndefined();
});

test.each(faults)("the example of $name can be read, applied and explained", (fault) => {
  const settings = settingsOf(fault.example);
  expect(settings).toBeDefined();
  const target = { point: "message", words: "every CALL", isAnswer: false } as const;
  expect(fault.explain(settings, target)).toMatch(/^[a-z]+ .*every CALL/);
  const copies = [textFrame('[2,"1","Heartbeat",{}]').raw];
  const input = { message: ruledMessage("[2]"), copies, draw: () => 0.5 };
  expect(fault.apply(settings, input).outcome).toMatch(/^[a-z]+/);
});

test.each(faults)("$name acts on any bytes or says why it cannot, and never changes its input", (fault) => {
  const settings = settingsOf(fault.example);
  const message = ruledMessage('[2,"1","StartTransaction",{}]', { payload: () => undefined });
  const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.uint8Array({ maxLength: 60 }), anyFrame.map(encodeFrame)), { maxLength: 3 }),
      draw,
      (copies, drawn) => {
        const before = copies.map((copy) => copy.slice());
        const made = fault.apply(settings, { message, copies, draw: () => drawn });
        expect(made.outcome).toMatch(/^[a-z]/);
        expect(copies).toEqual(before);
        if (made.outcome.startsWith("not applied")) expect(made.copies).toBe(copies);
      },
    ),
    { numRuns: 12 },
  );
});

test("faults that leave nothing to act on are final", () => {
  const final = faults.filter((fault) => fault.final).map(({ name }) => name);
  const some = ["drop", "close", "truncated", "drop-ping", "drop-pong", "down", "refuse", "tls-alert"];
  expect(final).toEqual(expect.arrayContaining(some));
  expect(final).not.toContain("delay");
});
