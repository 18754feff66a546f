// Which CALL an answer belongs to.
import { describe, expect, test } from "vitest";
import { createPairer } from "../../src/ocpp/pairer.js";

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
});
