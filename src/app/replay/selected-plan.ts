// The part of a recording that `replay` plays: the options that select it, and what is done about values that were
// handed out in front of it. Reads words and makes the plan; the run itself is somebody else's.

import type { PrologueKind } from "../../analyse/select/prologue.js";
import { type SelectOptions, selectEntries } from "../../analyse/select/select-entries.js";
import { isEverything, type Selection } from "../../analyse/select/selection.js";
import { VcrError } from "../../base/errors.js";
import type { Entry } from "../../cassette/format/entry.js";
import { inflate } from "../../io/platform/inflate.js";
import type { Plan } from "../../replay/plan/plan.js";
import {
  type GivenValue,
  type UnboundValue,
  unboundValues,
  valueName,
  withGiven,
} from "../../replay/plan/unbound.js";
import { printable } from "../../text/printable.js";
import { refuseEmpty } from "../refuse-empty.js";

/** The part of a recording that is replayed, and what becomes of values that the CSMS assigned before that part. */
export interface SelectedPart {
  /** Undefined selects the whole recording. */
  readonly selection: Selection | undefined;
  readonly prologue: PrologueKind;
  /** Live values that stand for recorded ones from before the cut. */
  readonly bind?: readonly GivenValue[] | undefined;
  /** Send the recorded start of transactions that began before the cut. */
  readonly startMissing?: boolean | undefined;
  /** Leave out the messages that carry an unbound value. */
  readonly skipUnbound?: boolean | undefined;
}

/** What a plan is made for. */
export interface PlanRequest {
  readonly path: string;
  readonly entries: readonly Entry[];
  readonly part: SelectedPart;
  /** Makes a plan of what is selected. */
  readonly compile: (entries: readonly Entry[]) => Plan;
  readonly say: (line: string) => void;
  /** Whether the command line names this cassette; of a folder, those without what is selected are left out. */
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

const isCut = ({ selection }: SelectedPart): boolean => selection !== undefined && !isEverything(selection);

const select = (request: PlanRequest, more: Partial<SelectOptions>): readonly Entry[] => {
  const { path, entries, part } = request;
  if (!isCut(part) && Object.keys(more).length === 0) return entries;
  const { selection = everything, prologue } = part;
  const selected = selectEntries(entries, selection, { prologue, ...more }, inflate);
  refuseEmpty(path, selected);
  return selected.entries;
};

const stepsOf = ({ steps }: UnboundValue): string =>
  steps.length === 1 ? "1 step" : `${steps.length} steps`;

const refuseUnbound = (path: string, unbound: readonly UnboundValue[], wasTried: boolean): void => {
  if (unbound.length === 0) return;
  const all = unbound.map((value) => `${printable(valueName(value), 100)} is carried by ${stepsOf(value)}`);
  const why = wasTried ? "and the recording does not hold its start" : "and was handed out before the cut";
  const binds = unbound.map((value) => `--bind ${printable(valueName(value), 100)}=VALUE`).join(" ");
  const others = wasTried ? "or --skip-unbound" : "--start-missing or --skip-unbound";
  throw new VcrError("USAGE", `${printable(path)}: ${all.join(", ")}, ${why}`, `Give ${binds}, ${others}.`);
};

const isGiven = (value: UnboundValue, given: readonly GivenValue[]): boolean =>
  given.some((one) => valueName(one) === valueName(value));

const tellBinds = (request: PlanRequest, loose: readonly UnboundValue[]): void => {
  const { part, say } = request;
  for (const one of part.bind ?? [])
    if (!loose.some((value) => isGiven(value, [one])))
      say(`  note       nothing waits for ${printable(valueName(one), 100)}; --bind does nothing for it`);
  for (const value of loose)
    if (!value.isHandedOut && !isGiven(value, part.bind ?? []))
      say(
        `  note       ${printable(valueName(value), 100)} is sent as recorded: the recording never saw it handed out`,
      );
};

/** The plan of what the options select of a recording; undefined for one in a folder that holds nothing of it. Throws VcrError USAGE where something is missing. */
export function planOfSelection(request: PlanRequest): Plan | undefined {
  const { path, entries, part, compile, say, isNamed } = request;
  if (!isNamed && isCut(part) && isUntouched(request)) {
    say(`${printable(path)}: left out, it holds nothing of the selection`);
    return undefined;
  }
  const { bind = [], startMissing = false, skipUnbound = false } = part;
  const isOpen = (value: UnboundValue): boolean => value.isHandedOut && !isGiven(value, bind);
  const looseOf = (plan: Plan): readonly UnboundValue[] => unboundValues(plan, entries, inflate);
  let plan = compile(select(request, {}));
  let loose = looseOf(plan);
  tellBinds(request, loose);
  let open = loose.filter(isOpen);
  if (open.length > 0 && startMissing) {
    const starts = open.map(bareOf);
    plan = compile(select(request, { starts }));
    loose = looseOf(plan);
    const left = loose.filter(isOpen);
    for (const value of open)
      if (!left.some((one) => valueName(one) === valueName(value)))
        say(`  note       the recorded start of ${printable(valueName(value), 100)} is sent first`);
    open = left;
  }
  if (open.length > 0 && skipUnbound) {
    for (const value of open)
      say(`  note       left out: ${stepsOf(value)} with ${printable(valueName(value), 100)}`);
    const starts = startMissing ? { starts: loose.map(bareOf) } : {};
    plan = compile(select(request, { ...starts, without: open.map(bareOf) }));
    open = looseOf(plan).filter(isOpen);
  }
  refuseUnbound(path, open, startMissing);
  return withGiven(plan, bind);
}

const isUntouched = ({ entries, part }: PlanRequest): boolean =>
  selectEntries(entries, part.selection ?? everything, { prologue: "none" }, inflate).kept === 0;

/** The value without quotes. */
const bareOf = (value: UnboundValue): string => valueName(value).slice(value.kind.length + 1);
