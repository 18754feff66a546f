// A recorded message compared with a live one.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compareMessages,
  differAsWhole,
  ignoredByDefault,
  mostDifferences,
} from "../../../src/analyse/compare/compare.js";

const compare = (recorded: string, live: string): { result: string; places: readonly string[] } => {
  const { result, differences } = compareMessages("call-result", `[3,"a",${recorded}]`, `[3,"b",${live}]`);
  return { result, places: differences.map(({ pointer, why }) => `${pointer} ${why}`) };
};

describe("a comparison of answers", () => {
  test.each([
    ["the message id", '{"a":1}', '{"a":1}'],
    ["the order of members", '{"a":1,"b":2}', '{"b":2,"a":1}'],
    ["the spelling of numbers", '{"a":1000}', '{"a":1e3}'],
    ["blanks", '{"a":[1]}', '{ "a" : [ 1 ] }'],
    ["escapes", '{"a":"ä"}', '{"a":"\\u00e4"}'],
  ])("a comparison ignores %s", (_, recorded, live) => {
    expect(compare(recorded, live)).toEqual({ result: "equal", places: [] });
  });

  test("a different date-time is ignorable, a different text is not", () => {
    expect(compare('{"t":"2026-01-01T00:00:00Z"}', '{"t":"2027-02-02T11:11:11.123+01:00"}')).toEqual({
      result: "ignorable",
      places: ["/t date-time"],
    });
    expect(compare('{"t":"2026-01-01T00:00:00Z"}', '{"t":"soon"}').result).toBe("different");
    expect(compare('{"t":"2026-01-01T00:00:00Z"}', "{}").result).toBe("different");
  });

  test("a missing, added or retyped value is one difference, without the values inside it", () => {
    expect(compare('{"a":{"b":{"c":1}},"d":[1,2]}', '{"d":{"0":1},"e":[[1]]}')).toEqual({
      result: "different",
      places: ["/a different", "/d different", "/e different"],
    });
  });

  test("integers beyond 2^53 are compared by all their digits", () => {
    expect(compare('{"a":9223372036854775807}', '{"a":9223372036854775806}').result).toBe("different");
  });

  test("the list of differences is cut, the result is not affected", () => {
    const list = (value: number): string => `[${Array.from({ length: 500 }, () => value).join(",")}]`;
    const { result, places } = compare(list(1), list(2));
    expect(result).toBe("different");
    expect(places).toHaveLength(mostDifferences);
  });

  test("messages that cannot be parsed are compared as text", () => {
    const deep = (inner: string): string => `${"[".repeat(200)}${inner}${"]".repeat(200)}`;
    expect(compare(deep("1"), deep("2")).result).toBe("different");
  });

  test("a value that is bound gives the result bound", () => {
    const isBound = (pointer: string): boolean => pointer === "/transactionId";
    const recorded = '[3,"a",{"transactionId":1,"x":1}]';
    const result = (live: string): string => compareMessages("call-result", recorded, live, isBound).result;
    expect(result('[3,"a",{"transactionId":42,"x":1}]')).toBe("bound");
    expect(result('[3,"a",{"transactionId":42,"x":2}]')).toBe("different");
  });

  test("errors are compared by code, description and details", () => {
    const recorded = '[4,"a","NotImplemented","",{}]';
    const live = '[4,"a","InternalError","",{}]';
    expect(compareMessages("call-error", recorded, live).differences).toMatchObject([
      { pointer: "/errorCode" },
    ]);
  });

  test("every value equals itself in any notation", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { result } = compareMessages(
          "call-result",
          `[3,"a",${JSON.stringify(value)}]`,
          `[3, "a", ${JSON.stringify(value, null, 1)} ]`,
        );
        expect(result).toBe("equal");
      }),
    );
  });
});

test("the reference page has the table of what is ignored by default", () => {
  const page = readFileSync(new URL("../../../docs/reference/replay.md", import.meta.url), "utf8");
  for (const { name, result, what } of ignoredByDefault)
    expect(page).toContain(`| ${name} | ${result} | ${what} |`);
});

test("a bound id that turns from a number into a text is different, not bound", () => {
  const compared = compareMessages(
    "call-result",
    '[3,"1",{"transactionId":4711}]',
    '[3,"1",{"transactionId":"abc"}]',
    () => true,
  );
  expect(compared.result).toBe("different");
  expect(
    compareMessages(
      "call-result",
      '[3,"1",{"transactionId":4711}]',
      '[3,"1",{"transactionId":42}]',
      () => true,
    ).result,
  ).toBe("bound");
});

describe("a comparison with places that must not count", () => {
  const isIgnored = (pointer: string): boolean => pointer.startsWith("/x");
  const compared = (recorded: string, live: string) =>
    compareMessages("call-result", `[3,"a",${recorded}]`, `[3,"a",${live}]`, undefined, isIgnored);

  test("a message that differs only in ignored values is ignorable, and its differences are listed", () => {
    expect(compared('{"x":1,"y":1}', '{"x":2,"x2":3,"y":1}')).toEqual({
      result: "ignorable",
      differences: [
        { pointer: "/x", recorded: "1", live: "2", why: "ignored" },
        { pointer: "/x2", recorded: undefined, live: "3", why: "ignored" },
      ],
    });
    expect(compared('{"x":1,"y":1}', '{"x":2,"y":2}').result).toBe("different");
  });

  test("the first difference that counts is listed even after the maximum of those that do not", () => {
    const many = (value: number): string =>
      Array.from({ length: mostDifferences + 5 }, (_, i) => `"x${i}":${value}`).join(",");
    const { result, differences } = compared(`{${many(1)},"y":1,"z":1}`, `{${many(2)},"y":2,"z":2}`);
    expect([result, differences.length, differences.at(-1)?.pointer]).toEqual([
      "different",
      mostDifferences + 1,
      "/y",
    ]);
  });

  test("an ignore rule also applies to messages that differ as a whole", () => {
    expect(differAsWhole("CALLRESULT", "CALLERROR").result).toBe("different");
    expect(differAsWhole("CALLRESULT", "CALLERROR", () => true)).toMatchObject({
      result: "ignorable",
      differences: [{ pointer: "", why: "ignored" }],
    });
  });
});
