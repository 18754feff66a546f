// The likely reasons of refused upgrades, one row of the table each.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromLatin1 } from "../../../src/base/bytes.js";
import { type Head, parseHead } from "../../../src/wire/http/head.js";
import { likelyReason, startOfBody } from "../../../src/wire/http/refusal-reason.js";

const headOf = (...lines: readonly string[]): Head => parseHead(fromLatin1([...lines, "", ""].join("\r\n")));

const reason = (
  status: number,
  {
    answer = [],
    asked = [],
    url = "ws://csms.example/ocpp/CP1",
  }: { answer?: string[]; asked?: string[]; url?: string } = {},
): string | undefined =>
  likelyReason({
    status,
    response: headOf(`HTTP/1.1 ${status} X`, ...answer),
    request: headOf("GET /ocpp/CP1 HTTP/1.1", ...asked),
    url,
  });

describe("likelyReason", () => {
  test.each([
    [200, {}, /not from an OCPP endpoint/],
    [
      301,
      { answer: ["Location: https://csms.example/ocpp/CP1"] },
      /wants TLS, write wss:\/\/csms\.example\/ocpp\/CP1/,
    ],
    [
      301,
      { answer: ["Location: https://x/"], url: "ws://csms.example:80/a" },
      /write wss:\/\/csms\.example\/a/,
    ],
    [308, { answer: ["Location: /ocpp/CP1/"] }, /to \/ocpp\/CP1\/.*slash at the end/],
    [302, {}, /to another address/],
    [400, {}, /Host or the subprotocol.*offers no subprotocol/],
    [
      400,
      { url: "wss://csms.example/a", asked: ["Sec-WebSocket-Protocol: ocpp1.5"] },
      /SNI.*offered: ocpp1\.5/,
    ],
    [401, {}, /got none.*profile 1 or 2/],
    [
      401,
      { answer: ['WWW-Authenticate: Digest realm="x"'], asked: ["Authorization: Basic QQ=="] },
      /password is wrong.*asks for Digest/,
    ],
    [403, {}, /allowed addresses/],
    [404, {}, /path is wrong.*does not know this identity/],
    [405, {}, /no GET/],
    [407, {}, /--csms-proxy/],
    [409, {}, /earlier connection/],
    [421, {}, /Host.*SNI/],
    [426, {}, /removed the upgrade/],
    [426, { answer: ["Sec-WebSocket-Version: 13"] }, /version 13; the charger named none/],
    [
      426,
      { answer: ["Sec-WebSocket-Version: 13, 8"], asked: ["Sec-WebSocket-Version: 7"] },
      /version 13, 8; the charger asked for 7/,
    ],
    [
      426,
      { answer: ["Sec-WebSocket-Version: 13"], asked: ["Sec-WebSocket-Version: 13"] },
      /^the WebSocket version was right \(13\), so likely Host or the subprotocol.*does not pass on Upgrade/,
    ],
    [
      426,
      {
        url: "wss://csms.example/a",
        answer: ["Sec-WebSocket-Version: 13"],
        asked: ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: ocpp1.6"],
      },
      /Host, the name in SNI or the subprotocol.*offered: ocpp1\.6/,
    ],
    [429, {}, /too many attempts/],
    [503, {}, /the front end of the CSMS/],
    [508, {}, /leads back to this proxy.*--csms-connect/],
    [500, {}, /its log/],
  ])("gives for status %i with %j the reason %s", (status, facts, expected) => {
    expect(reason(status, facts)).toMatch(expected);
  });

  test("gives for the proxy's own 502 a hint to probe the connection", () => {
    const url = "ws://csms.example/";
    expect(likelyReason({ status: 502, response: undefined, request: undefined, url })).toMatch(/probe/);
  });

  test.each([201, 404.5, 402, 499])("gives no reason for status %i", (status) => {
    expect(reason(status)).toBeUndefined();
  });
});

test.each([
  ["Unknown charge point\n", "Unknown charge point"],
  ["<html><head><style>b{}</style><title>404 Not\n Found</title></head><body>x", "404 Not Found x"],
  ["<script>endless", ""],
  ["x".repeat(200), `${"x".repeat(120)}…`],
  ["", ""],
])("startOfBody shortens %j to %j", (body, shown) => {
  expect(startOfBody(body)).toBe(shown);
});

test("startOfBody gives one short line for any body", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (body) => {
      expect(startOfBody(body)).not.toMatch(/[\r\n]/);
      expect(startOfBody(body).length).toBeLessThanOrEqual(121);
    }),
  );
});
