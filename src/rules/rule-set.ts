// A rule file as data: when, trigger, then (design section 7). Plain values only, so that a rule can be
// printed, explained and compared; matching and applying them happens elsewhere.

import type { Direction } from "../base/direction.js";
import type { MessageType } from "../ocpp/message-type.js";
import type { Point } from "./faults/fault.js";
import type { FaultUse } from "./faults/registry.js";
import type { Pattern } from "./pattern.js";

/** An identity exactly as it is written, or a glob over identities. */
export type IdentityPattern =
  | { readonly kind: "exact"; readonly identity: string }
  | { readonly kind: "like"; readonly glob: string };

/** One question about the value at a path. */
export type PathTest =
  | { readonly kind: "equals"; readonly value: string | number | boolean | null }
  | { readonly kind: "matches"; readonly pattern: Pattern }
  | { readonly kind: "exists"; readonly value: boolean }
  | { readonly kind: "gt" | "gte" | "lt" | "lte"; readonly value: number };

/** All tests of one JSON pointer; every one must hold. */
export interface PathCondition {
  readonly pointer: string;
  readonly steps: readonly string[];
  readonly tests: readonly PathTest[];
}

/** Which messages a rule looks at; what is undefined or empty asks nothing. */
export interface When {
  readonly identities: readonly IdentityPattern[] | undefined;
  readonly direction: Direction | undefined;
  readonly types: readonly (MessageType | "unreadable")[] | undefined;
  /** Globs. */
  readonly actions: readonly string[] | undefined;
  readonly paths: readonly PathCondition[];
}

/** Whose messages a trigger counts together. */
export type TriggerScope = "connection" | "identity" | "all";

/** Which of the matching messages a rule acts on; all parts must agree. */
export interface Trigger {
  readonly nth: number | undefined;
  readonly every: number | undefined;
  readonly first: number | undefined;
  readonly after: number | undefined;
  readonly times: number | undefined;
  readonly probability: number | undefined;
  readonly per: TriggerScope;
}

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
