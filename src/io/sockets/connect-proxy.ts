// Connects to the CSMS through an HTTP proxy with CONNECT (RFC 9110 section 9.3.6). The password of the proxy is sent only
// to the proxy, and never printed.

import type { Socket } from "node:net";
import { printable } from "../../text/printable.js";
import { headLimits } from "../../wire/http/head.js";
import { statusOf } from "../../wire/http/response-head.js";
import { type DialOutcome, dial } from "./dial.js";
import { readHeadFrom } from "./read-head.js";

/** An HTTP proxy. */
export interface CsmsProxy {
  readonly host: string;
  readonly port: number;
  /** The value of Proxy-Authorization; undefined for none. */
  readonly authorization: string | undefined;
  /** `http://host:port`, for messages. */
  readonly shown: string;
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** Reads `http://user:password@host:port`; undefined if it is something else. */
export function readCsmsProxy(word: string): CsmsProxy | undefined {
  const url = URL.canParse(word) ? new URL(word) : undefined;
  if (url === undefined || url.protocol !== "http:" || url.hostname === "") return undefined;
  const port = url.port === "" ? 80 : Number(url.port);
  const user = `${decoded(url.username)}:${decoded(url.password)}`;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port,
    authorization: user === ":" ? undefined : `Basic ${Buffer.from(user).toString("base64")}`,
    shown: `http://${url.hostname}:${port}`,
  };
}

const failure = (proxy: CsmsProxy, code: string, reason: string): DialOutcome => {
  const error: NodeJS.ErrnoException = new Error(`the proxy ${proxy.shown} ${reason}`);
  error.code = code;
  return { error };
};

const refusals: Readonly<Record<number, string>> = {
  403: "it does not allow this host or port",
  407: "it needs a user name and a password: add them to the URL of --csms-proxy",
  502: "it cannot reach the CSMS",
  503: "it cannot reach the CSMS",
  504: "the CSMS does not answer it",
};

const sendConnect = (socket: Socket, proxy: CsmsProxy, host: string, port: number): void => {
  const authority = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`];
  if (proxy.authorization !== undefined) lines.push(`Proxy-Authorization: ${proxy.authorization}`);
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
};

/** Connects to host and port through the proxy. The socket is paused, and all bytes of the CSMS are still in it. */
export async function connectThrough(
  proxy: CsmsProxy,
  host: string,
  port: number,
  timeoutMs: number,
): Promise<DialOutcome> {
  const begun = performance.now();
  const outcome = await dial(proxy.host, proxy.port, timeoutMs);
  if ("error" in outcome)
    return failure(proxy, outcome.error.code ?? "EPROXY", `cannot be reached: ${outcome.error.message}`);
  const { socket } = outcome;
  sendConnect(socket, proxy, host, port);
  const left = Math.max(1, timeoutMs - (performance.now() - begun));
  const arrival = await readHeadFrom(socket, headLimits, left, Buffer.alloc(0));
  const status = arrival.kind === "head" ? statusOf(arrival.head) : undefined;
  if (arrival.kind === "head" && status !== undefined && status >= 200 && status < 300) {
    if (arrival.rest.length > 0) socket.unshift(arrival.rest);
    return { socket };
  }
  socket.on("error", () => undefined).destroy();
  if (arrival.kind === "timeout") return failure(proxy, "ETIMEDOUT", "did not answer in time");
  if (arrival.kind !== "head" || status === undefined)
    return failure(proxy, "EPROXY", "does not answer like an HTTP proxy");
  const reason = refusals[status] ?? "it refuses to connect";
  return failure(proxy, "EPROXY", `answered "${printable(arrival.head.startLine, 80)}": ${reason}`);
}
