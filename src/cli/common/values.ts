// How values are written on the command line, in the environment and in the configuration file, and what is
// said about values that are not written so. One reader for each kind of value.

import { InvalidArgumentError } from "commander";

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Reads a duration (`300ms`, `3s`, `5m`, `1h`) into milliseconds. */
export function durationMs(value: string): number {
  const found = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(value.trim());
  const unit = units[found?.[2] ?? ""];
  if (found === null || unit === undefined)
    throw new InvalidArgumentError(`"${value}" is no duration; write 300ms, 3s, 5m or 1h.`);
  return Number(found[1]) * unit;
}

/** An address to listen on. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Reads `[host:]port`; the host is loopback unless given, an IPv6 one stands in brackets. */
export function listenAddress(value: string): ListenAddress {
  const found = /^(?:(\[[0-9a-fA-F:.%a-z]+\]|[^:[\]]*):)?(\d{1,5})$/.exec(value.trim());
  const port = Number(found?.[2] ?? Number.NaN);
  if (found === null || !(port <= 65535))
    throw new InvalidArgumentError(
      `"${value}" is no address to listen on; write 9310, 0.0.0.0:9310 or [::]:9310.`,
    );
  const host = found[1] === undefined ? "127.0.0.1" : found[1].replace(/^\[|\]$/g, "");
  return { host: host === "" ? "0.0.0.0" : host, port };
}

/** Reads the URL of a CSMS: `ws[s]://host[:port][/base]`, or the word `embedded`. */
export function csmsUrl(value: string): URL | "embedded" {
  if (value === "embedded") return "embedded";
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || url.hostname === "")
    throw new InvalidArgumentError(`"${value}" is no URL of a CSMS; write ws://host:port/base, or embedded.`);
  if (url.username !== "" || url.password !== "")
    throw new InvalidArgumentError(
      "the URL of a CSMS cannot hold a user and a password; see --help for how they are given.",
    );
  if (url.search !== "" || url.hash !== "")
    throw new InvalidArgumentError(
      `"${value}" holds a query or a fragment; the charger's own query is passed on.`,
    );
  if (!["ws:", "wss:"].includes(url.protocol))
    throw new InvalidArgumentError(`"${value}" begins neither with ws:// nor with wss://.`);
  return url;
}

/** Reads a whole number from `least` up. */
export function wholeNumber(least: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!/^-?\d+$/.test(value.trim()) || !Number.isSafeInteger(number) || number < least)
      throw new InvalidArgumentError(`"${value}" is no whole number from ${least} up.`);
    return number;
  };
}

/** Reads a number above zero. */
export function positiveNumber(value: string): number {
  const number = Number(value);
  if (!(number > 0) || !Number.isFinite(number))
    throw new InvalidArgumentError(`"${value}" is no number above 0.`);
  return number;
}

const sizes: Readonly<Record<string, number>> = { "": 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Reads a size in bytes (`65536`, `64k`, `16M`). */
export function byteCount(value: string): number {
  const found = /^(\d+)([kKmMgG]?)(?:i?B)?$/.exec(value.trim());
  const factor = sizes[(found?.[2] ?? "").toLowerCase()];
  if (found === null || factor === undefined)
    throw new InvalidArgumentError(`"${value}" is no size; write 65536, 64k or 16M.`);
  return Number(found[1]) * factor;
}

/** Collects the values of an option that may be given several times. */
export function eachValue(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
