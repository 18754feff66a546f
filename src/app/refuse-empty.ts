// Refuses a selection that matches nothing in a recording.

import type { SelectedEntries } from "../analyse/select/select-entries.js";
import { VcrError } from "../base/errors.js";
import { printable } from "../text/printable.js";

/**
 * Refuses a selection that names something the recording does not have (a transaction, a marker), or that matches none of
 * its messages. Throws VcrError USAGE.
 */
export function refuseEmpty(path: string, selected: SelectedEntries): void {
  const where = printable(path);
  const missing = selected.missing.map((what) => printable(what, 400)).join("; ");
  const hint = "ocpp-vcr show with the same options prints what they select.";
  if (missing !== "") throw new VcrError("USAGE", `${where}: ${missing}`, hint);
  if (selected.kept === 0)
    throw new VcrError(
      "USAGE",
      `${where}: the selection matches none of its ${selected.of} messages`,
      "Leave an option out, or widen it; ocpp-vcr info and show print what the cassette holds.",
    );
}
