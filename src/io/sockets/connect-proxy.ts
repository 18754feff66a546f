// The way to the CSMS through an HTTP proxy: CONNECT (RFC 9110 section 9.3.6). Its password is sent to it and told to
// nobody else.

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
  /** The value of Proxy-Authorization; undefined where it wants none. */
  readonly authorization: string | undefined;
  /** `http://host:port`, to show. */
  readonly shown: string;
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** Reads `http://user:password@host:port`; undefined where it is none. */
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

const failure = (proxy: CsmsProxy, code: string, why: string): DialOutcome => {
  const error: NodeJS.ErrnoException = new Error(`the proxy ${proxy.shown} ${why}`);
  error.code = code;
  return { error };
};

const refusals: Readonly<Record<number, string>> = {
  403: "it does not allow this host or port",
  407: "it wants a user and a password: write them into --csms-proxy",
  502: "it cannot reach that host",
  503: "it cannot reach that host",
  504: "that host does not answer it",
};

const ask = (socket: Socket, proxy: CsmsProxy, host: string, port: number): void => {
  const place = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const lines = [`CONNECT ${place} HTTP/1.1`, `Host: ${place}`];
  if (proxy.authorization !== undefined) lines.push(`Proxy-Authorization: ${proxy.authorization}`);
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
};

/** Connects to host and port through the proxy; the socket is paused, and nothing of the CSMS's was read from it. */
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
  ask(socket, proxy, host, port);
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
  const why = refusals[status] ?? "it refuses to connect";
  return failure(proxy, "EPROXY", `answered "${printable(arrival.head.startLine, 80)}": ${why}`);
}
