// Bodies of older versions of the format -> bodies of this version, one small function a version, chained.
// There has been one version so far, so the chain is empty; test/cassettes/ keeps a file of each for ever.

import { formatVersion } from "./codec.js";
import type { Entry } from "./entry.js";
import type { UnpackedMap } from "./unpack.js";

/** Turns a body of one version into a body of the next. */
export type Step = (kind: Entry["kind"], body: UnpackedMap) => UnpackedMap;

/** The step at index i leads from version i + 1 to version i + 2. */
const steps: readonly Step[] = [];

/** The body as this version of the format has it. */
export function migrateBody(kind: Entry["kind"], body: UnpackedMap, from: number): UnpackedMap {
  return steps.slice(Math.max(0, from - 1)).reduce((older, step) => step(kind, older), body);
}

/** Whether a file of this version was made by a newer program than this one. */
export function isNewer(format: number): boolean {
  return format > formatVersion;
}
