// PROXY protocol headers: complete, byte by byte, invalid, and missing.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, fromLatin1 } from "../../../src/base/bytes.js";
import { readProxyHeader } from "../../../src/wire/http/proxy-protocol.js";

const signature = [13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10];
const version2 = (...bytes: readonly number[]): Uint8Array => Uint8Array.from([...signature, ...bytes]);
const four = [203, 0, 113, 9, 10, 0, 0, 1, 0xc3, 0x50, 0x01, 0xbb];
const six = [
  0x20,
  1,
  0xd,
  0xb8,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  9,
  ...new Array<number>(16).fill(0),
  0,
  80,
  1,
  2,
];

const headers: readonly (readonly [string, Uint8Array, 1 | 2, string | undefined])[] = [
  ["TCP4", fromLatin1("PROXY TCP4 203.0.113.9 10.0.0.1 50000 443\r\n"), 1, "203.0.113.9:50000"],
  ["TCP6", fromLatin1("PROXY TCP6 2001:db8::9 ::1 50000 443\r\n"), 1, "[2001:db8::9]:50000"],
  ["UNKNOWN", fromLatin1("PROXY UNKNOWN\r\n"), 1, undefined],
  ["a port above 65535", fromLatin1("PROXY TCP4 203.0.113.9 10.0.0.1 70000 443\r\n"), 1, undefined],
  ["version 2 over IPv4", version2(0x21, 0x11, 0, 12, ...four), 2, "203.0.113.9:50000"],
  [
    "version 2 with more data in its block",
    version2(0x21, 0x11, 0, 15, ...four, 4, 0, 0),
    2,
    "203.0.113.9:50000",
  ],
  ["version 2 over IPv6", version2(0x21, 0x21, 0, 36, ...six), 2, "[2001:db8:0:0:0:0:0:9]:80"],
  ["version 2, the balancer's own check", version2(0x20, 0, 0, 0), 2, undefined],
  ["version 2 of a unix socket", version2(0x21, 0x31, 0, 3, 1, 2, 3), 2, undefined],
];

describe("readProxyHeader", () => {
  test.each(headers)("reads %s, however it is split", (_, bytes, version, from) => {
    const tail = fromLatin1("GET / HTTP/1.1\r\n");
    const expected = { kind: "header", version, from, length: bytes.length };
    expect(readProxyHeader(concat([bytes, tail]))).toEqual(expected);
    expect(readProxyHeader(bytes)).toEqual(expected);
    for (let length = 0; length < bytes.length; length++)
      expect(readProxyHeader(bytes.subarray(0, length))).toEqual({ kind: "incomplete" });
  });

  test.each(["GET / HTTP/1.1\r\n", "PROXIED", "\x16\x03\x01", "\r\n\r\nGET"])(
    "finds no header in %j",
    (bytes) => {
      expect(readProxyHeader(fromLatin1(bytes))).toEqual({ kind: "none" });
    },
  );

  test.each([
    ["a line without an end", fromLatin1(`PROXY TCP4 ${"1".repeat(200)}`)],
    ["another family", fromLatin1("PROXY UDP4 1.2.3.4 1.2.3.4 1 2\r\n")],
    ["a line without ports", fromLatin1("PROXY TCP4 1.2.3.4 1.2.3.4\r\n")],
    ["another version", version2(0x31, 0x11, 0, 0)],
    ["another command", version2(0x25, 0x11, 0, 0)],
    ["a length above the limit", version2(0x21, 0x11, 0xff, 0xff)],
  ])("gives the reason why it cannot read %s", (_, bytes) => {
    expect(readProxyHeader(bytes)).toMatchObject({ kind: "bad" });
  });

  test("reads any bytes, and never gives a header longer than they are", () => {
    const whole = headers.map(([, bytes]) => bytes);
    const start = fc.constantFrom(
      fromLatin1("PROXY "),
      Uint8Array.from(signature),
      new Uint8Array(0),
      ...whole,
    );
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), (head, tail) => {
        const bytes = concat([head, tail]);
        const outcome = readProxyHeader(bytes);
        // A complete header stays the same when more bytes follow.
        if (whole.includes(head)) expect(outcome.kind).toBe("header");
        if (outcome.kind === "header") expect(outcome.length).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});
