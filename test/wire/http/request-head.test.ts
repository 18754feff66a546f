// Upgrade requests: ambiguities, and the changes for the CSMS.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromLatin1, latin1 } from "../../../src/base/bytes.js";
import { parseHead } from "../../../src/wire/http/head.js";
import {
  ambiguities,
  asksForUpgrade,
  requestLine,
  rewriteHead,
} from "../../../src/wire/http/request-head.js";

const upgrade = [
  "GET /ocpp/CP%201?x=%zz HTTP/1.1",
  "host: charger.example",
  "Upgrade: websocket",
  "Connection: Upgrade",
  "sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Protocol: ocpp1.6",
  "Sec-WebSocket-Protocol: ocpp2.0.1",
  "Sec-WebSocket-Extensions: permessage-deflate",
  "X-Odd:  \xe4 ",
];
const headOf = (lines: readonly string[]) => parseHead(fromLatin1(`${lines.join("\r\n")}\r\n\r\n`));
const codes = (lines: readonly string[]): readonly string[] =>
  ambiguities(headOf(lines)).map(({ code }) => code);

describe("ambiguities", () => {
  test("finds none in requests of real chargers", () => {
    expect(codes(upgrade)).toEqual([]);
    expect(codes(upgrade.filter((line) => line !== "Connection: Upgrade"))).toEqual([]);
    expect(codes([...upgrade, "Content-Length: 0"])).toEqual([]);
    expect(codes(["GET /\xe4/%/%zz HTTP/1.0", "Host: a"])).toEqual([]);
    expect(codes(["POST /soap HTTP/1.1", "Host: a", "Content-Length: 12"])).toEqual([]);
  });

  test.each([
    ["two Hosts", ["Host: b"], "field-twice"],
    ["two keys", ["Sec-WebSocket-Key: x"], "field-twice"],
    ["two credentials", ["Authorization: Basic a", "authorization: Basic b"], "field-twice"],
    ["two lengths", ["Content-Length: 0", "Content-Length: 0"], "field-twice"],
    ["a length and an encoding", ["Content-Length: 0", "Transfer-Encoding: chunked"], "two-lengths"],
    ["a body on the upgrade", ["Content-Length: 5"], "upgrade-with-body"],
    ["an odd length", ["Content-Length: +0"], "upgrade-with-body"],
    ["an encoding on the upgrade", ["Transfer-Encoding: xchunked"], "upgrade-with-body"],
    ["a space in a name", ["X : y"], "field-line"],
    ["a folded line", [" y"], "field-line"],
    ["a line without a colon", ["nonsense"], "field-line"],
    ["a carriage return in a value", ["X: a\rb"], "field-value"],
    ["a NUL in a value", ["X: a\0b"], "field-value"],
    ["a NUL in a name", ["X\0: ab"], "field-value"],
  ])("finds %s", (_name, lines, code) => {
    expect(codes([...upgrade, ...lines])).toContain(code);
  });

  test.each([
    "GET / HTTP/2",
    "GET /",
    "GET / / HTTP/1.1",
    "GET  HTTP/1.1",
    "GET /a\tb HTTP/1.1 x",
    "GET /a\rb HTTP/1.1",
    "GET /\0 HTTP/1.1",
  ])("finds an invalid request line in %j", (line) => {
    expect(codes([line, "Host: a"])).toContain("request-line");
  });

  test("finds bare line feeds", () => {
    const head = parseHead(fromLatin1("GET / HTTP/1.1\nHost: a\r\n\r\n"));
    expect(ambiguities(head)).toMatchObject([{ code: "bare-line-feed", by: "charger" }]);
  });

  test("returns all ambiguities of a request", () => {
    expect(codes([...upgrade, "Host: b", "X : y", "Content-Length: 3"])).toHaveLength(3);
  });
});

test("asksForUpgrade needs Upgrade, and not Connection", () => {
  expect(asksForUpgrade(headOf(upgrade))).toBe(true);
  expect(asksForUpgrade(headOf(["GET / HTTP/1.1", "UPGRADE: websocket"]))).toBe(true);
  expect(asksForUpgrade(headOf(["GET / HTTP/1.1", "Connection: Upgrade"]))).toBe(false);
});

test("requestLine returns three parts, or undefined", () => {
  expect(requestLine(headOf(upgrade))).toEqual({
    method: "GET",
    target: "/ocpp/CP%201?x=%zz",
    version: "HTTP/1.1",
  });
  expect(requestLine(headOf(["GET /"]))).toBeUndefined();
});

describe("rewriteHead", () => {
  const rewritten = (over: Partial<Parameters<typeof rewriteHead>[1]> = {}): readonly string[] =>
    latin1(rewriteHead(headOf(upgrade), { target: "/base/x", host: "csms:9000", ...over })).split("\r\n");

  test("changes the target and the value of Host, and no other byte", () => {
    const expected = [...upgrade, "", ""];
    expected[0] = "GET /base/x HTTP/1.1";
    expected[1] = "host: csms:9000";
    expect(rewritten()).toEqual(expected);
  });

  test("keeps the charger's Host if no new one is given", () => {
    expect(rewritten({ host: undefined })[1]).toBe("host: charger.example");
  });

  test("can remove the whole line of Sec-WebSocket-Extensions", () => {
    const lines = rewritten({ withoutExtensions: true });
    expect(lines).toHaveLength(upgrade.length + 1);
    expect(lines.join()).not.toContain("Extensions");
  });

  test("adds no Host to a head without one", () => {
    const raw = rewriteHead(headOf(["GET /a HTTP/1.1", "X: 1"]), { target: "/a", host: "csms" });
    expect(latin1(raw)).toBe("GET /a HTTP/1.1\r\nX: 1\r\n\r\n");
  });

  test("returns the same bytes for the same target and Host, with any fields", () => {
    const field = fc
      .tuple(fc.stringMatching(/^[A-Za-z-]{1,8}$/), fc.stringMatching(/^[ -~\x80-\xff]{0,10}$/))
      .filter(([name]) => !/^host$/i.test(name))
      .map(([name, value]) => `${name}:${value}`);
    fc.assert(
      fc.property(fc.array(field, { maxLength: 8 }), (fields) => {
        const head = headOf(["GET /a HTTP/1.1", "HOST:\t b ", ...fields]);
        expect(rewriteHead(head, { target: "/a", host: "b" })).toEqual(head.raw);
      }),
    );
  });
});
