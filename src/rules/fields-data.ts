// Settings that hold data of messages: JSON values kept as they were written, and places in a payload. Like the
// fields of plain settings, each knows how it is read, its schema and its words.

import { readPointer } from "../ocpp/json-pointer.js";
import { readDuration } from "./duration.js";
import type { Field } from "./fields.js";
import { type Report, show, type Value } from "./value.js";

/** A JSON value as the text that goes out: numbers keep the characters they were written with. */
export function json<Type extends string | undefined = string>(
  meaning: string,
  ...fallback: readonly [] | readonly [Type]
): Field<string | Type> {
  return {
    read: (value, what, report) => jsonOf(value, what, report),
    schema: {},
    takes: "a JSON value; numbers keep the characters they are written with",
    meaning,
    fallback: fallback.length === 0 ? "required" : { value: fallback[0] as Type },
  };
}

const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** The JSON text of a value of a rule file; undefined where it has none, which is reported. */
export function jsonOf(value: Value, what: string, report: Report): string | undefined {
  switch (value.kind) {
    case "map": {
      const members = value.members.map(({ key, value: member }) => {
        const text = jsonOf(member, what, report);
        return text === undefined ? undefined : `${JSON.stringify(key)}:${text}`;
      });
      return members.includes(undefined) ? undefined : `{${members.join(",")}}`;
    }
    case "list": {
      const items = value.items.map((item) => jsonOf(item, what, report));
      return items.includes(undefined) ? undefined : `[${items.join(",")}]`;
    }
    case "scalar":
      if (typeof value.value !== "number") return JSON.stringify(value.value);
      if (number.test(value.source)) return value.source;
      if (Number.isFinite(value.value)) return JSON.stringify(value.value);
      report(value.where, "not-json", `${what} cannot be ${show(value)}, which JSON cannot say`);
      return undefined;
  }
}

/** A place in the payload, as its steps. */
export interface Place {
  readonly pointer: string;
  readonly steps: readonly string[];
}

/** A JSON pointer into the payload; `*` stands for every item of a list. */
export function pointer<Type extends Place | undefined = Place>(
  meaning: string,
  ...fallback: readonly [] | readonly [Type]
): Field<Place | Type> {
  return {
    read: placeOf,
    schema: { type: "string", pattern: "^(/([^~]|~[01])*)?$" },
    takes: "a JSON pointer into the payload like /meterValue/0/timestamp; * stands for every item of a list",
    meaning,
    fallback: fallback.length === 0 ? "required" : { value: fallback[0] as Type },
  };
}

/** Reads a JSON pointer; undefined where it is none, which is reported. */
export function placeOf(value: Value, what: string, report: Report): Place | undefined {
  const said = value.kind === "scalar" && typeof value.value === "string" ? value.value : undefined;
  const steps = said === undefined ? undefined : readPointer(said);
  if (said !== undefined && steps !== undefined) return { pointer: said, steps };
  const must = `${what} must be a JSON pointer like /meterValue/0/timestamp`;
  report(value.where, "pointer", `${must}, found ${show(value)}`);
  return undefined;
}

const longest = 100 * 366 * 24 * 60 * 60 * 1000;

/** A shift of a clock in milliseconds: a duration with or without a sign. */
export function shift(meaning: string): Field<number> {
  return {
    read: (value, what, report) => {
      const said = value.kind === "scalar" && typeof value.value === "string" ? value.value : "";
      const ms = readDuration(said.replace(/^[+-]/, ""));
      if (ms !== undefined && ms > 0 && ms <= longest) return said.startsWith("-") ? -ms : ms;
      report(
        value.where,
        "duration",
        `${what} must be a duration with or without a sign like 90s, -2h or +15m, found ${show(value)}`,
      );
      return undefined;
    },
    schema: { type: "string", pattern: "^[+-]?[0-9]{1,9}(\\.[0-9]{1,3})?(ms|s|m|h)$" },
    takes: "a duration with or without a sign like 90s, -2h or +15m",
    meaning,
    fallback: "required",
  };
}
