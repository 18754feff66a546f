// Reading a charger's identity from a request.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromLatin1, utf8 } from "../../../src/base/bytes.js";
import { toBase64 } from "../../../src/text/base64.js";
import { parseHead } from "../../../src/wire/http/head.js";
import { lastSegment, nameCharger, readIdentitySource } from "../../../src/wire/http/identity-source.js";

const headOf = (target: string, ...lines: readonly string[]) =>
  parseHead(fromLatin1([`GET ${target} HTTP/1.1`, ...lines, "", ""].join("\r\n")));

const name = (word: string, target: string, ...lines: readonly string[]): string | undefined => {
  const reading = readIdentitySource(word);
  if (reading.kind === "wrong") throw new Error(reading.message);
  return nameCharger(reading.source, { head: headOf(target, ...lines), certificateName: "SN-77" });
};

const basic = (text: string): string => `Authorization: Basic ${toBase64(utf8(text))}`;

describe("a charger's identity", () => {
  test.each([
    ["path:-1", "/ocpp/CP1/", [], "CP1"],
    ["path:-2", "/ocpp/CP1/ws", [], "CP1"],
    ["path:0", "/CP1/ocpp", [], "CP1"],
    ["path:1", "//ocpp//CP%201", [], "CP 1"],
    ["path:5", "/ocpp/CP1", [], undefined],
    ["path:-1", "/", [], undefined],
    ["query:id", "/ws?x=1&id=CP%2F1&id=b", [], "CP/1"],
    ["query:id", "/ws?id", [], undefined],
    ["query:id", "/ws", [], undefined],
    ["query:a b", "/ws?a%20b=CP+1", [], "CP+1"],
    ["basic", "/ws", [basic("CP1:se:cret")], "CP1"],
    ["basic", "/ws", ["Authorization: Basic ###"], undefined],
    ["basic", "/ws", [basic("no colon")], undefined],
    ["basic", "/ws", ["Authorization: Bearer abc"], undefined],
    ["basic", "/ws", [], undefined],
    ["cert-cn", "/ws", [], "SN-77"],
    ["header:X-Station", "/ws", ["x-station: CP9"], "CP9"],
    ["header:X-Station", "/ws", ["X-Station:"], undefined],
    ["/^\\/ocpp\\/([^\\/]+)/", "/ocpp/CP1/ws?x", [], "CP1"],
    ["/CP[0-9]+/", "/x/CP12-a", [], "CP12"],
    ["/id=([^&]*)/", "/x?id=", [], undefined],
    ["/nothing/", "/x", [], undefined],
  ])("read by %s from %s %j is %j", (word, target, lines, expected) => {
    expect(name(word, target, ...lines)).toBe(expected);
  });

  test.each([
    "",
    "path",
    "path:x",
    "path:",
    "query:",
    "header:a b",
    "//",
    "/(/",
    "/a(?=b)/",
    "cn",
    "basic:1",
  ])("cannot be read by %j, which is not an identity source", (word) => {
    expect(readIdentitySource(word)).toMatchObject({ kind: "wrong" });
  });

  test("the error for an invalid pattern gives the position", () => {
    expect(readIdentitySource("/ab(/")).toMatchObject({ message: expect.stringContaining("at character 4") });
  });

  test("is never empty, and never an error, for any target", () => {
    const words = fc.constantFrom(
      "path:-1",
      "path:2",
      "query:a",
      "/(.*)/",
      "/[a-z]+/",
      "basic",
      "header:host",
    );
    fc.assert(
      fc.property(words, fc.stringMatching(/^[!-~\x80-\xff]{1,30}$/), (word, target) => {
        expect(name(word, target, `Host: ${target}`)).not.toBe("");
      }),
    );
  });

  test("is by default the last segment of the path", () => {
    expect(nameCharger(lastSegment, { head: headOf("/a/b"), certificateName: undefined })).toBe("b");
  });
});
