// What may be kept of heads, whole ones and broken ones.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromLatin1, latin1 } from "../../src/base/bytes.js";
import type { StoredHead } from "../../src/cassette/format/entry.js";
import { canHide, createHideHead, hideUserinfo, secretHeaders } from "../../src/cassette/hide-secrets.js";

const hash = (bytes: Uint8Array): string => `h${bytes.length}`;
const hideHead = createHideHead(hash);
const hide = (head: string): StoredHead => hideHead(fromLatin1(head));
const kept = (head: string): string => latin1(hide(head).raw);
const request = (...lines: string[]): string => ["GET /ocpp/CP1 HTTP/1.1", ...lines, "", ""].join("\r\n");

describe("hiding the secrets of a head", () => {
  test("keeps the scheme, the length and the hash of credentials", () => {
    const head = hide(request("Host: a", "Authorization: Basic c2VjcmV0", "X: y"));
    expect(latin1(head.raw)).toBe(request("Host: a", "Authorization: Basic [hidden]", "X: y"));
    expect(head.hidden).toEqual([{ field: "Authorization", scheme: "Basic", length: 8, hash: "h8" }]);
  });

  test("leaves a head without secrets as it is", () => {
    const raw = fromLatin1(request("Host: a@b", "host : x").replace("a@b", "a"));
    expect(hideHead(raw)).toEqual({ raw, hidden: [] });
  });

  test.each([
    ["Proxy-Authorization: Bearer SECRET", "Proxy-Authorization: Bearer [hidden]"],
    ["authorization:SECRET", "authorization:[hidden]"],
    ['AUTHORIZATION:\tDigest username="a", response="SECRET"', "AUTHORIZATION:\tDigest [hidden]"],
    ["Authorization : Basic SECRET", "Authorization : Basic [hidden]"],
    ["Authorization Basic SECRET", "Authorization Basic [hidden]"],
    [" Authorization: Basic SECRET", " Authorization: Basic [hidden]"],
    ["Authorization: Basic\r\n SECRET", "Authorization: [hidden]\r\n [hidden]"],
    ["X: y\rAuthorization: Basic SECRET", "X: y\rAuthorization: Basic [hidden]"],
    ["Cookie: id=SECRET; b=c", "Cookie: [hidden]"],
    ["Set-Cookie: id=SECRET", "Set-Cookie: [hidden]"],
    ["Host: user:SECRET@host:80", "Host: [hidden]@host:80"],
    ["Origin: https://user:SECRET@host", "Origin: https://[hidden]@host"],
    [
      "Location: http://u:SECRET@h/x?y=http://v:SECRET@i",
      "Location: http://[hidden]@h/x?y=http://[hidden]@i",
    ],
    ["Referer: ws://u:SEC@RET@h/", "Referer: ws://[hidden]@h/"],
    ["Authorization: ", "Authorization: "],
  ])("makes of %j %j", (line, safe) => {
    expect(kept(request(line))).toBe(request(safe));
  });

  test("hides every header of the list, and further ones by name, in any case and folded", () => {
    for (const name of secretHeaders)
      expect(kept(request(`${name}: SECRET`))).toBe(request(`${name}: [hidden]`));
    const more = createHideHead(hash, ["X-Api-Key", "a.b"]);
    const head = more(
      fromLatin1(request("x-api-KEY: SECRET", " MORE", "aXb: y", "A.b: SECRET", "Cookie: SECRET")),
    );
    expect(latin1(head.raw)).toBe(
      request("x-api-KEY: [hidden]", " [hidden]", "aXb: y", "A.b: [hidden]", "Cookie: [hidden]"),
    );
    expect(head.hidden[0]).toEqual({ field: "x-api-KEY", scheme: null, length: 6, hash: "h6" });
  });

  test("can hide any header but those that a replay of the upgrade needs", () => {
    expect(["X-Api-Key", "Origin", "X-Tenant"].map(canHide)).toEqual([true, true, true]);
    expect(["Host", "upgrade", "Sec-WebSocket-Key", "", "a b", "a:b"].map(canHide)).toEqual(
      Array.from({ length: 6 }, () => false),
    );
  });

  test("hides the userinfo of a target in absolute form", () => {
    expect(kept("GET http://u:SECRET@h/x HTTP/1.1\r\n\r\n")).toBe("GET http://[hidden]@h/x HTTP/1.1\r\n\r\n");
  });

  test("is content with a head that was hidden before", () => {
    const safe = request("Authorization: Basic [hidden]", "Host: [hidden]@h");
    expect(hide(safe)).toMatchObject({ hidden: [] });
    expect(kept(safe)).toBe(safe);
  });

  test("never keeps a password, wherever a head is broken", () => {
    const breaks = fc.constantFrom("", " ", "\t", "\r", "\n", "\r\n", "\u0000", "X: y\r\n");
    fc.assert(
      fc.property(fc.array(breaks, { minLength: 4, maxLength: 4 }), ([a, b, c, d]) => {
        expect(kept(`GET / HTTP/1.1\r\n${a}Authorization${b}:${c}Basic SECRET${d}\r\n\r\n`)).toSatisfy(
          (head: string) => !head.includes("SECRET") || /[\r\n]/.test(`${b}${c}`),
        );
      }),
    );
  });

  test("never throws, and changes nothing without a secret in it", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (raw) => void hideHead(raw)));
  });
});

describe("hideUserinfo", () => {
  test.each([
    ["ws://user:SECRET@host/base", "ws://[hidden]@host/base"],
    ["ws://host/a@b", "ws://host/a@b"],
    ["", ""],
  ])("makes of %s %s", (url, safe) => {
    expect(hideUserinfo(url)).toBe(safe);
  });
});
