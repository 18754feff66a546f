// How a charge point comes back after a disturbed replay, as a replay plan: it connects again, boots, repeats the
// transaction messages that are not answered yet (OCPP 1.6 section 3.7.1, 2.x E04) and sends a Heartbeat, whose answer
// shows that the CSMS still works.

import { utf8 } from "../base/bytes.js";
import { assumedVersion } from "../ocpp/version.js";
import { ownFrame } from "../replay/plan/outgoing.js";
import type { CallStep, DialStep, OutgoingMessage, Plan, PlanStep } from "../replay/plan/plan.js";
import type { Slot, ValuePlace } from "../replay/plan/values/places.js";
import { opcodes } from "../wire/websocket/frame.js";

/** The plan for coming back. */
export interface ReturnPlan {
  readonly plan: Plan;
  /** For each repeated step, its step in the first plan. */
  readonly origins: ReadonlyMap<number, number>;
  /** The steps whose answers show that the CSMS works. */
  readonly signs: readonly number[];
}

/** What the disturbed replay left open. */
export interface Unsettled {
  /** Steps with transaction messages that were not answered. */
  readonly steps: ReadonlySet<number>;
  /** Values that the CSMS has assigned, as JSON text, by slot. */
  readonly values: ReadonlyMap<number, string>;
  /** The start of message ids that are not used yet. */
  readonly idPrefix: string;
}

const connection = 1;

/** Whether a CALL belongs to a transaction, so that a charge point keeps and repeats it. */
export function isTransactionCall(step: PlanStep): step is CallStep {
  if (step.kind !== "call" || step.type !== "CALL") return false;
  if (["StartTransaction", "StopTransaction", "TransactionEvent"].includes(step.action)) return true;
  return step.action === "MeterValues" && /"transactionId"/.test(step.out.text ?? "");
}

const call = (action: string, payload: unknown, id: string, answer: CallStep["answer"]): CallStep => {
  const text = JSON.stringify([2, id, action, payload]);
  return {
    kind: "call",
    connection,
    atNs: null,
    out: { bytes: ownFrame(opcodes.text, utf8(text)), text, opcode: opcodes.text, mask: undefined },
    type: "CALL",
    id,
    action,
    previous: undefined,
    uses: [],
    answer,
    fills: undefined,
  };
};

const answered = (text: string): CallStep["answer"] => ({
  text,
  kind: "call-result",
  atNs: null,
  teaches: new Map(),
  bound: new Map(),
});

const payloadOf = ({ text = "" }: OutgoingMessage): unknown => {
  const parts: unknown = JSON.parse(text);
  return Array.isArray(parts) ? parts[3] : {};
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Another id of the same form, with at most 36 characters. The form of generated ids depends on it. */
const another = (recorded: string): string => {
  if (uuid.test(recorded)) return recorded.replace(/[0-9]/g, (digit) => String(9 - Number(digit)));
  if (/^[0-9]+$/.test(recorded)) return `0${recorded}`;
  return recorded.length <= 30 ? `${recorded} again` : `again ${recorded.slice(6)}`;
};

/** A repeated message gets another id, because an id must not be used twice. */
const renamed = (out: OutgoingMessage): OutgoingMessage => {
  const rename = (place: ValuePlace): ValuePlace =>
    place.kind === "made" && place.what === "message"
      ? { ...place, recorded: another(place.recorded) }
      : place;
  return out.places === undefined ? out : { ...out, places: out.places.map(rename) };
};

const bootOf = ({ steps }: Plan): CallStep | undefined => {
  const boot = steps.find((step) => step.kind === "call" && step.action === "BootNotification");
  return boot?.kind === "call" && boot.answer?.kind === "call-result" ? boot : undefined;
};

class Builder {
  readonly steps: PlanStep[] = [];
  readonly origins = new Map<number, number>();
  readonly places = new Map<number, number>();
  private previous: number | undefined;

  add(step: CallStep, origin?: number): number {
    const index = this.steps.push({ ...step, previous: this.previous }) - 1;
    if (step.answer !== undefined) this.previous = index;
    if (origin !== undefined) {
      this.origins.set(index, origin);
      this.places.set(origin, index);
    }
    return index;
  }
}

/** Makes the plan for coming back. Undefined if the first plan opens no connection. */
export function returnPlan(plan: Plan, { steps, values, idPrefix }: Unsettled): ReturnPlan | undefined {
  const dial = plan.steps.find(
    (step): step is DialStep => step.kind === "dial" && step.refusal === undefined,
  );
  if (dial === undefined) return undefined;
  const builder = new Builder();
  builder.steps.push({
    kind: "dial",
    connection,
    atNs: null,
    identity: dial.identity,
    request: dial.request,
    subprotocol: dial.subprotocol,
    refusal: undefined,
  });
  const signs: number[] = [];
  const boot = bootOf(plan);
  if (boot !== undefined)
    signs.push(builder.add(call(boot.action, payloadOf(boot.out), `${idPrefix}-boot`, boot.answer)));
  for (const [index, step] of plan.steps.entries()) {
    if (!steps.has(index) || step.kind !== "call") continue;
    const { cause: _cause, ...repeated } = step;
    builder.add({ ...repeated, connection, atNs: null, out: renamed(step.out) }, index);
  }
  const time = JSON.stringify([3, "", { currentTime: "2026-01-01T00:00:00Z" }]);
  signs.push(builder.add(call("Heartbeat", {}, `${idPrefix}-beat`, answered(time))));
  builder.steps.push({ kind: "end", connection, atNs: null, how: { kind: "unknown" } });
  const slots = plan.slots.map((slot, index): Slot => {
    const given = values.get(index) ?? slot.given;
    const learnedFrom = builder.places.get(slot.learnedFrom) ?? -1;
    return { ...slot, learnedFrom, ...(given === undefined ? {} : { given }) };
  });
  const version = plan.versions.get(dial.connection) ?? assumedVersion;
  const versions = new Map([[connection, version]]);
  return {
    plan: { ...plan, steps: builder.steps, slots, versions, expectations: [], strays: [], notes: [] },
    origins: builder.origins,
    signs,
  };
}
