// How the addresses of a run are written: where it listens, where the CSMS is, and how chargers are named.

import { VcrError } from "../base/errors.js";
import { canHide } from "../cassette/hide-secrets.js";
import { type IdentitySource, readIdentitySource } from "../wire/http/identity-source.js";
import { type PathRule, readPathRule } from "../wire/http/target.js";

/** An address to listen on; port 0 takes any free port. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** An address to listen on, and what is spoken there; undefined leaves that to the option `tls`. */
export interface ListenPlace extends ListenAddress {
  readonly scheme?: "ws" | "wss" | undefined;
}

const usage = (message: string): VcrError => new VcrError("USAGE", message);

/** Reads `[host:]port`; the host is 127.0.0.1 unless given, and an IPv6 address is in brackets. Throws VcrError USAGE. */
export function readListenAddress(word: string): ListenAddress {
  const found = /^(?:(\[[0-9a-fA-F:.%a-z]+\]|[^:[\]]*):)?(\d{1,5})$/.exec(word.trim());
  const port = Number(found?.[2] ?? Number.NaN);
  if (found === null || !(port <= 65_535))
    throw usage(`"${word}" is not an address to listen on; write 9310, 0.0.0.0:9310 or [::]:9310.`);
  const host = found[1] === undefined ? "127.0.0.1" : found[1].replace(/^\[|\]$/g, "");
  return { host: host === "" ? "0.0.0.0" : host, port };
}

/** Reads `[ws://|wss://][host:]port`. Throws VcrError USAGE. */
export function readListenPlace(word: string): ListenPlace {
  const [, scheme, rest = ""] = /^(?:(wss?):\/\/)?(.*?)\/?$/.exec(word.trim()) ?? [];
  return { ...readListenAddress(rest), scheme: scheme === "ws" || scheme === "wss" ? scheme : undefined };
}

/** Where to listen: a port of 127.0.0.1, a text, or as it is. Throws VcrError USAGE. */
export function listenPlaceOf(place: string | number | ListenPlace): ListenPlace {
  if (typeof place === "number") return { host: "127.0.0.1", port: place };
  return typeof place === "string" ? readListenPlace(place) : place;
}

/** Where to listen, without the protocol: a port of 127.0.0.1, a text, or as it is. Throws VcrError USAGE. */
export function listenAddressOf(address: string | number | ListenAddress): ListenAddress {
  return typeof address === "string" ? readListenAddress(address) : listenPlaceOf(address);
}

/** Reads the URL of a CSMS, `ws[s]://host[:port][/base]`, or the word `embedded`. Throws VcrError USAGE. */
export function readCsmsUrl(word: string): URL | "embedded" {
  if (word === "embedded") return "embedded";
  const url = URL.canParse(word) ? new URL(word) : undefined;
  if (url === undefined || url.hostname === "")
    throw usage(`"${word}" is not the URL of a CSMS; write ws://host:port/base, or embedded.`);
  if (url.username !== "" || url.password !== "")
    throw usage("the URL of a CSMS cannot hold a user and a password; use the options for passwords.");
  if (url.search !== "" || url.hash !== "")
    throw usage(`"${word}" holds a query or a fragment; only the charger's own query goes to the CSMS.`);
  if (!["ws:", "wss:"].includes(url.protocol)) throw usage(`"${word}" does not begin with ws:// or wss://.`);
  return url;
}

/** `ws://host:port/base` of a CSMS, without user, password and query. */
export function shownUrl({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`;
}

/** Reads `append`, `keep` or `replace=/path`. Throws VcrError USAGE. */
export function readPathWord(word: string): PathRule {
  const rule = readPathRule(word);
  if (rule !== undefined) return rule;
  throw usage(`"${word}" is not a path rule; write append, keep or replace=/path.`);
}

/** Reads `path:-1`, `path:N`, `query:NAME`, `basic`, `cert-cn`, `header:NAME` or `/regex/`. Throws VcrError USAGE. */
export function readIdentityWord(word: string): IdentitySource {
  const reading = readIdentitySource(word);
  if (reading.kind === "source") return reading.source;
  throw usage(`${reading.message}.`);
}

/** Reads the names of headers whose values are hidden: `X-Api-Key`, or several with commas. Throws VcrError USAGE. */
export function readHeaderNames(words: string): readonly string[] {
  const names = words.split(",").map((name) => name.trim());
  const wrong = names.find((name) => !canHide(name));
  if (wrong === undefined) return names;
  throw usage(`"${wrong}" cannot be hidden: give a name like X-Api-Key, not a header of the upgrade itself.`);
}
