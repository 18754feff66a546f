// Which messages a caller asks for, as conditions that can be asked one by one: so that a message which fits all but one
// of them can be told, with what was wanted and what was found.

import { readDirection } from "../../base/direction.js";
import { messageTypes } from "../../ocpp/envelope/message-type.js";
import { matchesGlob } from "../../text/glob.js";
import { badValue } from "../http/problem.js";
import type { LiveMessage } from "./live-message.js";

/** One condition. */
interface Condition {
  readonly name: string;
  readonly wanted: string;
  readonly found: (message: LiveMessage) => string | null;
  readonly holds: (message: LiveMessage) => boolean;
}

/** A message that fits every condition but one. */
export interface NearMiss {
  readonly message: LiveMessage;
  /** The condition that it fails. */
  readonly condition: string;
  readonly wanted: string;
  readonly found: string | null;
}

/** What a caller asks for. */
export interface MessageFilter {
  readonly conditions: readonly Condition[];
}

/** The parameters that make a filter. */
export const filterParameters: readonly string[] = [
  "direction",
  "type",
  "action",
  "identity",
  "identityLike",
  "connection",
  "id",
  "text",
];

const types: readonly string[] = [...messageTypes, "unreadable"];

const conditionOf = (name: string, wanted: string): Condition => {
  const simple = (found: Condition["found"], holds: (value: string) => boolean): Condition => ({
    name,
    wanted,
    found,
    holds: (message) => {
      const value = found(message);
      return value !== null && holds(value);
    },
  });
  const equals = (value: string): boolean => value === wanted;
  switch (name) {
    case "direction": {
      const direction = readDirection(wanted);
      if (direction === undefined) throw badValue(name, wanted, "cp-to-csms or csms-to-cp");
      return simple(
        (message) => message.direction,
        (value) => value === direction,
      );
    }
    case "type":
      if (!types.includes(wanted)) throw badValue(name, wanted, types.join(", "));
      return simple(({ type }) => type, equals);
    case "action":
      return simple(
        ({ action }) => action,
        (value) => matchesGlob(wanted, value),
      );
    case "identity":
      return simple(({ identity }) => identity, equals);
    case "identityLike":
      return simple(
        ({ identity }) => identity,
        (value) => matchesGlob(wanted, value),
      );
    case "connection":
      return simple(({ connection }) => connection, equals);
    case "id":
      return simple(({ id }) => id, equals);
    default:
      return simple(
        ({ text }) => text,
        (value) => value.includes(wanted),
      );
  }
};

/** Reads the conditions of a query. Throws AdminProblem. */
export function readFilter(query: URLSearchParams): MessageFilter {
  const conditions: Condition[] = [];
  for (const name of filterParameters) {
    const wanted = query.get(name);
    if (wanted !== null) conditions.push(conditionOf(name, wanted));
  }
  return { conditions };
}

/** Whether a message is one of those asked for. */
export function fits({ conditions }: MessageFilter, message: LiveMessage): boolean {
  return conditions.every((condition) => condition.holds(message));
}

const longestFound = 200;

/** The one condition that a message fails; undefined where it fails none or several, or where only one is asked. */
export function nearMissOf({ conditions }: MessageFilter, message: LiveMessage): NearMiss | undefined {
  if (conditions.length < 2) return undefined;
  const failed = conditions.filter((condition) => !condition.holds(message));
  const [only] = failed;
  if (only === undefined || failed.length > 1) return undefined;
  const found = only.found(message)?.slice(0, longestFound) ?? null;
  return { message, condition: only.name, wanted: only.wanted, found };
}
