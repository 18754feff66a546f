import { describe, expect, test } from "vitest";
import { everyMatch } from "../../../src/rules/language/read-trigger.js";
import type { Trigger } from "../../../src/rules/language/rule-set.js";
import { createCounter, fire } from "../../../src/rules/matching/trigger.js";

const fired = (trigger: Partial<Trigger>, draws: readonly number[] = []): readonly number[] => {
  const counter = createCounter();
  const numbers = Array.from({ length: 12 }, (_, i) => i + 1);
  return numbers.filter(
    (n) => fire({ ...everyMatch, ...trigger }, counter, 0, () => draws[n - 1] ?? 0) !== undefined,
  );
};

describe("a trigger", () => {
  test.each<[string, Partial<Trigger>, readonly number[]]>([
    ["nothing", {}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
    ["nth", { nth: 3 }, [3]],
    ["every", { every: 5 }, [5, 10]],
    ["first", { first: 2 }, [1, 2]],
    ["after", { after: 10 }, [11, 12]],
    ["times", { times: 3 }, [1, 2, 3]],
    ["every and times", { every: 3, times: 2 }, [3, 6]],
    ["after and nth", { after: 4, nth: 2 }, [6]],
    ["after and first", { after: 4, first: 2 }, [5, 6]],
    ["every and first", { every: 2, first: 5 }, [2, 4]],
    ["after and every", { after: 1, every: 4 }, [5, 9]],
  ])("with %s fires on the messages that it names", (_name, trigger, numbers) => {
    expect(fired(trigger)).toEqual(numbers);
  });

  test("with a probability fires where the draw lies below it, and times counts those only", () => {
    const draws = [0.9, 0.1, 0.5, 0.2, 0.4999, 0.3];
    expect(fired({ probability: 0.5, first: 6 }, draws)).toEqual([2, 4, 5, 6]);
    expect(fired({ probability: 0.5, times: 2 }, draws)).toEqual([2, 4]);
    expect(fired({ probability: 0 })).toEqual([]);
    expect(fired({ probability: 1 }, Array(12).fill(0.9999999))).toHaveLength(12);
  });

  test("draws only where chance decides, and reports the draw", () => {
    const never = (): number => {
      throw new Error("drawn");
    };
    expect(fire(everyMatch, createCounter(), 0, never)).toEqual({ draw: null });
    expect(fire({ ...everyMatch, probability: 0.5, after: 1 }, createCounter(), 0, never)).toBeUndefined();
    expect(fire({ ...everyMatch, probability: 0.5 }, createCounter(), 0, () => 0.25)).toEqual({ draw: 0.25 });
  });
});
