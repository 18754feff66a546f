// Settings that hold message data: JSON values, JSON pointers into a payload, shifts of time, directions, and messages to
// wait for.

import { type Direction, readDirection } from "../../base/direction.js";
import { durationPattern, readDuration } from "../../base/duration.js";
import { messageTypes } from "../../ocpp/envelope/message-type.js";
import { readPointer } from "../../ocpp/json/pointer.js";
import { jsonOfYaml } from "../../yaml/json-text.js";
import { fallbackOf, type Setting } from "../../yaml/settings.js";
import { type IssueReporter, readMap, readText, readWord, show, type Value } from "../../yaml/value.js";
import type { AwaitedMessage } from "./wait.js";

/** A JSON value, as JSON text. Numbers keep the digits written in the file. */
export function json(meaning: string, fallback?: string): Setting<string> {
  return {
    read: readJsonText,
    schema: {},
    takes: "a JSON value; numbers keep the digits as written",
    meaning,
    fallback: fallbackOf(fallback),
  };
}

/** The JSON text of a value. Undefined if the value contains a number that JSON cannot write, which is reported. */
export function readJsonText(value: Value, what: string, report: IssueReporter): string | undefined {
  let isValid = true;
  const json = jsonOfYaml(value, (where, _code, message) => {
    isValid = false;
    report(where, "not-json", `${what}: ${message}`);
  });
  return isValid ? json : undefined;
}

/** A JSON pointer into a payload, with its steps. */
export interface PayloadPath {
  readonly pointer: string;
  readonly steps: readonly string[];
}

/** A JSON pointer into the payload; `*` matches every item of a list. */
export function pointer(meaning: string, fallback?: PayloadPath): Setting<PayloadPath> {
  return {
    read: readPayloadPath,
    schema: { type: "string", pattern: "^(/([^~]|~[01])*)?$" },
    takes: "a JSON pointer into the payload like /meterValue/0/timestamp; * matches every item of a list",
    meaning,
    fallback: fallbackOf(fallback),
  };
}

/** Reads a JSON pointer. Undefined if the value is not one, which is reported. */
export function readPayloadPath(value: Value, what: string, report: IssueReporter): PayloadPath | undefined {
  const text = value.kind === "scalar" && typeof value.value === "string" ? value.value : undefined;
  const steps = text === undefined ? undefined : readPointer(text);
  if (text !== undefined && steps !== undefined) return { pointer: text, steps };
  const must = `${what} must be a JSON pointer like /meterValue/0/timestamp`;
  report(value.where, "pointer", `${must}, found ${show(value)}`);
  return undefined;
}

const longestShiftMs = 100 * 366 * 24 * 60 * 60 * 1000;

/** A shift of time in milliseconds: a duration with an optional sign. */
export function shift(meaning: string): Setting<number> {
  return {
    read: (value, what, report) => {
      const text = value.kind === "scalar" && typeof value.value === "string" ? value.value : "";
      const ms = readDuration(text.replace(/^[+-]/, ""));
      if (ms !== undefined && ms > 0 && ms <= longestShiftMs) return text.startsWith("-") ? -ms : ms;
      report(
        value.where,
        "duration",
        `${what} must be a duration with an optional sign like 90s, -2h or +15m, found ${show(value)}`,
      );
      return undefined;
    },
    schema: { type: "string", pattern: `^[+-]?${durationPattern}$` },
    takes: "a duration with an optional sign like 90s, -2h or +15m",
    meaning,
    fallback: "required",
  };
}

/** One of the two directions, or an alias of it. */
export function direction(meaning: string): Setting<Direction> {
  return {
    read: readDirectionName,
    schema: { enum: directions },
    takes: directions.join(", "),
    meaning,
    fallback: "required",
  };
}

const directions = ["cp-to-csms", "csms-to-cp"] as const;

const readDirectionName = (value: Value, what: string, report: IssueReporter): Direction | undefined => {
  const found = value.kind === "scalar" ? readDirection(String(value.value)) : undefined;
  return found ?? readWord(value, what, directions, report);
};

/** A message to wait for: any of direction, type, action and id. */
export function awaited(meaning: string): Setting<AwaitedMessage> {
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
    fallback: "required",
  };
}

const readAwaited = (value: Value, what: string, report: IssueReporter): AwaitedMessage | undefined => {
  const members = readMap(value, what, ["direction", "type", "action", "id"], report);
  if (members === undefined) return undefined;
  if (members.size === 0) {
    report(value.where, "missing-key", `${what} needs direction, type, action or id`);
    return undefined;
  }
  let isValid = true;
  const part = <Part>(
    key: string,
    read: (value: Value, what: string, report: IssueReporter) => Part | undefined,
  ): Part | undefined => {
    const member = members.get(key);
    if (member === undefined) return undefined;
    const found = read(member.value, key, report);
    isValid &&= found !== undefined;
    return found;
  };
  const message: AwaitedMessage = {
    direction: part("direction", readDirectionName),
    type: part("type", (member, name, reportPart) => readWord(member, name, messageTypes, reportPart)),
    action: part("action", readText),
    id: part("id", readText),
  };
  return isValid ? message : undefined;
};
