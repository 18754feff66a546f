// Reading X-Forwarded-For, and adding to it without other changes.
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
  ])("in %j names the client %j", (lines, expected) => {
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
  ])("is added to %j, which becomes %j without other changes", (before, after) => {
    expect(latin1(withForwardedFor(headWith(...before), "10.1.1.1"))).toBe(latin1(headWith(...after)));
  });

  test("is added to a head with bare line feeds as well", () => {
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
])("addressOf gives for %j the address %j", (from, address) => {
  expect(addressOf(from)).toBe(address);
});
