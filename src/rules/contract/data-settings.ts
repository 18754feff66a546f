// Settings that hold data of messages: JSON values kept as they were written, and places in a payload. Like the
// fields of plain settings, each knows how it is read, its schema and its words.

import { type Direction, readDirection } from "../../base/direction.js";
import { readDuration } from "../../base/duration.js";
import { messageTypes } from "../../ocpp/envelope/message-type.js";
import { readPointer } from "../../ocpp/json/pointer.js";
import type { Setting } from "../../yaml/settings.js";
import { type IssueReporter, readMap, readText, readWord, show, type Value } from "../../yaml/value.js";
import type { AwaitedMessage } from "./wait.js";

/** A JSON value as the text that goes out: numbers keep the characters they were written with. */
export function json<Type extends string | undefined = string>(
  meaning: string,
  ...fallback: readonly [] | readonly [Type]
): Setting<string | Type> {
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
export function jsonOf(value: Value, what: string, report: IssueReporter): string | undefined {
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
export interface PayloadPath {
  readonly pointer: string;
  readonly steps: readonly string[];
}

/** A JSON pointer into the payload; `*` stands for every item of a list. */
export function pointer<Type extends PayloadPath | undefined = PayloadPath>(
  meaning: string,
  ...fallback: readonly [] | readonly [Type]
): Setting<PayloadPath | Type> {
  return {
    read: readPayloadPath,
    schema: { type: "string", pattern: "^(/([^~]|~[01])*)?$" },
    takes: "a JSON pointer into the payload like /meterValue/0/timestamp; * stands for every item of a list",
    meaning,
    fallback: fallback.length === 0 ? "required" : { value: fallback[0] as Type },
  };
}

/** Reads a JSON pointer; undefined where it is none, which is reported. */
export function readPayloadPath(value: Value, what: string, report: IssueReporter): PayloadPath | undefined {
  const said = value.kind === "scalar" && typeof value.value === "string" ? value.value : undefined;
  const steps = said === undefined ? undefined : readPointer(said);
  if (said !== undefined && steps !== undefined) return { pointer: said, steps };
  const must = `${what} must be a JSON pointer like /meterValue/0/timestamp`;
  report(value.where, "pointer", `${must}, found ${show(value)}`);
  return undefined;
}

const longest = 100 * 366 * 24 * 60 * 60 * 1000;

/** A shift of a clock in milliseconds: a duration with or without a sign. */
export function shift(meaning: string): Setting<number> {
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

/** One of the two directions, or an alias of it. */
export function direction(meaning: string): Setting<Direction> {
  return {
    read: directionOf,
    schema: { enum: directions },
    takes: directions.join(", "),
    meaning,
    fallback: "required",
  };
}

const directions = ["cp-to-csms", "csms-to-cp"] as const;

const directionOf = (value: Value, what: string, report: IssueReporter): Direction | undefined => {
  const said = value.kind === "scalar" ? readDirection(String(value.value)) : undefined;
  return said ?? readWord(value, what, directions, report);
};

/** A message that something waits for; every part may be left out. */
export function awaited<Type extends AwaitedMessage | string = AwaitedMessage>(
  meaning: string,
  ...fallback: readonly [] | readonly [Type]
): Setting<AwaitedMessage | Type> {
  return {
    read: readAwaited,
    schema: {
      type: "object",
      additionalProperties: false,
      properties: {
        direction: { enum: directions },
        type: { enum: messageTypes },
        action: { type: "string" },
        id: { type: "string" },
      },
    },
    takes: "a map of direction, type, action (a glob) and id",
    meaning,
    fallback: fallback.length === 0 ? "required" : { value: fallback[0] as Type },
  };
}

const readAwaited = (value: Value, what: string, report: IssueReporter): AwaitedMessage | undefined => {
  const members = readMap(value, what, ["direction", "type", "action", "id"], report);
  if (members === undefined) return undefined;
  if (members.size === 0) {
    report(value.where, "missing-key", `${what} must say direction, type, action or id`);
    return undefined;
  }
  let isWhole = true;
  const part = <Part>(
    key: string,
    read: (value: Value, what: string, report: IssueReporter) => Part | undefined,
  ): Part | undefined => {
    const member = members.get(key);
    if (member === undefined) return undefined;
    const found = read(member.value, key, report);
    isWhole &&= found !== undefined;
    return found;
  };
  const found: AwaitedMessage = {
    direction: part("direction", directionOf),
    type: part("type", (member, name, tell) => readWord(member, name, messageTypes, tell)),
    action: part("action", readText),
    id: part("id", readText),
  };
  return isWhole ? found : undefined;
};
