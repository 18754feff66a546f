// Reading HTTP heads within limits, without changing them.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, fromLatin1, latin1, sameBytes } from "../../../src/base/bytes.js";
import {
  fieldList,
  fieldValue,
  fieldValues,
  headLimits,
  parseHead,
  readHead,
} from "../../../src/wire/http/head.js";

const lines = (...of: readonly string[]): Uint8Array => fromLatin1(`${of.join("\r\n")}\r\n\r\n`);

const get = lines(
  "GET /CP1 HTTP/1.1",
  "Host: a:1",
  "sec-websocket-PROTOCOL:  ocpp1.6 , ocpp2.0.1\t",
  "X:",
  "X: 2",
);

describe("readHead", () => {
  test("waits until the head is complete, and returns the bytes after it", () => {
    const tail = Uint8Array.of(0x81, 0, 10, 13, 10);
    for (let end = 0; end < get.length; end++)
      expect(readHead(get.subarray(0, end))).toEqual({ kind: "incomplete" });
    const before = concat([get, tail]);
    const result = readHead(concat([get, tail]));
    expect(result).toMatchObject({ kind: "head", rest: tail });
    expect(result.kind === "head" && result.head.raw).toEqual(get);
    expect(concat([get, tail])).toEqual(before);
  });

  test("keeps order, case, duplicates and empty values, and gives the offset of each value", () => {
    const head = parseHead(get);
    expect(head.startLine).toBe("GET /CP1 HTTP/1.1");
    expect(head.fields.map(({ name, value }) => [name, value])).toEqual([
      ["Host", "a:1"],
      ["sec-websocket-PROTOCOL", "ocpp1.6 , ocpp2.0.1"],
      ["X", ""],
      ["X", "2"],
    ]);
    for (const { value, valueAt } of head.fields)
      expect(latin1(get.subarray(valueAt, valueAt + value.length))).toBe(value);
  });

  test.each([
    ["a bare line feed", "GET / HTTP/1.1\nHost: a\n\n", { bareLineFeed: true }],
    ["one bare line feed", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", { bareLineFeed: true }],
    ["a folded line", "GET / HTTP/1.1\r\nX: a\r\n b\r\n\r\n", { oddLines: [" b"] }],
    ["a space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", { oddLines: ["Host : a"] }],
    ["a line without a colon", "GET / HTTP/1.1\r\nHost\r\n\r\n", { oddLines: ["Host"] }],
    ["a line without a name", "GET / HTTP/1.1\r\n: x\r\n\r\n", { oddLines: [": x"] }],
    ["a lone carriage return", "GET / HTTP/1.1\r\nA: b\rC: d\r\n\r\n", { fields: [{ value: "b\rC: d" }] }],
    ["odd bytes", "GET / HTTP/1.1\r\nA: \xe4\xff\r\n\r\n", { fields: [{ value: "\xe4\xff" }] }],
  ])("reports or keeps %s", (_name, bytes, expected) => {
    expect(readHead(fromLatin1(bytes))).toMatchObject({ kind: "head", head: expected });
  });

  test("refuses a head as soon as it is too long", () => {
    const long = fromLatin1(`GET / HTTP/1.1\r\nX: ${"x".repeat(headLimits.bytes)}`);
    expect(readHead(long.subarray(0, headLimits.bytes - 1)).kind).toBe("incomplete");
    expect(readHead(long).kind).toBe("too-large");
    expect(readHead(concat([long, fromLatin1("\r\n\r\n")])).kind).toBe("too-large");
  });

  test("refuses a head with too many fields, invalid lines included", () => {
    const many = (n: number): Uint8Array =>
      lines("GET / HTTP/1.1", ...Array.from({ length: n }, (_, i) => `F${i}: x`), "odd");
    expect(readHead(many(headLimits.fields - 1)).kind).toBe("head");
    expect(readHead(many(headLimits.fields)).kind).toBe("too-large");
  });

  test.each(["\x16\x03\x01\x02", "\r\nGET / HTTP/1.1\r\n", " GET", "\x81\x80", `${"A".repeat(33)}`, "{}"])(
    "sees at once that %j is no HTTP",
    (bytes) => {
      expect(readHead(fromLatin1(bytes)).kind).toBe("not-http");
    },
  );

  test("reads the heads of answers", () => {
    expect(readHead(lines("HTTP/1.1 101 Switching Protocols")).kind).toBe("head");
  });

  test("never throws, and its heads hold exactly their bytes", () => {
    const piece = fc.oneof(
      fc.constantFrom("GET / HTTP/1.1", "\r\n", "\n", "\r", ":", " ", "Host: a", "\r\n\r\n", "X: y\r\n"),
      fc.uint8Array({ maxLength: 5 }).map(latin1),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (pieces, isWhole) => {
        const start = isWhole ? "GET / HTTP/1.1\r\nHost: a\r\n\r\n" : "";
        const bytes = fromLatin1(start + pieces.join(""));
        const before = bytes.slice();
        const result = readHead(bytes);
        if (isWhole) expect(result.kind).toBe("head");
        if (result.kind === "head")
          expect(sameBytes(concat([result.head.raw, result.rest]), before)).toBe(true);
        expect(sameBytes(bytes, before)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe("parseHead", () => {
  test("reads a head without its empty line", () => {
    expect(parseHead(fromLatin1("GET / HTTP/1.1\r\nHost: a"))).toMatchObject({
      startLine: "GET / HTTP/1.1",
      fields: [{ name: "Host", value: "a", valueAt: 22 }],
    });
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(parseHead(bytes).raw).toBe(bytes);
      }),
    );
  });
});

describe("header fields", () => {
  const head = parseHead(lines("GET / HTTP/1.1", "A: 1, 2,", "b: x", "a: ,3"));

  test("are found in any case, and in order", () => {
    expect(fieldValues(head, "A")).toEqual(["1, 2,", ",3"]);
    expect(fieldValue(head, "B")).toBe("x");
    expect(fieldValue(head, "c")).toBeUndefined();
  });

  test("are joined to one list from all their lines", () => {
    expect(fieldList(head, "a")).toEqual(["1", "2", "3"]);
  });
});
