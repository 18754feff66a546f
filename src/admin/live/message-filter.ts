// The conditions by which a caller chooses messages. Each can be checked by itself, so that a message that fails only
// one of them can be shown as a near miss.

import { readDirection } from "../../base/direction.js";
import { messageTypes } from "../../ocpp/envelope/message-type.js";
import { matchesGlob } from "../../text/glob.js";
import { type Parameter, type Parameters, type QueryValues, textParameter } from "../http/parameters.js";
import type { LiveMessage } from "./live-message.js";

/** One condition on a message. */
export interface MessageCondition {
  /** The name of its parameter. */
  readonly name: string;
  /** The parameter's text. */
  readonly wanted: string;
  /** The part of a message that it is about. */
  readonly found: (message: LiveMessage) => string | null;
  readonly holds: (message: LiveMessage) => boolean;
}

/** A message that meets every condition but one. */
export interface NearMiss {
  readonly message: LiveMessage;
  /** The name of the condition that it fails. */
  readonly condition: string;
  readonly wanted: string;
  readonly found: string | null;
}

/** The conditions of a query, by parameter. */
type FilterValues = Readonly<
  Record<
    "direction" | "type" | "action" | "identity" | "identityLike" | "connection" | "id" | "text",
    MessageCondition
  >
>;

const types: readonly string[] = [...messageTypes, "unreadable"];

const equals = (value: string, wanted: string): boolean => value === wanted;
const like = (value: string, wanted: string): boolean => matchesGlob(wanted, value);

/** A parameter that makes a condition. `read` gives the value to compare with; undefined if the text is not valid. */
const condition = (
  description: string,
  found: MessageCondition["found"],
  holds: (value: string, wanted: string) => boolean,
  takes = "a text",
  read: (word: string) => string | undefined = (word) => word,
): Parameter<MessageCondition> => {
  const conditionOf = (word: string, name: string): MessageCondition | undefined => {
    const wanted = read(word);
    if (wanted === undefined) return undefined;
    const holdsFor = (value: string | null): boolean => value !== null && holds(value, wanted);
    return { name, wanted: word, found, holds: (message) => holdsFor(found(message)) };
  };
  return textParameter(description, conditionOf, takes);
};

/** The parameters that choose messages. */
export const filterParameters: Parameters<FilterValues> = {
  direction: condition(
    "The direction of the message.",
    ({ direction }) => direction,
    equals,
    "cp-to-csms or csms-to-cp",
    readDirection,
  ),
  type: condition(
    "The type of the message.",
    ({ type }) => type,
    equals,
    types.join(", "),
    (word) => types.find((type) => type === word),
  ),
  action: condition("A glob. An answer has the action of its CALL.", ({ action }) => action, like),
  identity: condition("Exactly this charge point.", ({ identity }) => identity, equals),
  identityLike: condition("A glob for charge points.", ({ identity }) => identity, like),
  connection: condition("The id of a connection.", ({ connection }) => connection, equals),
  id: condition("The id of a message.", ({ id }) => id, equals),
  text: condition(
    "A part of the message's text.",
    ({ text }) => text,
    (value, wanted) => value.includes(wanted),
  ),
};

/** The conditions of a query, in the order of the parameters. */
export function conditionsOf(query: QueryValues<FilterValues>): readonly MessageCondition[] {
  const names = Object.keys(filterParameters) as (keyof FilterValues)[];
  return names.flatMap((name) => query[name] ?? []);
}

/** Whether a message meets all conditions. */
export function matchesAll(conditions: readonly MessageCondition[], message: LiveMessage): boolean {
  return conditions.every(({ holds }) => holds(message));
}

const maxFoundLength = 200;

/** The one condition that a message fails. Undefined if it fails none or several, and if there is only one condition. */
export function nearMissOf(
  conditions: readonly MessageCondition[],
  message: LiveMessage,
): NearMiss | undefined {
  if (conditions.length < 2) return undefined;
  const [failed, ...others] = conditions.filter(({ holds }) => !holds(message));
  if (failed === undefined || others.length > 0) return undefined;
  const found = failed.found(message)?.slice(0, maxFoundLength) ?? null;
  return { message, condition: failed.name, wanted: failed.wanted, found };
}
