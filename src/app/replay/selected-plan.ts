// The plan of the selected part of a recording, and what happens to transaction ids that the CSMS assigned before that
// part.

import type { PrologueKind } from "../../analyse/select/prologue.js";
import type { Selection } from "../../analyse/select/selection.js";
import { VcrError } from "../../base/errors.js";
import type { Entry } from "../../cassette/format/entry.js";
import { inflate } from "../../io/platform/inflate.js";
import type { PlanMaking } from "../../replay/plan/compile-plan.js";
import type { Plan } from "../../replay/plan/plan.js";
import { planSelection, type ValueNote } from "../../replay/plan/select-plan.js";
import { type GivenValue, type UnboundValue, valueName } from "../../replay/plan/unbound.js";
import { printable } from "../../text/printable.js";
import { refuseEmpty } from "../refuse-empty.js";
import type { PlanningEvent } from "./planning-events.js";

/** The part of a recording that is replayed, and what happens to values that the CSMS assigned before that part. */
export interface SelectedPart {
  /** Undefined selects the whole recording. */
  readonly selection: Selection | undefined;
  readonly prologue: PrologueKind;
  /** The values of today for recorded ones from before the cut. */
  readonly bind?: readonly GivenValue[] | undefined;
  /** Send the recorded start of transactions that began before the cut. */
  readonly startMissing?: boolean | undefined;
  /** Leave out the messages that carry a value from before the cut. */
  readonly skipUnbound?: boolean | undefined;
}

/** A recording to plan. */
export interface CassettePlanRequest {
  readonly path: string;
  readonly entries: readonly Entry[];
  readonly part: SelectedPart;
  readonly making: PlanMaking;
  readonly emit: (event: PlanningEvent) => void;
  /** Whether this cassette was named. A cassette found in a folder is left out if it has no selected message. */
  readonly isNamed: boolean;
}

const everything: Selection = {
  transactions: [],
  from: undefined,
  to: undefined,
  around: [],
  spanNs: 0,
  connectors: [],
  only: [],
  skip: [],
};

const stepsOf = ({ steps }: UnboundValue): string => (steps === 1 ? "1 step" : `${steps} steps`);

const unboundError = (path: string, unbound: readonly UnboundValue[], wasTried: boolean): VcrError => {
  const all = unbound.map((value) => `${printable(valueName(value), 100)} is carried by ${stepsOf(value)}`);
  const why = wasTried ? "and the recording does not hold its start" : "and was assigned before the cut";
  const binds = unbound.map((value) => `--bind ${printable(valueName(value), 100)}=VALUE`).join(" ");
  const others = wasTried ? "or --skip-unbound" : "--start-missing or --skip-unbound";
  return new VcrError("USAGE", `${printable(path)}: ${all.join(", ")}, ${why}`, `Give ${binds}, ${others}.`);
};

const noteWords = (note: ValueNote): string => {
  const name = printable(valueName(note.value), 100);
  switch (note.what) {
    case "unused":
      return `--bind ${name} has no effect: no message carries it`;
    case "as-recorded":
      return `${name} is sent as recorded: the recording does not show where the CSMS assigned it`;
    case "started":
      return `the recorded start of ${name} is sent first`;
    case "left-out":
      return `left out: ${stepsOf(note.value)} with ${name}`;
  }
};

/** The plan of the selected part; undefined if a cassette found in a folder has no selected message. Throws VcrError USAGE. */
export function planOfSelection(request: CassettePlanRequest): Plan | undefined {
  const { path, entries, part, making, emit, isNamed } = request;
  const { selection = everything, prologue, bind = [], startMissing = false, skipUnbound = false } = part;
  const flags = { given: bind, startMissing, skipUnbound };
  const planned = planSelection({ entries, selection, prologue, ...flags, inflate, making });
  if (planned.kind === "nothing" && !isNamed && planned.selected.kept === 0) {
    emit({ kind: "notice", message: `${printable(path)}: left out, no message matches the selection` });
    return undefined;
  }
  for (const note of planned.notes) emit({ kind: "note", cassette: path, message: noteWords(note) });
  switch (planned.kind) {
    case "nothing":
      refuseEmpty(path, planned.selected);
      return undefined;
    case "unbound":
      throw unboundError(path, planned.values, startMissing);
    case "plan":
      return planned.plan;
  }
}
