// The two directions and their aliases.
import { describe, expect, test } from "vitest";
import { directionFrom, opposite, readDirection, senderOf } from "../../src/base/direction.js";

describe("directions", () => {
  test.each(["cp-to-csms", "cp>csms", "cp->csms", "cs-to-csms"])("%s is from the charge point", (word) => {
    expect(readDirection(word)).toBe("cp-to-csms");
  });

  test.each(["csms-to-cp", "csms>cp", "csms->cp", "csms-to-cs"])("%s is to the charge point", (word) => {
    expect(readDirection(word)).toBe("csms-to-cp");
  });

  test.each(["", "up", "CP-TO-CSMS", "constructor", "__proto__"])("%j is no direction", (word) => {
    expect(readDirection(word)).toBeUndefined();
  });

  test("each has a sender and an opposite", () => {
    for (const direction of ["cp-to-csms", "csms-to-cp"] as const) {
      expect(directionFrom(senderOf(direction))).toBe(direction);
      expect(opposite(opposite(direction))).toBe(direction);
      expect(opposite(direction)).not.toBe(direction);
    }
  });
});
