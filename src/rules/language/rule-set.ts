// The rules of a file as data: when, trigger, then (docs/reference/rules.md). Matching and applying happen elsewhere.

import type { Direction } from "../../base/direction.js";
import type { MessageType } from "../../ocpp/envelope/message-type.js";
import type { OcppVersion } from "../../ocpp/version.js";
import type { Pattern } from "../../text/pattern.js";
import type { FaultUse, Point } from "../contract/fault.js";

/** An identity exactly as it is written, a glob over identities, or a pattern. */
export type IdentityPattern =
  | { readonly kind: "exact"; readonly identity: string }
  | { readonly kind: "like"; readonly glob: string }
  | { readonly kind: "matches"; readonly pattern: Pattern };

/** A text, number, truth value or null, as rule files compare them. */
export type Plain = string | number | boolean | null;

/** One question about a value. */
export type PathTest =
  | { readonly kind: "equals"; readonly value: Plain }
  | { readonly kind: "in"; readonly values: readonly Plain[] }
  | { readonly kind: "matches"; readonly pattern: Pattern }
  | { readonly kind: "exists"; readonly value: boolean }
  | { readonly kind: "gt" | "gte" | "lt" | "lte"; readonly value: number }
  /** Of a date-time: milliseconds since 1970, and how the file wrote them. */
  | { readonly kind: "before" | "after"; readonly ms: number; readonly source: string };

/** All tests of one JSON pointer; every one must hold. */
export interface PathCondition {
  readonly pointer: string;
  readonly steps: readonly string[];
  readonly tests: readonly PathTest[];
}

/** What must be known of the charge point before the message; what is undefined asks nothing. */
export interface StateCondition {
  /** A transaction runs, on any connector or on the one that `connector` names. */
  readonly inTransaction: boolean | undefined;
  /** Its last BootNotification was accepted. */
  readonly booted: boolean | undefined;
  /** The connector (1.6) or EVSE (2.x) that is asked about; undefined for any. */
  readonly connector: number | undefined;
  /** The last reported status of the connector must be one of these. */
  readonly statuses: readonly string[] | undefined;
}

/** A span since the connection came about, in nanoseconds; `to` is not in it. */
export interface AgeRange {
  readonly from: number;
  readonly to: number;
}

/** A span of every day, in milliseconds since midnight UTC, over midnight where `to` comes first; or between two instants. */
export interface ClockRange {
  readonly daily: boolean;
  readonly from: number;
  readonly to: number;
  readonly source: string;
}

/** Which messages a rule looks at; what is undefined or empty asks nothing, and all that is asked must hold. */
export interface When {
  readonly identities: readonly IdentityPattern[] | undefined;
  readonly direction: Direction | undefined;
  readonly versions: readonly OcppVersion[] | undefined;
  readonly types: readonly (MessageType | "unreadable")[] | undefined;
  /** Globs. */
  readonly actions: readonly string[] | undefined;
  /** Tests of the connection's number among those of its identity in the run. */
  readonly connection: readonly PathTest[] | undefined;
  readonly paths: readonly PathCondition[];
  readonly state: StateCondition | undefined;
  readonly window: AgeRange | undefined;
  readonly clock: ClockRange | undefined;
  readonly all: readonly When[] | undefined;
  readonly any: readonly When[] | undefined;
  readonly not: When | undefined;
}

/** Whose messages a trigger counts together. */
export type TriggerScope = "connection" | "identity" | "exchange" | "all";

/** Which of the matching messages a rule acts on; all parts must agree. Durations in nanoseconds. */
export interface Trigger {
  readonly nth: number | undefined;
  readonly every: number | undefined;
  readonly first: number | undefined;
  readonly after: number | undefined;
  readonly times: number | undefined;
  readonly probability: number | undefined;
  readonly per: TriggerScope;
  /** Counted from the first message that matched. */
  readonly window: number | undefined;
  /** Counted from the arming of the rule. */
  readonly ttl: number | undefined;
  /** Acts when nothing has come in either direction for so long, once in every such silence. */
  readonly idle: number | undefined;
  /** Acts at these times since the connection came about. */
  readonly schedule: Schedule | undefined;
}

/** When a rule acts by itself, in nanoseconds since the connection came about. */
export type Schedule =
  | { readonly kind: "every"; readonly period: number }
  | { readonly kind: "at"; readonly times: readonly number[] };

/** One rule: on which messages, on which of them, what to do. */
export interface Rule {
  readonly id: string;
  readonly when: When;
  readonly trigger: Trigger;
  /** What it acts on: the one thing that all its faults can act on. */
  readonly point: Point;
  /** The `then` of the file, in its order. */
  readonly faults: readonly FaultUse[];
}

/** The rules of one file, in its order. */
export interface RuleSet {
  readonly seed: number | undefined;
  readonly rules: readonly Rule[];
  /** The file's text. */
  readonly source: string;
}

/** Whether a rule acts by the clock and not on what comes. */
export function isTimed({ trigger }: Pick<Rule, "trigger">): boolean {
  return trigger.idle !== undefined || trigger.schedule !== undefined;
}
