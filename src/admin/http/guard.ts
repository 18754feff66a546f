// Who may speak to the admin API. A browser on this machine is everybody's: a page of a stranger can send requests to
// 127.0.0.1, so names and origins are checked before anything is read, and nothing here ever allows one by CORS.

import type { IncomingMessage } from "node:http";
import { AdminProblem } from "./problem.js";
import { isToken } from "./token.js";

/** Whom a listener trusts. */
export interface GuardOptions {
  readonly token: string;
  /** Names in Host beside the loopback's and the address that was reached. */
  readonly hosts: readonly string[];
}

const loopback = ["127.0.0.1", "localhost", "[::1]"];
const bearer = /^bearer[ ]+(\S+)$/i;
/** How a WebSocket of a browser, which cannot set headers, shows its token. */
const bearerProtocol = "bearer.";

/** The name in a Host field, without its port, in lower case; undefined where it is none. */
const hostName = (field: string): string | undefined =>
  /^(\[[0-9a-f:.%]+\]|[^:[\]/@\s]+)(?::\d{1,5})?$/i.exec(field)?.[1]?.toLowerCase();

const bracketed = (address: string): string => (address.includes(":") ? `[${address}]` : address);

/** Checks every request before it is looked at. */
export class Guard {
  private readonly token: string;
  private readonly hosts: ReadonlySet<string>;

  constructor({ token, hosts }: GuardOptions) {
    this.token = token;
    this.hosts = new Set([...loopback, ...hosts.map((host) => bracketed(host).toLowerCase())]);
  }

  /** Refuses, by throwing, what comes by a foreign name or from a foreign page. */
  admit(request: IncomingMessage): void {
    const host = request.headers.host ?? "";
    const name = hostName(host);
    // Rebinding takes a name; the address that the socket was reached by cannot be rebound.
    const reached = bracketed((request.socket.localAddress ?? "").replace(/^::ffff:/, ""));
    if (name === undefined || !(this.hosts.has(name) || name === reached))
      throw new AdminProblem(
        403,
        "foreign-host",
        "this name is not one of this listener's",
        "Use 127.0.0.1, localhost or the address it listens on, or allow the name with --admin-host.",
      );
    const { origin } = request.headers;
    const site = request.headers["sec-fetch-site"];
    const isForeign = origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`;
    if (isForeign || site === "cross-site" || site === "same-site")
      throw new AdminProblem(
        403,
        "foreign-origin",
        "a page of another origin may not speak to this listener",
        "Call it from a program, or from a page that this very listener serves.",
      );
  }

  /** Refuses, by throwing, who does not show the token. */
  authorize(request: IncomingMessage): void {
    const shown = bearer.exec(request.headers.authorization ?? "")?.[1] ?? tokenInProtocols(request);
    if (shown !== undefined && isToken(this.token, shown)) return;
    throw new AdminProblem(
      401,
      shown === undefined ? "no-token" : "wrong-token",
      shown === undefined ? "this needs the access token" : "this is not the access token",
      "Send Authorization: Bearer TOKEN; record says at its start where the token lies.",
    );
  }
}

const tokenInProtocols = (request: IncomingMessage): string | undefined => {
  const field = request.headers["sec-websocket-protocol"];
  if (field === undefined || request.headers.upgrade === undefined) return undefined;
  const offered = field.split(",").map((word) => word.trim());
  return offered.find((word) => word.startsWith(bearerProtocol))?.slice(bearerProtocol.length);
};

/** The subprotocol that a WebSocket is answered with: never the one that holds the token. */
export function chosenProtocol(offered: Iterable<string>): string | false {
  return [...offered].find((word) => !word.startsWith(bearerProtocol)) ?? false;
}
