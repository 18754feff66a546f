// The upgrade request of a simulated charge point.
import { describe, expect, test } from "vitest";
import { fromLatin1, latin1, utf8 } from "../../../../src/base/bytes.js";
import type { DialStep } from "../../../../src/replay/plan/plan.js";
import { type DialTarget, upgradeRequest } from "../../../../src/replay/station/link/upgrade.js";

const to: DialTarget = { host: "h:1", basePath: "/base", identity: undefined, password: undefined };

const step = (head: string | null): DialStep => ({
  kind: "dial",
  connection: 1,
  atNs: 0,
  identity: "CP 1",
  request: head === null ? null : { raw: fromLatin1(head), hidden: [] },
  subprotocol: "ocpp1.6",
  refusal: undefined,
});

const recorded =
  "GET /ocpp/CP%201?a=b HTTP/1.1\r\nupgrade: websocket\r\nX-A:  1 \r\nhost: old\r\nX-A: 2\r\nSec-WebSocket-Extensions: permessage-deflate\r\nAuthorization: Basic [hidden]\r\nCookie: [hidden]\r\n\r\n";

const made = (head: string | null, changes: Partial<DialTarget> = {}): { head: string; notes: number } => {
  const request = upgradeRequest(step(head), { ...to, ...changes }, "a2V5");
  return { head: latin1(request.head), notes: request.notes.length };
};

describe("an upgrade request", () => {
  test("an upgrade request keeps order, case and duplicates, and leaves out extensions and secrets", () => {
    expect(made(recorded)).toEqual({
      head: "GET /base/ocpp/CP%201?a=b HTTP/1.1\r\nupgrade: websocket\r\nX-A:  1 \r\nhost: h:1\r\nX-A: 2\r\n\r\n",
      notes: 3,
    });
  });

  test("a hidden Basic header is replaced by one from a password of any bytes", () => {
    const { head } = made(recorded, { password: Uint8Array.of(0xff, 0x00) });
    expect(head).toContain(
      `X-A: 2\r\nAuthorization: Basic ${Buffer.from("CP 1:\xff\x00", "latin1").toString("base64")}\r\n\r\n`,
    );
  });

  test("a Basic header is added if a password is given and none was recorded", () => {
    const { head } = made("GET /CP HTTP/1.1\r\nHost: a\r\n\r\n", { password: utf8("p") });
    expect(head).toBe("GET /base/CP HTTP/1.1\r\nHost: h:1\r\nAuthorization: Basic Q1AgMTpw\r\n\r\n");
  });

  test("another identity replaces the last segment of the path", () => {
    expect(made(recorded, { identity: "B/2" }).head).toContain("GET /base/ocpp/B%2F2?a=b HTTP/1.1");
    expect(made("GET / HTTP/1.1\r\nHost: a\r\n\r\n", { identity: "B" }).head).toContain("GET /base/B ");
  });

  test("a recording without a readable head gets a plain upgrade request", () => {
    const { head } = made(null, { password: utf8("p") });
    expect(head).toBe(
      "GET /base/CP%201 HTTP/1.1\r\nHost: h:1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: a2V5\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: ocpp1.6\r\nAuthorization: Basic Q1AgMTpw\r\n\r\n",
    );
    expect(made("nonsense\r\n\r\n").head).toContain("GET /base/CP%201 HTTP/1.1");
  });

  test("fields about the place, the proxies and the secrets of the recording are left out", () => {
    const own = [
      "Origin: https://old.example",
      "Authorization: Bearer clear",
      "Proxy-Authorization: Basic eA==",
      "cookie: a=b",
      "\tc=d",
      "X-Forwarded-For: 10.0.0.1",
      "x-forwarded-host: old.example",
      "Forwarded: for=10.0.0.1",
      "X-Real-IP: 10.0.0.1",
    ].join("\r\n");
    const { head, notes } = made(
      `GET ws://old.example/CP HTTP/1.1\r\nHost: old\r\n${own}\r\nX-Own: 1\r\n\r\n`,
    );
    expect(head).toBe("GET /base/CP HTTP/1.1\r\nHost: h:1\r\nX-Own: 1\r\n\r\n");
    expect(notes).toBe(8);
  });

  test("a given password replaces a recorded Basic header, and other schemes are left out", () => {
    const clear = "GET /CP HTTP/1.1\r\nHost: a\r\nAuthorization: Basic eDp5\r\nX-A: 1\r\n\r\n";
    expect(made(clear, { password: utf8("p") }).head).toContain("Authorization: Basic Q1AgMTpw\r\nX-A: 1");
    expect(made(clear).head).not.toContain("Authorization");
    const { head } = made("GET /CP HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\n\r\n", {
      password: utf8("p"),
    });
    expect(head).toBe("GET /base/CP HTTP/1.1\r\nHost: h:1\r\nAuthorization: Basic Q1AgMTpw\r\n\r\n");
  });
});
