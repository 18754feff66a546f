// Who may call the admin API. Any web page in a browser of this machine can send requests to 127.0.0.1, so the Host and
// Origin headers are checked before anything is read, and no answer has CORS headers.

import type { IncomingMessage } from "node:http";
import { AdminProblem } from "./problem.js";
import { isToken } from "./token.js";

/** What a request must show. */
export interface GuardOptions {
  readonly token: string;
  /** Names that Host may have, besides the loopback names and the address of the socket. */
  readonly hosts: readonly string[];
}

const loopback = ["127.0.0.1", "localhost", "[::1]"];
const bearer = /^bearer[ ]+(\S+)$/i;
/** A browser cannot set headers of a WebSocket: it sends the token as a subprotocol that begins so. */
const bearerProtocol = "bearer.";

/** The name in a Host header, without port, in lower case; undefined if the header is not valid. */
const hostName = (field: string): string | undefined =>
  /^(\[[0-9a-f:.%]+\]|[^:[\]/@\s]+)(?::\d{1,5})?$/i.exec(field)?.[1]?.toLowerCase();

const bracketed = (address: string): string => (address.includes(":") ? `[${address}]` : address);

/** Checks requests before anything else reads them. */
export class Guard {
  private readonly token: string;
  private readonly hosts: ReadonlySet<string>;

  constructor({ token, hosts }: GuardOptions) {
    this.token = token;
    this.hosts = new Set([...loopback, ...hosts.map((host) => bracketed(host).toLowerCase())]);
  }

  /** Throws AdminProblem if the Host header names another machine, or the request comes from a page of another origin. */
  admit(request: IncomingMessage): void {
    const host = request.headers.host ?? "";
    const name = hostName(host);
    // DNS rebinding needs a host name, so the address of the socket itself is safe.
    const reached = bracketed((request.socket.localAddress ?? "").replace(/^::ffff:/, ""));
    if (name === undefined || !(this.hosts.has(name) || name === reached))
      throw new AdminProblem(
        "foreign-host",
        "the Host header is not a name of this API",
        "Use 127.0.0.1, localhost or the address it listens on, or allow the name with --admin-host.",
      );
    const { origin } = request.headers;
    const site = request.headers["sec-fetch-site"];
    const isForeign = origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`;
    if (isForeign || site === "cross-site" || site === "same-site")
      throw new AdminProblem(
        "foreign-origin",
        "web pages of another origin may not call this API",
        "Call it from a program.",
      );
  }

  /** Throws AdminProblem if the request does not carry the token. */
  authorize(request: IncomingMessage): void {
    const shown = bearer.exec(request.headers.authorization ?? "")?.[1] ?? tokenInProtocols(request);
    if (shown !== undefined && isToken(this.token, shown)) return;
    throw new AdminProblem(
      shown === undefined ? "no-token" : "wrong-token",
      shown === undefined ? "the access token is missing" : "this is not the access token",
      "Send Authorization: Bearer TOKEN. record prints at its start where the token is.",
    );
  }
}

const tokenInProtocols = (request: IncomingMessage): string | undefined => {
  const field = request.headers["sec-websocket-protocol"];
  if (field === undefined || request.headers.upgrade === undefined) return undefined;
  const offered = field.split(",").map((word) => word.trim());
  return offered.find((word) => word.startsWith(bearerProtocol))?.slice(bearerProtocol.length);
};

/** The subprotocol to answer a WebSocket with: never the one that holds the token. */
export function chosenProtocol(offered: Iterable<string>): string | false {
  return [...offered].find((word) => !word.startsWith(bearerProtocol)) ?? false;
}
