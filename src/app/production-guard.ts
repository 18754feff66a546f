// The guard of production systems. Replaying or sending faults to the host a cassette was recorded from, or to a target
// marked as production, is refused unless the name of that host is given once more (--to-production). Host names are
// compared in the spelling of URLs, ports are ignored. This machine counts as production only if it is marked.

import { VcrError } from "../base/errors.js";
import type { Entry } from "../cassette/format/entry.js";
import { printable } from "../text/printable.js";
import { fieldValue, parseHead } from "../wire/http/head.js";

/** An act that the guard decides about. */
export interface GuardedAct {
  /** Its name in the message: `the replay`, `the faults`. */
  readonly what: string;
  /** The hosts that receive it: that of the URL, and the one that is dialled instead, if any. */
  readonly hosts: readonly string[];
  /** The hosts that the cassettes were recorded from. */
  readonly recordedFrom: ReadonlySet<string>;
  /** Whether the target is marked as production. */
  readonly isMarked: boolean;
  /** The host that --to-production names. */
  readonly confirmed: string | undefined;
}

/** A host in one spelling: lower case, no port, no brackets, no dot at the end, addresses in their shortest form. */
export function hostName(host: string): string {
  const bare = host.trim().replace(/^\[|\]$/g, "");
  const url = `ws://${bare.includes(":") ? `[${bare}]` : bare}`;
  const name = URL.canParse(url) ? new URL(url).hostname : bare.toLowerCase();
  const plain = name.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  return mappedAddress(plain) ?? plain;
}

/** The IPv4 address in an IPv4-mapped IPv6 one (RFC 4291 section 2.5.5.2). */
const mappedAddress = (name: string): string | undefined => {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(name) ?? [];
  if (high === undefined || low === undefined) return undefined;
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [a >> 8, a & 255, b >> 8, b & 255].join(".");
};

/** Whether a host, as `hostName` spells it, is this machine. */
export const isLoopback = (name: string): boolean =>
  name === "localhost" || name.endsWith(".localhost") || name === "::1" || /^127(?:\.\d{1,3}){3}$/.test(name);

/** The host of a URL on a cassette, where user and password may be hidden. */
const hostOfUrl = (url: string | null): string | undefined => {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#]+)/i.exec(url ?? "")?.[1];
  return authority === undefined ? undefined : hostOfField(authority);
};

/** The host of `host[:port]`; an IPv6 address without brackets has no port. */
const hostOfField = (field: string): string =>
  hostName(/^(?:[^:]*|\[.*\]):\d*$/.test(field.trim()) ? field.replace(/:\d*\s*$/, "") : field);

/** The hosts that a cassette was recorded from. */
export function hostsOf(entries: Iterable<Entry>): ReadonlySet<string> {
  const hosts = new Set<string>();
  const hostFields = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === "session") addTo(hosts, hostOfUrl(entry.csms));
    if (entry.kind !== "connection-opened" && entry.kind !== "refused") continue;
    addTo(hosts, hostOfUrl(entry.url));
    const host = entry.request === null ? undefined : fieldValue(parseHead(entry.request.raw), "host");
    if (host !== undefined) addTo(hostFields, hostOfField(host));
  }
  // In a recording of this proxy, Host names the proxy, and the URL names the CSMS. Without a URL there is only Host.
  return hosts.size > 0 ? hosts : hostFields;
}

const addTo = (hosts: Set<string>, host: string | undefined): void => {
  if (host !== undefined && host !== "") hosts.add(host);
};

/** Why an act is refused. */
export interface Guarded {
  /** The host that --to-production must name to allow it. */
  readonly host: string;
  readonly why: string;
}

/** Why an act is refused; undefined if it is allowed. */
export function guardOf(act: GuardedAct): Guarded | undefined {
  const names = act.hosts.map(hostName);
  const confirmed = act.confirmed === undefined ? undefined : hostOfField(act.confirmed);
  const [first = ""] = names;
  if (act.isMarked && (confirmed === undefined || !names.includes(confirmed)))
    return { host: first, why: "the target is marked as production" };
  const recorded = names.find((name) => act.recordedFrom.has(name) && !isLoopback(name));
  if (recorded !== undefined && confirmed !== recorded)
    return { host: recorded, why: "the cassette was recorded from that host" };
  return undefined;
}

/** The error PRODUCTION_GUARDED of an act; undefined if it is allowed. */
export function guardError(act: GuardedAct): VcrError | undefined {
  const guarded = guardOf(act);
  if (guarded === undefined) return undefined;
  const host = printable(guarded.host, 200);
  const other =
    act.confirmed === undefined ? "" : ` (--to-production names ${printable(act.confirmed, 200)})`;
  return new VcrError(
    "PRODUCTION_GUARDED",
    `${act.what} would go to ${host}, and ${guarded.why}${other}`,
    `To allow it, repeat the name: --to-production ${host}`,
  );
}
