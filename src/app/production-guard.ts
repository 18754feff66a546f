// The guard before everything that could disturb a production system: what would go to the host that a cassette was
// recorded from, or to a target marked as production, needs that host's name once more. The decision is pure; names are
// compared as URLs spell them, ports are ignored, and this machine itself is no production system unless marked.

import { VcrError } from "../base/errors.js";
import type { Entry } from "../cassette/format/entry.js";
import { printable } from "../text/printable.js";
import { fieldValue, parseHead } from "../wire/http/head.js";

/** What is about to happen. */
export interface GuardedAct {
  /** What it is, for the message: `the replay`, `the faults`. */
  readonly what: string;
  /** The hosts that it goes to: that of the URL, and the one that is dialled instead, if any. */
  readonly hosts: readonly string[];
  /** The hosts that the cassettes were recorded from. */
  readonly recordedFrom: ReadonlySet<string>;
  readonly isMarked: boolean;
  /** The name that was repeated. */
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

/** An IPv4 address that is written as an IPv6 one. */
const mappedAddress = (name: string): string | undefined => {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(name) ?? [];
  if (high === undefined || low === undefined) return undefined;
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [a >> 8, a & 255, b >> 8, b & 255].join(".");
};

/** Whether a host, as `hostName` spells it, is this machine. */
export const isLoopback = (name: string): boolean =>
  name === "localhost" || name.endsWith(".localhost") || name === "::1" || /^127(?:\.\d{1,3}){3}$/.test(name);

/** The host of a URL as cassettes hold it: its userinfo may be hidden. */
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
  const asked = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === "session") addTo(hosts, hostOfUrl(entry.csms));
    if (entry.kind !== "connection-opened" && entry.kind !== "refused") continue;
    addTo(hosts, hostOfUrl(entry.url));
    const host = entry.request === null ? undefined : fieldValue(parseHead(entry.request.raw), "host");
    if (host !== undefined) addTo(asked, hostOfField(host));
  }
  // A recording of ours knows the CSMS, and its chargers asked for us; of any other one Host is all that is known.
  return hosts.size > 0 ? hosts : asked;
}

const addTo = (hosts: Set<string>, host: string | undefined): void => {
  if (host !== undefined && host !== "") hosts.add(host);
};

/** Why something is not done, and what would allow it. */
export interface Guarded {
  readonly host: string;
  readonly why: string;
}

/** Whether an act needs the name of its host, and of which one; undefined where it does not, or has it. */
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

/** The error of a guarded act; undefined where it may be done. */
export function guardError(act: GuardedAct): VcrError | undefined {
  const guarded = guardOf(act);
  if (guarded === undefined) return undefined;
  const host = printable(guarded.host, 200);
  const other = act.confirmed === undefined ? "" : ` (--to-production says ${printable(act.confirmed, 200)})`;
  return new VcrError(
    "PRODUCTION_GUARDED",
    `${act.what} would go to ${host}, and ${guarded.why}${other}`,
    `If that is meant, repeat the name: --to-production ${host}`,
  );
}
