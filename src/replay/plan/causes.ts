// Marks the steps of a plan that the recording shows to follow from a call of the CSMS, by the table of
// causes, and the accepted calls whose effect the recording does not have. Pure and linear in the plan: that
// a call merely came before a step makes it no cause of it; that it brought a value which the step carries does.

import { parseEnvelope, payloadIn } from "../../ocpp/envelope/parse-envelope.js";
import { connectorOf, connectorStatusOf, textAt } from "../../ocpp/payload.js";
import { assumedVersion, familyOf, type OcppFamily } from "../../ocpp/version.js";
import { type CauseRow, causeRows, type EffectStep } from "./causes-table.js";
import type { CallStep, Cause, Expectation, Plan, PlanStep } from "./plan.js";

/** Calls of one action that are remembered; older ones have had their time. */
const mostRemembered = 50;

/** An accepted call of the CSMS that steps may follow from. */
interface Asked {
  readonly expectation: number;
  readonly connection: number;
  readonly payload: unknown;
  /** The rows that have had their one step. */
  readonly spent: Set<CauseRow>;
}

interface Found {
  readonly asked: Asked;
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
  /** Accepted calls whose promise no step keeps. */
  readonly unfulfilled = new Set<number>();
  private readonly plan: Plan;
  private readonly asked = new Map<string, Asked[]>();
  private readonly statuses = new Map<string, string | undefined>();
  /** The call that brings the value of a slot. */
  private readonly bringing = new Map<number, number>();
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
        this.ask(next, e);
      this.take(index, step);
    }
    for (let e = expectations[next]; e !== undefined; e = expectations[++next]) this.ask(next, e);
  }

  private family(connection: number): OcppFamily {
    return familyOf(this.plan.versions.get(connection) ?? assumedVersion);
  }

  private ask(index: number, expectation: Expectation): void {
    for (const slot of expectation.teaches.values()) this.bringing.set(slot, index);
    const name = `${this.family(expectation.connection)} ${expectation.action}`;
    const rows = rowsByCall.get(name);
    if (rows === undefined || !isAccepted(expectation)) return;
    const { connection } = expectation;
    const payload = payloadIn(expectation.text);
    const list = this.asked.get(name) ?? [];
    list.push({ expectation: index, connection, payload, spent: new Set() });
    if (list.length > mostRemembered) list.shift();
    this.asked.set(name, list);
    if (rows.some(({ promised }) => promised)) this.unfulfilled.add(index);
  }

  private take(index: number, step: PlanStep): void {
    if (step.kind === "dial") this.lastDial = index;
    if (step.kind === "end") this.ends.set(step.connection, index);
    if (step.kind !== "call") return;
    this.follow(index, step);
    const brought = this.broughtTo(step);
    const cause = this.causes.get(index);
    if (brought === undefined || (cause !== undefined && cause.expectation !== brought)) return;
    const what = cause?.what ?? "a message with a value that it brings";
    this.causes.set(index, { expectation: brought, what, brings: true });
  }

  /** The call that brings a value of the step, where this run cannot have it from anywhere else. */
  private broughtTo(step: CallStep): number | undefined {
    for (const { slot } of step.uses) {
      const known = this.plan.slots[slot];
      const brought = this.bringing.get(slot);
      if (brought !== undefined && known?.learnedFrom === -1 && known.given === undefined) return brought;
    }
    return undefined;
  }

  private follow(index: number, step: CallStep): void {
    if (step.type !== "CALL") return;
    const family = this.family(step.connection);
    const rows = rowsByEffect.get(`${family} ${step.action}`);
    if (rows === undefined) return;
    const isStatus = step.action === "StatusNotification";
    if (!isStatus && !rows.some(({ call }) => this.asked.has(`${family} ${call}`))) return;
    const payload = payloadIn(step.out.text);
    const connector = `${connectorOf(payload)}`;
    const told: EffectStep = { payload, statusBefore: this.statuses.get(connector) };
    if (isStatus) this.statuses.set(connector, connectorStatusOf(payload));
    const found = this.nearest(rows, step.connection, told);
    if (found !== undefined) this.mark(index, found);
  }

  /** The latest call that the step fits to. */
  private nearest(rows: readonly CauseRow[], connection: number, told: EffectStep): Found | undefined {
    let best: Found | undefined;
    for (const row of rows) {
      const list = this.asked.get(`${row.family} ${row.call}`) ?? [];
      const asked = list.findLast(
        (one) => one.connection <= connection && !one.spent.has(row) && row.matches(one.payload, told),
      );
      if (asked !== undefined && asked.expectation > (best?.asked.expectation ?? -1)) best = { asked, row };
    }
    return best;
  }

  private mark(index: number, { asked, row }: Found): void {
    const { expectation, spent } = asked;
    if (row.takes === "one") spent.add(row);
    if (row.promised) this.unfulfilled.delete(expectation);
    this.causes.set(index, { expectation, what: row.what, brings: row.brings });
    if (row.call === "Reset" && row.effect === "BootNotification") this.markReconnect(asked);
  }

  /** A reset also ends the connection it came on, and dials again; the boot behind that tells that it did. */
  private markReconnect({ expectation, connection }: Asked): void {
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
