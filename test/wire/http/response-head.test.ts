// Reading the CSMS's answer to an upgrade, and the proxy's own answers.
import { describe, expect, test } from "vitest";
import { fromLatin1, utf8 } from "../../../src/base/bytes.js";
import { parseHead, readHead } from "../../../src/wire/http/head.js";
import {
  bodyEnd,
  chosenSubprotocol,
  ownAnswer,
  statusOf,
  withSubprotocol,
} from "../../../src/wire/http/response-head.js";

const headOf = (...lines: readonly string[]) => parseHead(fromLatin1(`${lines.join("\r\n")}\r\n\r\n`));

describe("statusOf", () => {
  test.each([
    ["HTTP/1.1 101 Switching Protocols", 101],
    ["HTTP/1.0 404 ", 404],
    ["HTTP/1.1 503", 503],
    ["HTTP/1.1 1011 x", undefined],
    ["HTTP/2 200 OK", undefined],
    ["GET / HTTP/1.1", undefined],
  ])("reads from %s the status %j", (line, status) => {
    expect(statusOf(headOf(line))).toBe(status);
  });
});

describe("bodyEnd", () => {
  test.each([
    [["HTTP/1.1 401 x", "Content-Length: 12"], { kind: "length", bytes: 12 }],
    [["HTTP/1.1 401 x", "Transfer-Encoding: gzip, Chunked", "Content-Length: 3"], { kind: "chunked" }],
    [["HTTP/1.1 401 x"], { kind: "until-close" }],
    [["HTTP/1.1 401 x", "Content-Length: twelve"], { kind: "until-close" }],
    [["HTTP/1.1 204 x", "Content-Length: 12"], { kind: "none" }],
    [["HTTP/1.1 304 x"], { kind: "none" }],
    [["nonsense"], { kind: "until-close" }],
  ])("gives for head %j the end %j", (lines, end) => {
    expect(bodyEnd(headOf(...lines))).toEqual(end);
  });
});

describe("chosenSubprotocol", () => {
  test("returns the subprotocol that the CSMS named, or null", () => {
    expect(chosenSubprotocol(headOf("HTTP/1.1 101 x", "sec-websocket-protocol: ocpp1.6"))).toBe("ocpp1.6");
    expect(chosenSubprotocol(headOf("HTTP/1.1 101 x", "Sec-WebSocket-Protocol: "))).toBeNull();
    expect(chosenSubprotocol(headOf("HTTP/1.1 101 x"))).toBeNull();
  });
});

describe("ownAnswer", () => {
  test("gives a complete answer with its length in bytes and Connection: close", () => {
    const result = readHead(utf8(ownAnswer(502, "Bad Gateway", "Säule")));
    expect(result.kind === "head" && bodyEnd(result.head)).toEqual({ kind: "length", bytes: 7 });
    expect(result.kind === "head" && result.rest).toEqual(utf8("Säule\n"));
  });
});

describe("withSubprotocol", () => {
  const raw = "HTTP/1.1 101 Go\r\nsec-websocket-protocol: ocpp1.6\r\nUpgrade: websocket\r\n\r\n";
  test.each([
    [undefined, "HTTP/1.1 101 Go\r\nUpgrade: websocket\r\n\r\n"],
    ["x", "HTTP/1.1 101 Go\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: x\r\n\r\n"],
  ])("sets subprotocol %s, and changes no other byte", (subprotocol, changed) => {
    expect(new TextDecoder().decode(withSubprotocol(parseHead(fromLatin1(raw)), subprotocol))).toBe(changed);
  });
});
