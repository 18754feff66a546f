// The CSMS's answer to an upgrade: its status, its subprotocol, and how its body ends (RFC 9112 section 6.3). Also writes
// the proxy's own answers.

import { concat, fromLatin1, latin1 } from "../../base/bytes.js";
import { fieldList, fieldValue, type Head } from "./head.js";

/** The status code of a response head; undefined if its first line is not a status line. */
export function statusOf(head: Head): number | undefined {
  const found = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(head.startLine);
  return found === null ? undefined : Number(found[1]);
}

/** How the body of a response ends. */
export type BodyEnd =
  | { readonly kind: "none" }
  | { readonly kind: "length"; readonly bytes: number }
  | { readonly kind: "chunked" }
  | { readonly kind: "until-close" };

/** Determines how the body of this response ends. */
export function bodyEnd(head: Head): BodyEnd {
  const status = statusOf(head) ?? 0;
  if ((status >= 100 && status < 200) || status === 204 || status === 304) return { kind: "none" };
  if (fieldList(head, "transfer-encoding").some((coding) => coding.toLowerCase() === "chunked"))
    return { kind: "chunked" };
  const length = fieldValue(head, "content-length");
  if (length !== undefined && /^\d{1,15}$/.test(length)) return { kind: "length", bytes: Number(length) };
  return { kind: "until-close" };
}

/** The subprotocol that the CSMS chose, or null if it named none. */
export function chosenSubprotocol(head: Head): string | null {
  const value = fieldValue(head, "sec-websocket-protocol");
  return value === undefined || value === "" ? null : value;
}

/** An HTTP answer of the proxy itself, as text, which closes the connection; `reason` is the body. */
export function ownAnswer(status: number, phrase: string, reason: string): string {
  const body = `${reason}\n`;
  const length = new TextEncoder().encode(body).length;
  const challenge = status === 401 ? 'WWW-Authenticate: Basic realm="ocpp-vcr", charset="UTF-8"\r\n' : "";
  return `HTTP/1.1 ${status} ${phrase}\r\n${challenge}Content-Type: text/plain; charset=utf-8\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${body}`;
}

/** The head with this subprotocol instead of its own, or with none; no other byte changes. */
export function withSubprotocol(head: Head, subprotocol: string | undefined): Uint8Array {
  const lines = latin1(head.raw).split(/(?<=\n)/);
  const kept = lines.filter((line) => !/^sec-websocket-protocol[ \t]*:/i.test(line));
  const last = kept.pop() ?? "";
  const field = subprotocol === undefined ? "" : `Sec-WebSocket-Protocol: ${subprotocol}\r\n`;
  return concat([...kept, field, last].map(fromLatin1));
}
