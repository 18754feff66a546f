// Which actions each version has, and which side calls them.

import type { Side } from "../base/direction.js";
import type { ActionNames } from "./actions.js";
import { assumed2x, assumedVersion, type OcppVersion, ocppVersions, versionTable } from "./version.js";

/** The side that calls an action. */
export type Caller = Side | "both";

const common = "DataTransfer";

const words = (list: string): readonly string[] => list.split(/\s+/).filter((word) => word !== "");

const callersOf = (actions: ActionNames): ReadonlyMap<string, Caller> => {
  const rows: (readonly [string, Caller])[] = [[common, "both"]];
  for (const action of words(actions.charger)) rows.push([action, "charger"]);
  for (const action of words(actions.csms)) rows.push([action, "csms"]);
  return new Map(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
};

const tables = Object.fromEntries(
  ocppVersions.map((version) => [version, callersOf(versionTable[version].actions)]),
) as Readonly<Record<OcppVersion, ReadonlyMap<string, Caller>>>;

/** All actions of a version, in alphabetical order. */
export function actionsOf(version: OcppVersion): readonly string[] {
  return [...tables[version].keys()];
}

/** The side that calls an action in this version; undefined if the version has no such action. */
export function callerOf(version: OcppVersion, action: string): Caller | undefined {
  return tables[version].get(action);
}

/** Whether the version has this action. */
export function isKnownAction(version: OcppVersion, action: string): boolean {
  return tables[version].has(action);
}

/** The version that an action shows, if only 1.6 or only 2.x has it; undefined for other actions. */
export function versionByAction(action: string): OcppVersion | undefined {
  const is16 = isKnownAction(assumedVersion, action);
  const is2x = isKnownAction(assumed2x, action);
  return is16 === is2x ? undefined : is16 ? assumedVersion : assumed2x;
}
