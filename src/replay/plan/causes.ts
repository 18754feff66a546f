// Finds the steps of a plan that a call of the CSMS caused, by the table of causes and by the values that a call hands out
// and a step carries; and the accepted calls whose effect is not in the recording. Coming before a step is not
// enough to be its cause. Takes time in proportion to the plan.

import { parseEnvelope, payloadIn } from "../../ocpp/envelope/parse-envelope.js";
import { connectorOf, connectorStatusOf, textAt } from "../../ocpp/payload.js";
import { assumedVersion, familyOf, type OcppFamily } from "../../ocpp/version.js";
import { type CauseRow, causeRows, type EffectStep } from "./causes-table.js";
import type { CallStep, Cause, Expectation, Plan, PlanStep } from "./plan.js";

/** The most calls of one action that can cause later steps; the oldest are forgotten. */
const maxRemembered = 50;

/** An accepted call of the CSMS that may cause steps. */
interface AcceptedCall {
  readonly expectation: number;
  readonly connection: number;
  readonly payload: unknown;
  /** The rows whose one step has come. */
  readonly spent: Set<CauseRow>;
}

interface Found {
  readonly call: AcceptedCall;
  readonly row: CauseRow;
}

const groupBy = (member: "call" | "effect"): ReadonlyMap<string, readonly CauseRow[]> => {
  const groups = new Map<string, CauseRow[]>();
  for (const row of causeRows) {
    const name = `${row.family} ${row[member]}`;
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return groups;
};

const rowsByEffect = groupBy("effect");
const rowsByCall = groupBy("call");

const acceptances: readonly unknown[] = ["Accepted", "AcceptedCanceled", "Scheduled", "Unlocked"];

/** Whether the result of a CSMS call accepts it. */
export function isAcceptance(action: string, result: unknown): boolean {
  // Without a file name there are no diagnostics (1.6 5.9).
  if (action === "GetDiagnostics") return textAt(result, "fileName") !== undefined;
  const status = textAt(result, "status");
  return status === undefined || acceptances.includes(status);
}

const isAccepted = ({ action, answer }: Expectation): boolean => {
  const envelope = answer?.text === undefined ? undefined : parseEnvelope(answer.text);
  return envelope?.kind === "call-result" && isAcceptance(action, envelope.payload);
};

class CauseFinder {
  readonly causes = new Map<number, Cause>();
  /** Accepted calls whose promised step has not come. */
  readonly unfulfilled = new Set<number>();
  private readonly plan: Plan;
  private readonly accepted = new Map<string, AcceptedCall[]>();
  private readonly statuses = new Map<string, string | undefined>();
  /** The call that hands out the value of a slot. */
  private readonly handedOutBy = new Map<number, number>();
  private lastDial: number | undefined;
  private readonly ends = new Map<number, number>();

  constructor(plan: Plan) {
    this.plan = plan;
  }

  run(): void {
    let next = 0;
    const { expectations, steps } = this.plan;
    for (const [index, step] of steps.entries()) {
      for (let e = expectations[next]; e !== undefined && e.before <= index; e = expectations[++next])
        this.takeCall(next, e);
      this.takeStep(index, step);
    }
    for (let e = expectations[next]; e !== undefined; e = expectations[++next]) this.takeCall(next, e);
  }

  private family(connection: number): OcppFamily {
    return familyOf(this.plan.versions.get(connection) ?? assumedVersion);
  }

  private takeCall(index: number, expectation: Expectation): void {
    for (const slot of expectation.teaches.values()) this.handedOutBy.set(slot, index);
    const name = `${this.family(expectation.connection)} ${expectation.action}`;
    const rows = rowsByCall.get(name);
    if (rows === undefined || !isAccepted(expectation)) return;
    const { connection } = expectation;
    const payload = payloadIn(expectation.text);
    const list = this.accepted.get(name) ?? [];
    list.push({ expectation: index, connection, payload, spent: new Set() });
    if (list.length > maxRemembered) list.shift();
    this.accepted.set(name, list);
    if (rows.some(({ promised }) => promised)) this.unfulfilled.add(index);
  }

  private takeStep(index: number, step: PlanStep): void {
    if (step.kind === "dial") this.lastDial = index;
    if (step.kind === "end") this.ends.set(step.connection, index);
    if (step.kind !== "call") return;
    this.follow(index, step);
    const handingOut = this.handingOutFor(step);
    const cause = this.causes.get(index);
    if (handingOut === undefined || (cause !== undefined && cause.expectation !== handingOut)) return;
    const what = cause?.what ?? "a message with a value that it hands out";
    this.causes.set(index, { expectation: handingOut, what, brings: true });
  }

  /** The call that hands out a value of the step, if a run can have the value from nothing else. */
  private handingOutFor(step: CallStep): number | undefined {
    for (const { slot } of step.uses) {
      const known = this.plan.slots[slot];
      const handingOut = this.handedOutBy.get(slot);
      if (handingOut !== undefined && known?.learnedFrom === -1 && known.given === undefined)
        return handingOut;
    }
    return undefined;
  }

  private follow(index: number, step: CallStep): void {
    if (step.type !== "CALL") return;
    const family = this.family(step.connection);
    const rows = rowsByEffect.get(`${family} ${step.action}`);
    if (rows === undefined) return;
    const isStatus = step.action === "StatusNotification";
    if (!isStatus && !rows.some(({ call }) => this.accepted.has(`${family} ${call}`))) return;
    const payload = payloadIn(step.out.text);
    const connector = `${connectorOf(payload)}`;
    const effect: EffectStep = { payload, statusBefore: this.statuses.get(connector) };
    if (isStatus) this.statuses.set(connector, connectorStatusOf(payload));
    const found = this.nearest(rows, step.connection, effect);
    if (found !== undefined) this.mark(index, found);
  }

  /** The latest call that can have caused the step. */
  private nearest(rows: readonly CauseRow[], connection: number, effect: EffectStep): Found | undefined {
    let best: Found | undefined;
    for (const row of rows) {
      const list = this.accepted.get(`${row.family} ${row.call}`) ?? [];
      const call = list.findLast(
        (one) => one.connection <= connection && !one.spent.has(row) && row.matches(one.payload, effect),
      );
      if (call !== undefined && call.expectation > (best?.call.expectation ?? -1)) best = { call, row };
    }
    return best;
  }

  private mark(index: number, { call, row }: Found): void {
    const { expectation, spent } = call;
    if (row.takes === "one") spent.add(row);
    if (row.promised) this.unfulfilled.delete(expectation);
    this.causes.set(index, { expectation, what: row.what, brings: row.brings });
    if (row.call === "Reset" && row.effect === "BootNotification") this.markReconnect(call);
  }

  /** A reset also ends the connection that it came on and dials again, if a boot follows. */
  private markReconnect({ expectation, connection }: AcceptedCall): void {
    const dial = this.lastDial;
    const before = this.plan.expectations[expectation]?.before ?? 0;
    if (dial === undefined || dial < before) return;
    this.causes.set(dial, { expectation, what: "the reconnection after it", brings: false });
    const end = this.ends.get(connection);
    if (end !== undefined && end >= before)
      this.causes.set(end, { expectation, what: "the end of the connection by a reset", brings: false });
  }
}

/** The plan with the causes of its steps. */
export function withCauses(plan: Plan): Plan {
  const finder = new CauseFinder(plan);
  finder.run();
  return {
    ...plan,
    steps: plan.steps.map((step, index) => {
      const cause = finder.causes.get(index);
      return cause === undefined ? step : { ...step, cause };
    }),
    expectations: plan.expectations.map((expectation, index) =>
      finder.unfulfilled.has(index) ? { ...expectation, unfulfilled: true } : expectation,
    ),
  };
}
