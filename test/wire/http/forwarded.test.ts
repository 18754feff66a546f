// X-Forwarded-For: read, and put into a head that stays as it is otherwise.
import { describe, expect, test } from "vitest";
import { fromLatin1, latin1 } from "../../../src/base/bytes.js";
import { addressOf, forwardedFor, withForwardedFor } from "../../../src/wire/http/forwarded.js";
import { parseHead } from "../../../src/wire/http/head.js";

const headWith = (...lines: readonly string[]): Uint8Array =>
  fromLatin1(["GET /CP1 HTTP/1.1", ...lines, "", ""].join("\r\n"));

describe("X-Forwarded-For", () => {
  test.each([
    [["X-Forwarded-For: 203.0.113.9"], "203.0.113.9"],
    [["x-forwarded-for: 2001:db8::9, 10.0.0.1"], "2001:db8::9"],
    [["X-Forwarded-For: ", "X-Forwarded-For: 10.0.0.2"], "10.0.0.2"],
    [["X-Forwarded-For: <script>"], undefined],
    [["Host: a"], undefined],
  ])("of %j names %j", (lines, expected) => {
    expect(forwardedFor(parseHead(headWith(...lines)))).toBe(expected);
  });

  test.each([
    [["Host: a"], ["Host: a", "X-Forwarded-For: 10.1.1.1"]],
    [[], ["X-Forwarded-For: 10.1.1.1"]],
    [
      ["X-Forwarded-For: 1.2.3.4 ", "B: c"],
      ["X-Forwarded-For: 1.2.3.4, 10.1.1.1 ", "B: c"],
    ],
    [
      ["x-forwarded-for: 1.2.3.4", "X-FORWARDED-FOR: 5.6.7.8"],
      ["x-forwarded-for: 1.2.3.4", "X-FORWARDED-FOR: 5.6.7.8, 10.1.1.1"],
    ],
    [["X-Forwarded-For:"], ["X-Forwarded-For:", "X-Forwarded-For: 10.1.1.1"]],
  ])("of %j becomes %j, the rest byte for byte", (before, after) => {
    expect(latin1(withForwardedFor(headWith(...before), "10.1.1.1"))).toBe(latin1(headWith(...after)));
  });

  test("is added also to a head with bare line feeds", () => {
    expect(latin1(withForwardedFor(fromLatin1("GET / HTTP/1.1\nA: b\n\n"), "1.2.3.4"))).toBe(
      "GET / HTTP/1.1\nA: b\nX-Forwarded-For: 1.2.3.4\r\n\n",
    );
  });
});

test.each([
  ["127.0.0.1:50000", "127.0.0.1"],
  ["[2001:db8::9]:50000", "2001:db8::9"],
  ["::ffff:10.0.0.1:50000", "10.0.0.1"],
  ["2001:db8::9:50000", "2001:db8::9"],
])("the address of %j is %j", (from, address) => {
  expect(addressOf(from)).toBe(address);
});
