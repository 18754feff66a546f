// The CSMS's answer to an upgrade, read on the side.
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
  ])("%s is %j", (line, status) => {
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
  ])("%j ends %j", (lines, end) => {
    expect(bodyEnd(headOf(...lines))).toEqual(end);
  });
});

describe("chosenSubprotocol", () => {
  test("is what the CSMS named, or null", () => {
    expect(chosenSubprotocol(headOf("HTTP/1.1 101 x", "sec-websocket-protocol: ocpp1.6"))).toBe("ocpp1.6");
    expect(chosenSubprotocol(headOf("HTTP/1.1 101 x", "Sec-WebSocket-Protocol: "))).toBeNull();
    expect(chosenSubprotocol(headOf("HTTP/1.1 101 x"))).toBeNull();
  });
});

describe("ownAnswer", () => {
  test("is a whole answer that says its length in bytes and closes", () => {
    const result = readHead(utf8(ownAnswer(502, "Bad Gateway", "Säule")));
    expect(result.kind === "head" && bodyEnd(result.head)).toEqual({ kind: "length", bytes: 7 });
    expect(result.kind === "head" && result.rest).toEqual(utf8("Säule\n"));
  });
});

describe("another subprotocol in an answer", () => {
  const raw = "HTTP/1.1 101 Go\r\nsec-websocket-protocol: ocpp1.6\r\nUpgrade: websocket\r\n\r\n";
  test.each([
    [undefined, "HTTP/1.1 101 Go\r\nUpgrade: websocket\r\n\r\n"],
    ["x", "HTTP/1.1 101 Go\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: x\r\n\r\n"],
  ])("%s takes the place of the one named, and all else stays", (subprotocol, changed) => {
    expect(new TextDecoder().decode(withSubprotocol(parseHead(fromLatin1(raw)), subprotocol))).toBe(changed);
  });
});
