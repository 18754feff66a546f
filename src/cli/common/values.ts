// The readers of option values from the command line, the environment and the configuration file, one for each kind of
// value. Each throws InvalidArgumentError with a message that shows how to write the value.

import { InvalidArgumentError } from "commander";
import {
  type ListenAddress,
  type ListenPlace,
  readCsmsUrl,
  readListenAddress,
  readListenPlace,
} from "../../app/addresses.js";
import { readDuration } from "../../base/duration.js";
import { VcrError } from "../../base/errors.js";

/** Reads a duration (`300ms`, `3s`, `5m`, `1h`) into milliseconds. */
export function durationMs(value: string): number {
  const ms = readDuration(value.trim());
  if (ms === undefined)
    throw new InvalidArgumentError(`"${value}" is not a duration; write 300ms, 3s, 5m or 1h.`);
  return ms;
}

/** Calls a reader of the library; turns its VcrError into an InvalidArgumentError, which commander prints. */
export const asArgument = <Value>(read: () => Value): Value => {
  try {
    return read();
  } catch (error) {
    if (error instanceof VcrError) throw new InvalidArgumentError(error.message);
    throw error;
  }
};

/** Reads `[host:]port`; the host is 127.0.0.1 unless given, and an IPv6 address is in brackets. */
export function listenAddress(value: string): ListenAddress {
  return asArgument(() => readListenAddress(value));
}

/** Reads a `--listen`, which may hold several addresses separated by commas. */
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
      throw new InvalidArgumentError(`"${value}" is not a whole number from ${least} up.`);
    return number;
  };
}

/** Reads a number above zero. */
export function positiveNumber(value: string): number {
  const number = Number(value);
  if (!(number > 0) || !Number.isFinite(number))
    throw new InvalidArgumentError(`"${value}" is not a number above 0.`);
  return number;
}

const sizes: Readonly<Record<string, number>> = { "": 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Reads a size in bytes (`65536`, `64k`, `16M`). */
export function byteCount(value: string): number {
  const found = /^(\d+)([kKmMgG]?)(?:i?B)?$/.exec(value.trim());
  const factor = sizes[(found?.[2] ?? "").toLowerCase()];
  if (found === null || factor === undefined)
    throw new InvalidArgumentError(`"${value}" is not a size; write 65536, 64k or 16M.`);
  return Number(found[1]) * factor;
}

/** Collects the values of an option that may be given several times. */
export function eachValue(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
