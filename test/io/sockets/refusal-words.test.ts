// The text after a refusal's status line.
import { expect, test } from "vitest";
import { fromLatin1, utf8 } from "../../../src/base/bytes.js";
import { refusalWords } from "../../../src/io/sockets/refusal-words.js";
import { parseHead } from "../../../src/wire/http/head.js";

const headOf = (...lines: readonly string[]) => parseHead(fromLatin1([...lines, "", ""].join("\r\n")));
const url = "ws://csms.example/CP1";

test.each([
  [[], "Unknown\nstation", / to ws:\/\/csms\.example\/CP1, "Unknown station"; likely: the path is wrong/],
  [["Transfer-Encoding: chunked"], "5\r\nsorry\r\n0\r\n\r\n", /, "sorry/],
  [["Content-Encoding: gzip"], "\x1f\x8bxyz", /CP1; likely/],
  [[], "", /CP1; likely/],
])("a refusal with %j and the body %j is explained", (fields, body, expected) => {
  const response = headOf("HTTP/1.1 404 Not Found", ...fields);
  expect(refusalWords({ url, request: headOf("GET /CP1 HTTP/1.1"), response, body: utf8(body) })).toMatch(
    expected,
  );
});

test("a refusal is explained as far as it is known", () => {
  const nothing = { request: undefined, response: undefined, body: new Uint8Array(0) };
  expect(refusalWords({ url: null, ...nothing })).toBe("");
  expect(refusalWords({ url, ...nothing })).toBe(` to ${url}`);
  expect(refusalWords({ url: null, ...nothing, body: utf8("\u001bSSH") })).toBe(', "\\u001bSSH"');
});
