// Values that a replay sends instead of recorded ones: reads how options and files write them.

import { VcrError } from "../../base/errors.js";
import { actionsOf, callerOf } from "../../ocpp/catalogue.js";
import { readPointer } from "../../ocpp/json/pointer.js";
import { ocppVersions } from "../../ocpp/version.js";
import type { SetValue } from "../../replay/plan/values/mapped-values.js";
import { noValueMap, type ValueMap } from "../../replay/plan/values/value-map.js";
import { nearest } from "../../text/nearest.js";

/** The key for all recorded values that are not named. */
export const allOthers = "*";

const usage = (message: string): VcrError => new VcrError("USAGE", message);

/** Adds the live value of a recorded one to a map; for `*`, adds a list of which each other recorded value takes the next. */
export function withMapped({ named, others }: ValueMap, recorded: string, live: readonly string[]): ValueMap {
  if (recorded === allOthers) return { named, others: [...others, ...live] };
  const [first = ""] = live;
  return { named: new Map([...named, [recorded, first]]), others };
}

/** Recorded values, each with the value to send instead: `{ CP1: "LAB-1", "*": "LAB-{n}" }`. */
export type MappedNames = Readonly<Record<string, string | readonly string[]>>;

/** The map of these names. */
export function valueMapOf(names: MappedNames): ValueMap {
  let map = noValueMap;
  for (const [recorded, live] of Object.entries(names))
    map = withMapped(map, recorded, typeof live === "string" ? [live] : live);
  return map;
}

/** A value for the payload of an action's CALLs; `json` is its JSON text. Throws VcrError USAGE. */
export function setValueOf(action: string, pointer: string, json: string): SetValue {
  if (!ocppVersions.some((version) => callerOf(version, action) !== undefined)) {
    const meant = nearest(action, ocppVersions.flatMap(actionsOf));
    throw usage(
      `"${action}" is not an action of OCPP${meant === undefined ? "" : `; did you mean ${meant}?`}`,
    );
  }
  if (ocppVersions.every((version) => (callerOf(version, action) ?? "csms") === "csms"))
    throw usage(`${action} is called by the CSMS; values can be set only in CALLs of the charger.`);
  const steps = readPointer(pointer);
  if (steps === undefined || steps.length === 0)
    throw usage(`"${pointer}" is not a JSON pointer into the payload; write /member.`);
  return { action, steps, json, shown: `${action}${pointer}` };
}

/** Values by action and JSON pointer: `{ BootNotification: { "/chargePointModel": "Lab" } }`. */
export type SetPayloads = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The list of these values. Throws VcrError USAGE. */
export function setValuesOf(payloads: SetPayloads): readonly SetValue[] {
  return Object.entries(payloads).flatMap(([action, values]) =>
    Object.entries(values).map(([pointer, value]) => setValueOf(action, pointer, JSON.stringify(value))),
  );
}
