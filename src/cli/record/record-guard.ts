// The guard before a recording with rules armed: faults towards a production system need its name once more.

import type { Command } from "commander";
import { guardError } from "../../app/production-guard.js";
import { confirmedHost } from "../options/production-options.js";
import type { RecordOptions } from "./record-options.js";

/** Refuses faults towards a CSMS that is marked as production. Throws VcrError PRODUCTION_GUARDED. */
export function guardFaults({ csms, csmsConnect, production }: RecordOptions, command: Command): void {
  const confirmed = confirmedHost(command);
  if (csms === undefined || csms === "embedded") return;
  const error = guardError({
    what: "faults",
    hosts: [csms.hostname, ...(csmsConnect === undefined ? [] : [csmsConnect.host])],
    recordedFrom: new Set(),
    isMarked: production === true,
    confirmed,
  });
  if (error !== undefined) throw error;
}
