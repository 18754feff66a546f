// How values are written on the command line, in the environment and in the configuration file, and what is
// said about values that are not written so. One reader for each kind of value.

import { InvalidArgumentError } from "commander";
import {
  type ListenAddress,
  type ListenPlace,
  readCsmsUrl,
  readListenAddress,
  readListenPlace,
} from "../../app/addresses.js";
import { VcrError } from "../../base/errors.js";

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Reads a duration (`300ms`, `3s`, `5m`, `1h`) into milliseconds. */
export function durationMs(value: string): number {
  const found = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(value.trim());
  const unit = units[found?.[2] ?? ""];
  if (found === null || unit === undefined)
    throw new InvalidArgumentError(`"${value}" is no duration; write 300ms, 3s, 5m or 1h.`);
  return Number(found[1]) * unit;
}

/** Reads a word with a reader of the library; commander shows why it is refused. */
export const asArgument = <Value>(read: () => Value): Value => {
  try {
    return read();
  } catch (error) {
    if (error instanceof VcrError) throw new InvalidArgumentError(error.message);
    throw error;
  }
};

/** Reads `[host:]port`; the host is 127.0.0.1 unless given, an IPv6 address stands in brackets. */
export function listenAddress(value: string): ListenAddress {
  return asArgument(() => readListenAddress(value));
}

/** Reads one `--listen`; one word may hold several, with commas between. */
export function listenPlaces(value: string, before: readonly ListenPlace[] = []): readonly ListenPlace[] {
  return [...before, ...value.split(",").map((word) => asArgument(() => readListenPlace(word)))];
}

/** Reads the URL of a CSMS: `ws[s]://host[:port][/base]`, or the word `embedded`. */
export function csmsUrl(value: string): URL | "embedded" {
  return asArgument(() => readCsmsUrl(value));
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
