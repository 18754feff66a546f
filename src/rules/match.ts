// Whether a rule's conditions hold. The cheap ones (who, which way, what) are asked apart from the paths,
// which need the parsed payload. Nothing here remembers anything.

import type { Direction } from "../base/direction.js";
import { matchesGlob } from "../base/glob.js";
import { follow } from "../ocpp/json-pointer.js";
import type { DecidedType } from "../ocpp/message-type.js";
import { fitsPattern } from "./pattern.js";
import type { PathCondition, PathTest, When } from "./rule-set.js";

/** Whether the conditions allow this charge point and this direction. */
export function matchesLane(when: When, identity: string, direction: Direction): boolean {
  if (when.direction !== undefined && when.direction !== direction) return false;
  if (when.identities === undefined) return true;
  return when.identities.some((pattern) =>
    pattern.kind === "exact" ? pattern.identity === identity : matchesGlob(pattern.glob, identity),
  );
}

/** Whether the conditions allow this type and action. */
export function matchesKind(when: When, type: DecidedType, action: string | undefined): boolean {
  if (when.types !== undefined && !when.types.some((asked) => asked === type)) return false;
  if (when.actions === undefined) return true;
  return action !== undefined && when.actions.some((glob) => matchesGlob(glob, action));
}

/** Whether all path conditions hold for the payload; where there is none to look into, none does. */
export function matchesPaths(paths: readonly PathCondition[], payload: unknown): boolean {
  if (paths.length === 0) return true;
  return payload !== undefined && paths.every((condition) => matchesPath(condition, payload));
}

const matchesPath = (condition: PathCondition, payload: unknown): boolean => {
  const { found, value } = follow(payload, condition.steps);
  return condition.tests.every((test) =>
    test.kind === "exists" ? test.value === found : found && holds(test, value),
  );
};

const holds = (test: Exclude<PathTest, { kind: "exists" }>, value: unknown): boolean => {
  switch (test.kind) {
    case "equals":
      return value === test.value;
    case "matches":
      return typeof value === "string" && fitsPattern(test.pattern, value);
    case "gt":
      return numberOf(value) > test.value;
    case "gte":
      return numberOf(value) >= test.value;
    case "lt":
      return numberOf(value) < test.value;
    case "lte":
      return numberOf(value) <= test.value;
  }
};

/** A number, or a text that spells one (OCPP 1.6 writes measured values as texts); NaN compares with nothing. */
const numberOf = (value: unknown): number => {
  if (typeof value === "number") return value;
  const spelled =
    typeof value === "string" && value.length <= 64 && /^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(value);
  return spelled ? Number(value) : Number.NaN;
};
