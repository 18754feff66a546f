// Which CALL an answer belongs to.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Direction, opposite } from "../../../src/base/direction.js";
import { createPairer } from "../../../src/ocpp/envelope/pairer.js";

describe("a pairer", () => {
  test("finds the CALL of the opposite direction, once", () => {
    const pairer = createPairer<number>();
    pairer.call("cp-to-csms", "1", "Heartbeat", 7);
    expect(pairer.answer("csms-to-cp", "1")).toEqual({ id: "1", action: "Heartbeat", tag: 7 });
    expect(pairer.answer("csms-to-cp", "1")).toBeUndefined();
  });

  test("gives no CALL to an answer that travels the same way", () => {
    const pairer = createPairer<null>();
    pairer.call("cp-to-csms", "1", "Heartbeat", null);
    expect(pairer.answer("cp-to-csms", "1")).toBeUndefined();
    expect(pairer.open("cp-to-csms")).toHaveLength(1);
  });

  test("keeps the same id of both directions apart", () => {
    const pairer = createPairer<null>();
    pairer.call("cp-to-csms", "1", "Heartbeat", null);
    pairer.call("csms-to-cp", "1", "Reset", null);
    expect(pairer.answer("cp-to-csms", "1")?.action).toBe("Reset");
    expect(pairer.answer("csms-to-cp", "1")?.action).toBe("Heartbeat");
  });

  test("prefers the most recent of two open CALLs with one id, then the older", () => {
    const pairer = createPairer<number>();
    pairer.call("cp-to-csms", "1", "Heartbeat", 1);
    pairer.call("cp-to-csms", "1", "MeterValues", 2);
    expect(pairer.answer("csms-to-cp", "1")?.tag).toBe(2);
    expect(pairer.answer("csms-to-cp", "1")?.tag).toBe(1);
  });

  test("tells the open CALLs, oldest first", () => {
    const pairer = createPairer<null>();
    for (const id of ["1", "2", "3"]) pairer.call("csms-to-cp", id, "Reset", null);
    pairer.answer("cp-to-csms", "2");
    expect(pairer.open("csms-to-cp").map((call) => call.id)).toEqual(["1", "3"]);
    expect(pairer.open("cp-to-csms")).toEqual([]);
  });

  test("forgets the oldest beyond its limit, for each direction alone", () => {
    const pairer = createPairer<null>(2);
    for (const id of ["1", "2", "3"]) pairer.call("cp-to-csms", id, "MeterValues", null);
    pairer.call("csms-to-cp", "9", "Reset", null);
    expect(pairer.answer("csms-to-cp", "1")).toBeUndefined();
    expect(pairer.answer("csms-to-cp", "3")?.id).toBe("3");
    expect(pairer.answer("cp-to-csms", "9")?.id).toBe("9");
  });

  test("does as a list would that is searched from its end, whatever comes", () => {
    const limits = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constantFrom(17, 20, 1000));
    const step = fc.record({
      // More CALLs than answers, so that many are open.
      isCall: fc.constantFrom(true, true, false),
      direction: fc.constantFrom<Direction[]>("cp-to-csms", "csms-to-cp"),
      id: fc.constantFrom("1", "2", "3", "4", "5"),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150 }), limits, (steps, limit) => {
        const pairer = createPairer<number>(limit);
        const lists: Record<Direction, { id: string; action: string; tag: number }[]> = {
          "cp-to-csms": [],
          "csms-to-cp": [],
        };
        for (const [tag, { isCall, direction, id }] of steps.entries()) {
          if (isCall) {
            pairer.call(direction, id, "Heartbeat", tag);
            lists[direction].push({ id, action: "Heartbeat", tag });
            if (lists[direction].length > limit) lists[direction].shift();
          } else {
            const list = lists[opposite(direction)];
            const at = list.findLastIndex((call) => call.id === id);
            expect(pairer.answer(direction, id)).toEqual(at < 0 ? undefined : list.splice(at, 1)[0]);
          }
          for (const way of ["cp-to-csms", "csms-to-cp"] as const)
            expect(pairer.open(way)).toEqual(lists[way]);
        }
      }),
    );
  });
});
