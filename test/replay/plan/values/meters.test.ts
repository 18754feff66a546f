// Registers that continue from other registers.
import fc from "fast-check";
import { expect, test } from "vitest";
import { differenceWh, inWh, readingPlus, wholeWh } from "../../../../src/replay/plan/values/meters.js";

test.each([
  ["12.50", 3, "1000", "13.50"],
  ["12", 3, "1500", "13"],
  ["12500", 0, "1000", "13500"],
  ["12500", 0, "0.9", "12500"],
  ["0.000", 3, "-1", "-0.001"],
  ["9223372036854775807", 0, "1", "9223372036854775808"],
  ["1e3", 0, "1", "1e3"],
])("%s (10^%i Wh) and %s Wh are %s", (reading, power, wh, sum) => {
  expect(readingPlus(reading, power, wh)).toBe(sum);
});

test("readings and their differences are given in Wh", () => {
  expect(inWh("12.5", 3)).toBe("12500");
  expect(inWh("12.5678", 3)).toBe("12567.8");
  expect(inWh("12.5", 0)).toBe("12.5");
  expect(inWh("n/a", 0)).toBeUndefined();
  expect(differenceWh("100.5", "20")).toBe("80.5");
  expect(differenceWh("x", "20")).toBeUndefined();
  expect(wholeWh("12.9")).toBe("12");
  expect(wholeWh("x")).toBe("0");
});

test("whole numbers of any size are added exactly, with their decimals", () => {
  fc.assert(
    fc.property(
      fc.bigInt(0n, 10n ** 25n),
      fc.bigInt(-(10n ** 20n), 10n ** 20n),
      fc.nat(6),
      (a, b, decimals) => {
        const fraction = "1234567".slice(0, decimals);
        const reading = decimals === 0 ? `${a}` : `${a}.${fraction}`;
        fc.pre(a + b >= 0n);
        expect(readingPlus(reading, 0, `${b}`)).toBe(decimals === 0 ? `${a + b}` : `${a + b}.${fraction}`);
      },
    ),
  );
});
