// A selection that takes nothing of a recording is an error.

import type { SelectedEntries } from "../analyse/select/select-entries.js";
import { VcrError } from "../base/errors.js";
import { plural } from "../text/plural.js";
import { printable } from "../text/printable.js";

/** What was asked for and cannot be had. Throws VcrError USAGE. */
export function refuseEmpty(path: string, selected: SelectedEntries): void {
  const where = printable(path);
  const missing = selected.missing.map((what) => printable(what, 400)).join("; ");
  const hint = "ocpp-vcr show, with the same options, shows what they select.";
  if (missing !== "") throw new VcrError("USAGE", `${where}: ${missing}`, hint);
  if (selected.kept === 0)
    throw new VcrError(
      "USAGE",
      `${where}: the selection fits none of its ${plural(selected.of, "message")}`,
      "Leave an option out, or widen it; ocpp-vcr info and show tell what the cassette holds.",
    );
}
