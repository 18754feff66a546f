// The plan of a selection: decides which entries are replayed when the selection carries values that were handed out
// before its cut, and compiles them once. The decisions are data; the
// command line has the options and the words.

import type { Inflate } from "../../analyse/messages/deflate.js";
import type { PrologueKind } from "../../analyse/select/prologue.js";
import {
  type SelectedEntries,
  type SelectOptions,
  selectEntries,
} from "../../analyse/select/select-entries.js";
import { isEverything, type Selection } from "../../analyse/select/selection.js";
import type { Entry } from "../../cassette/format/entry.js";
import { compilePlan, type PlanMaking } from "./compile-plan.js";
import type { Plan } from "./plan.js";
import {
  bareValue,
  type GivenValue,
  isSameValue,
  type UnboundValue,
  unboundValues,
  withGiven,
} from "./unbound.js";

/** What a plan is wanted of. */
export interface PlanRequest {
  readonly entries: readonly Entry[];
  readonly selection: Selection;
  readonly prologue: PrologueKind;
  /** Values that the user gives for recorded ones. */
  readonly given: readonly GivenValue[];
  /** Take the recorded starts of transactions that began before the cut into the prologue. */
  readonly startMissing: boolean;
  /** Leave out the messages that carry a value without a known live one. */
  readonly skipUnbound: boolean;
  readonly inflate: Inflate;
  readonly making: PlanMaking;
}

/** One decision about a value. */
export type ValueNote =
  /** Nothing carries this value that the user gives. */
  | { readonly what: "unused"; readonly value: GivenValue }
  /** It is sent as recorded, because the recording never saw it handed out. */
  | { readonly what: "as-recorded"; readonly value: UnboundValue }
  /** The recorded start of its transaction is sent first. */
  | { readonly what: "started"; readonly value: UnboundValue }
  /** The messages that carry it are left out. */
  | { readonly what: "left-out"; readonly value: UnboundValue };

/** What came of a request; notes in the order of the decisions. */
export type PlannedSelection =
  | { readonly kind: "plan"; readonly plan: Plan; readonly notes: readonly ValueNote[] }
  /** The recording holds nothing of the selection. */
  | { readonly kind: "nothing"; readonly selected: SelectedEntries; readonly notes: readonly ValueNote[] }
  /** These values have no live ones. */
  | {
      readonly kind: "unbound";
      readonly values: readonly UnboundValue[];
      readonly notes: readonly ValueNote[];
    };

/** Plans what is selected of a recording. */
export function planSelection(request: PlanRequest): PlannedSelection {
  const { entries, selection, given, making, inflate } = request;
  const first = isEverything(selection) ? undefined : select(request, {});
  if (first !== undefined && isNothing(first)) return { kind: "nothing", selected: first, notes: [] };
  const { selected, open, notes } = settle(request, first);
  if (selected !== undefined && isNothing(selected)) return { kind: "nothing", selected, notes };
  if (open.length > 0) return { kind: "unbound", values: open, notes };
  const plan = compilePlan(selected?.entries ?? entries, inflate, making);
  return { kind: "plan", plan: withGiven(plan, given), notes };
}

/** Selects again, with starts and without messages, until no value is without a live one or nothing more may be done. */
const settle = (
  request: PlanRequest,
  first: SelectedEntries | undefined,
): {
  readonly selected: SelectedEntries | undefined;
  readonly open: readonly UnboundValue[];
  readonly notes: readonly ValueNote[];
} => {
  const { given, startMissing, skipUnbound } = request;
  const carried = carriedBy(request, first);
  const notes = notesOnGiven(given, carried);
  let selected = first;
  let open = withoutValue(carried, given);
  let starts: readonly string[] = [];
  if (open.length > 0 && startMissing) {
    starts = open.map(bareValue);
    selected = select(request, { starts });
    const left = withoutValue(carriedBy(request, selected), given);
    for (const value of open)
      if (!left.some((one) => isSameValue(one, value))) notes.push({ what: "started", value });
    open = left;
  }
  if (open.length > 0 && skipUnbound) {
    for (const value of open) notes.push({ what: "left-out", value });
    selected = select(request, { starts, without: open.map(bareValue) });
    open = withoutValue(carriedBy(request, selected), given);
  }
  return { selected, open, notes };
};

const select = (request: PlanRequest, more: Partial<SelectOptions>): SelectedEntries => {
  const { entries, selection, prologue, inflate } = request;
  return selectEntries(entries, selection, { prologue, ...more }, inflate);
};

const isNothing = ({ kept, missing }: SelectedEntries): boolean => kept === 0 || missing.length > 0;

const carriedBy = (
  { entries, inflate, making }: PlanRequest,
  selected: SelectedEntries | undefined,
): readonly UnboundValue[] => unboundValues(selected?.entries ?? entries, entries, inflate, making);

const isGiven = (value: UnboundValue, given: readonly GivenValue[]): boolean =>
  given.some((one) => isSameValue(one, value));

/** The values that need a live one; a value that was never handed out is sent as recorded. */
const withoutValue = (
  values: readonly UnboundValue[],
  given: readonly GivenValue[],
): readonly UnboundValue[] => values.filter((value) => value.isHandedOut && !isGiven(value, given));

const notesOnGiven = (given: readonly GivenValue[], carried: readonly UnboundValue[]): ValueNote[] => {
  const unused = given.filter((value) => !carried.some((one) => isSameValue(one, value)));
  const kept = carried.filter((value) => !value.isHandedOut && !isGiven(value, given));
  return [
    ...unused.map((value): ValueNote => ({ what: "unused", value })),
    ...kept.map((value): ValueNote => ({ what: "as-recorded", value })),
  ];
};
