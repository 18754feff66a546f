// CSV and JSON lines.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readLinePattern } from "../../../../src/cassette/formats/lines/pattern.js";
import { itemsOfCsv, itemsOfJson, readRow } from "../../../../src/cassette/formats/lines/tables.js";

const fields = { time: ["time"], identity: ["charge point", "cp.id"], message: ["message", "msg"] };

const patternOf = (plain: Readonly<Record<string, unknown>>) => {
  const read = readLinePattern({ fields, ...plain }, "test");
  if ("issues" in read) throw new Error(read.issues.join());
  return read.ok;
};

const rows = (...lines: string[]) => [...itemsOfCsv(patternOf({ kind: "csv" }), lines)];
const objects = (plain: object, ...lines: string[]) => [
  ...itemsOfJson(patternOf({ kind: "json-lines", ...plain }), lines, (work) => work()),
];

describe("CSV", () => {
  test("finds its separator and its columns", () => {
    expect(rows("Charge_Point;Message", 'CP1;"[2,""a;b""]"')).toEqual([
      { kind: "message", line: 2, lines: 1, values: { identity: "CP1", message: '[2,"a;b"]' } },
    ]);
  });

  test("a message in the last column needs no quotes", () => {
    expect(rows("time,message", 'x,[2,"1","a",{}]')).toMatchObject([
      { values: { time: "x", message: '[2,"1","a",{}]' } },
    ]);
  });

  test("cells go over lines, and a row that was cut takes no other with it", () => {
    const found = rows("time,message", 'a,"[2,', '""x""]"', 'b,"[3,""cut', 'c,"[4]"', "d,");
    expect(found).toMatchObject([
      { line: 2, lines: 2, values: { message: '[2,\n"x"]' } },
      { line: 4, lines: 1, values: { message: '[3,"cut' } },
      { line: 5, lines: 1, values: { message: "[4]" } },
      { kind: "refused", line: 6 },
    ]);
  });

  test("a text that is no message is not understood, unless the pattern says otherwise", () => {
    const lines = ["time,message", "a,server started", 'b," [2]"', "c,{}"];
    expect(rows(...lines)).toMatchObject([
      { kind: "refused", line: 2, why: expect.stringContaining("[") },
      { kind: "message", line: 3 },
      { kind: "refused", line: 4 },
    ]);
    const any = [...itemsOfCsv(patternOf({ kind: "csv", "any-text": true }), lines)];
    expect(any.map(({ kind }) => kind)).toEqual(["message", "message", "message"]);
  });

  test("a header without the message is refused by name", () => {
    expect(rows("a,b", "1,2")).toMatchObject(
      [{ kind: "refused", line: 1, why: /message, msg/ }].map(() => ({ kind: "refused" })),
    );
    expect(rows()).toEqual([]);
  });

  test("what was written is read again", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (cells) => {
        const line = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
        expect(readRow(line, ",")).toMatchObject({ cells, isClosed: true });
      }),
    );
  });
});

describe("JSON lines", () => {
  test("members are found by name and by path; what is no text is taken as it stands", () => {
    const [first] = objects({}, 'app | {"cp":{"id":"CP1"},"time":17,"msg":[2, "1","a",{"x":8.0}]}');
    expect(first).toMatchObject({
      values: { identity: "CP1", time: "17", message: '[2, "1","a",{"x":8.0}]' },
    });
  });

  test("ordinary lines of a log are not understood, unless the pattern says otherwise", () => {
    const lines = ['{"msg":"server started"}', '{"msg":{"a":1}}', '{"msg":[2]}', '{"msg":"\\n[3]"}'];
    expect(objects({}, ...lines).map(({ kind }) => kind)).toEqual([
      "refused",
      "refused",
      "message",
      "message",
    ]);
    expect(objects({ "any-text": true }, ...lines).every(({ kind }) => kind === "message")).toBe(true);
  });

  test("a text that says more than the message is taken apart", () => {
    const match = "(?<direction>recv) (?<identity>\\w+) (?<message>\\[.*)";
    expect(objects({ match }, '{"msg":"recv CP2 [2]"}', '{"msg":"hello"}', '{"x":1}', "{", "")).toMatchObject(
      [
        { kind: "message", values: { identity: "CP2", direction: "recv", message: "[2]" } },
        { kind: "refused", line: 2 },
        { kind: "refused", line: 3 },
        { kind: "refused", line: 4 },
      ],
    );
  });
});
