// Values that the messages of a selection carry and that nothing in it learns, because the exchange that handed them
// out was cut off (OCPP 1.6: the transactionId of a StartTransaction.conf). Finds them, and puts values that the user
// gives into a plan. A value that the recording never saw handed out is the charger's own, and is sent as recorded.

import type { Inflate } from "../../analyse/messages/deflate.js";
import { unboundCode } from "../../analyse/select/kept-entry.js";
import type { Entry } from "../../cassette/format/entry.js";
import { unquote } from "../../ocpp/json/string.js";
import type { PlanMaking } from "./compile-plan.js";
import type { CallStep, Plan, PlanStep } from "./plan.js";
import { idKey, transactionIdsOf } from "./transaction-id-scan.js";
import type { Slot, SlotUse, ValuePlace } from "./values/places.js";
import { sameSpelling } from "./values/slots.js";
import { transactionIdsIn } from "./values/transaction-ids.js";

/** The kinds of values that a CSMS hands out. */
export type ValueKind = "transactionId";

/** A value that messages of a selection carry and nothing in it learns. */
export interface UnboundValue {
  readonly kind: ValueKind;
  /** As its characters stand in the recording. */
  readonly recorded: string;
  /** How many CALLs carry it. */
  readonly steps: number;
  /** Whether the recording saw it handed out; where it did not, it is the charger's own. */
  readonly isHandedOut: boolean;
}

/** A value that the user gives for a recorded one. */
export interface GivenValue {
  readonly kind: ValueKind;
  readonly recorded: string;
  readonly value: string;
}

/** The recorded value without quotes. */
export function bareValue({ recorded }: Pick<UnboundValue, "recorded">): string {
  return recorded.startsWith('"') ? unquote(recorded) : recorded;
}

/** How a value is named: `transactionId:4711`. */
export function valueName(value: Pick<UnboundValue, "kind" | "recorded">): string {
  return `${value.kind}:${bareValue(value)}`;
}

/** Whether both are of one kind and of the same spelling. */
export function isSameValue(
  one: Pick<UnboundValue, "kind" | "recorded">,
  other: Pick<UnboundValue, "kind" | "recorded">,
): boolean {
  return valueName(one) === valueName(other);
}

const isOldVersion = (plan: Plan, connection: number): boolean => plan.versions.get(connection) === "1.6";

/** The transaction ids of a CALL that belong to no slot. */
const unboundIn = (
  plan: Plan,
  step: CallStep,
): readonly { recorded: string; use: Omit<SlotUse, "slot"> }[] => {
  if (step.out.text === undefined || !isOldVersion(plan, step.connection)) return [];
  return transactionIdsIn(step.action, step.out.text)
    .filter((leaf) => leaf.source !== "null" && !step.uses.some(({ offset }) => offset === leaf.offset))
    .map(({ source, offset, length }) => ({ recorded: source, use: { offset, length } }));
};

/** The values that the notes of a trimmed recording name. */
const namedInNotes = (entries: readonly Entry[]): readonly string[] =>
  entries.flatMap((entry) => {
    if (entry.kind !== "note" || entry.code !== unboundCode) return [];
    const found = /^transactionId:(\S+) /.exec(entry.message)?.[1];
    return found === undefined ? [] : [idKey(found)];
  });

/** The values that `selected` carries and does not learn; `recording` is what it was selected from. */
export function unboundValues(
  selected: readonly Entry[],
  recording: readonly Entry[],
  inflate?: Inflate,
  making: PlanMaking = {},
): readonly UnboundValue[] {
  const { unlearned } = transactionIdsOf(selected, inflate, making);
  if (unlearned.size === 0) return [];
  // Without the edit, which keeps account of the CALLs that are replayed.
  const { handedOut } = transactionIdsOf(recording, inflate, { bindings: making.bindings ?? [] });
  for (const key of namedInNotes(recording)) handedOut.add(key);
  return [...unlearned].map(([key, found]) => ({
    kind: "transactionId",
    ...found,
    isHandedOut: handedOut.has(key),
  }));
}

/** The value as characters of JSON, of the type of the recorded one where that is possible. */
const asJson = (value: string, recorded: string): string =>
  /^-?(?:0|[1-9]\d*)$/.test(value) && !recorded.startsWith('"') ? value : JSON.stringify(value);

/** The plan with given values, as slots that have a value from the start. */
export function withGiven(plan: Plan, given: readonly GivenValue[]): Plan {
  const slots: Slot[] = [...plan.slots];
  const slotsOf = new Map<string, number>();
  const slotOf = (recorded: string): number | undefined => {
    const found = given.find((one) => idKey(one.recorded) === idKey(recorded));
    if (found === undefined) return undefined;
    // One slot a spelling, because the value is written in the type of the recorded one.
    const key = `${found.kind} ${recorded}`;
    const known = slotsOf.get(key);
    if (known !== undefined) return known;
    slotsOf.set(key, slots.length);
    const name = `given-${valueName({ kind: found.kind, recorded })}`;
    slots.push({
      name,
      recorded: sameSpelling(recorded),
      learnedFrom: -1,
      given: asJson(found.value, recorded),
    });
    return slots.length - 1;
  };
  const steps = plan.steps.map((step): PlanStep => {
    if (step.kind !== "call") return step;
    const uses = unboundIn(plan, step).flatMap(({ recorded, use }): SlotUse[] => {
      const slot = slotOf(recorded);
      return slot === undefined ? [] : [{ ...use, slot }];
    });
    if (uses.length === 0) return step;
    const places = uses.map((use): ValuePlace => ({ kind: "slot", ...use }));
    const inOrder = (a: { readonly offset: number }, b: { readonly offset: number }): number =>
      a.offset - b.offset;
    return {
      ...step,
      out: { ...step.out, places: [...(step.out.places ?? []), ...places].sort(inOrder) },
      uses: [...step.uses, ...uses].sort(inOrder),
    };
  });
  const expectations = plan.expectations.map((expectation) => {
    if (!isOldVersion(plan, expectation.connection)) return expectation;
    const bound = new Map(expectation.bound);
    for (const { path, source } of transactionIdsIn(expectation.action, expectation.text)) {
      const pointer = path
        .slice(1)
        .map((name) => `/${name}`)
        .join("");
      const slot = bound.has(pointer) ? undefined : slotOf(source);
      if (slot !== undefined) bound.set(pointer, slot);
    }
    return { ...expectation, bound };
  });
  return { ...plan, slots, steps, expectations };
}
