// Runs a sweep: replays the recording once clean, then once for each trial, through a recording proxy that has the trial's
// rule. After each replay the charge point reconnects, directly to the CSMS and without faults. This file collects the
// facts; sweep/outcome judges them.

import { VcrError } from "../../base/errors.js";
import { nsPerMs } from "../../base/time.js";
import type { DecisionEntry, Entry } from "../../cassette/format/entry.js";
import { csmsSideOf } from "../../relay/rehearse/csms-view.js";
import { faultsOf } from "../../relay/rehearse/faults-of.js";
import type { Plan } from "../../replay/plan/plan.js";
import type { Outcome } from "../../replay/protocol.js";
import {
  type CsmsConduct,
  csmsConduct,
  judgeSweep,
  newDefects,
  type SweepFacts,
  type SweepJudgement,
} from "../../sweep/outcome.js";
import { isTransactionCall, returnPlan } from "../../sweep/return-plan.js";
import { StepResults } from "../../sweep/step-results.js";
import type { Trial } from "../../sweep/trials.js";
import { inflate } from "../platform/inflate.js";
import { sleep, startTimer } from "../platform/timers.js";
import { dial, dialReason } from "../sockets/dial.js";
import { DisturbedRelay } from "./sweep-relay.js";
import { addressOf, type OpenedCsms, playPlan, type StationFacts } from "./sweep-station.js";

/** How a sweep is run. */
export interface SweepOptions extends StationFacts {
  readonly plan: Plan;
  /** Opens the CSMS for the next replay: always the same one, or a new one each time. */
  readonly openCsms: () => Promise<OpenedCsms>;
  /** Whether it is always the same one. */
  readonly isLasting: boolean;
  /** The seed of the faults. */
  readonly seed: number;
  /** The number of the first run, on which generated ids depend. */
  readonly run: number;
  /** The folder of the cassettes of a trial. */
  readonly folderOf: (name: string) => string;
  /** A cassette cannot be written. */
  readonly onCassetteFailure: (path: string, error: Error) => void;
}

/** The result of a trial. */
export interface TrialResult extends SweepJudgement {
  readonly name: string;
  /** How often the rule acted. */
  readonly applied: number;
  /** Whether the rule acted earlier than its file says, because its own conditions did not occur in the replay. */
  readonly broughtForward: boolean;
  /** The cassettes of the proxy. */
  readonly cassettes: readonly string[];
}

interface Played {
  readonly results: StepResults;
  readonly outcome: Outcome;
  readonly entries: readonly Entry[];
  readonly cassettes: readonly string[];
}

interface Reconnection {
  readonly health: SweepFacts["health"];
  /** Steps of the first plan that were answered now. */
  readonly settled: ReadonlySet<number>;
  readonly entries: readonly Entry[];
}

/** How much longer than the clean replay a disturbed one may take, in timeouts. */
const spareTimeouts = 8;

const describe = (plan: Plan, index: number): string => {
  const step = plan.steps[index];
  return step?.kind === "call" ? `${step.action} (step ${index + 1})` : `step ${index + 1}`;
};

/** A sweep: call `playClean` first, then `attempt` for each trial. */
export class Sweep {
  private readonly options: SweepOptions;
  private clean: { readonly steps: ReadonlySet<number>; readonly conduct: CsmsConduct } | undefined;
  private longestMs = 0;
  private runs = 0;
  /** Wall time in ms until which the next charge point would send dates that the previous one has sent. */
  private freeAtMs = 0;
  private stopPlaying: (() => void) | undefined;
  private isStopped = false;
  /** The CSMS crashed or hung in the last trial. */
  private isCsmsUnhealthy = false;
  /** The last trial's rule did not act, but CALLs were unanswered. */
  private failedWithoutRule = false;

  constructor(options: SweepOptions) {
    this.options = options;
  }

  /** Ends the replay that runs; no other starts. */
  stop(): void {
    this.isStopped = true;
    this.stopPlaying?.();
  }

  /**
   * Plays the clean replay, with which the others are compared; the result is the number of answered CALLs. Throws VcrError
   * CSMS_UNREACHABLE.
   */
  async playClean(): Promise<number> {
    const started = performance.now();
    const csms = await this.options.openCsms();
    try {
      const run = this.options.run + this.runs++;
      const played = await this.play(undefined, csms, run);
      if (played.outcome.verdict === "error" && !this.isStopped)
        throw new VcrError(
          "CSMS_UNREACHABLE",
          `the clean replay failed: ${played.outcome.reason}`,
          "Try ocpp-vcr probe with the URL of the CSMS.",
        );
      const calls = this.options.plan.steps.flatMap((step, index) => (step.kind === "call" ? [index] : []));
      const steps = new Set(calls.filter((index) => played.results.answerTo(index) === "result"));
      this.clean = { steps, conduct: csmsConduct(played.entries, inflate) };
      return steps.size;
    } finally {
      this.longestMs = 2 * (performance.now() - started) + spareTimeouts * this.options.timeoutMs;
      await csms.close();
    }
  }

  /**
   * Runs one trial, and once more with the rule brought forward if it did not act. Undefined if the CSMS has not recovered
   * from the previous trial, or if the sweep was stopped.
   */
  async attempt(trial: Trial): Promise<TrialResult | undefined> {
    let result = await this.attemptOnce(trial);
    // A replay that failed before the rule acted shows nothing about the rule.
    if (this.failedWithoutRule) result = await this.attemptOnce(trial);
    return result?.outcome === "not applied" && trial.sooner !== undefined
      ? await this.attemptOnce(trial.sooner)
      : result;
  }

  private async attemptOnce(trial: Trial): Promise<TrialResult | undefined> {
    this.failedWithoutRule = false;
    const csms = await this.options.openCsms();
    try {
      if (this.isStopped || (this.isCsmsUnhealthy && !(await this.recovers(csms)))) return undefined;
      const run = this.options.run + this.runs++;
      const played = await this.play(trial, csms, run);
      if (this.isStopped) return undefined;
      const back = await this.reconnect(csms, played.results, run);
      if (this.isStopped) return undefined;
      this.isCsmsUnhealthy = this.options.isLasting && back.health.kind !== "well";
      return this.judge(trial, played, back);
    } finally {
      await csms.close();
    }
  }

  private async play(trial: Trial | undefined, csms: OpenedCsms, run: number): Promise<Played> {
    const { options } = this;
    const { plan, seed, onCassetteFailure } = options;
    const wait = this.freeAtMs - Date.now();
    if (wait > 0) await sleep(Math.min(1000, wait));
    const folder = options.folderOf(trial?.name ?? "clean");
    const relay = await DisturbedRelay.start({ csms, seed, folder, trial, onCassetteFailure });
    const results = new StepResults(plan);
    const startedMs = Date.now();
    try {
      const running = playPlan(plan, { url: new URL(relay.url) }, options, {
        run,
        pace: trial?.needsPipelining === true ? "asap" : undefined,
        report: (report) => results.take(report),
        record: () => undefined,
      });
      this.stopPlaying = () => running.stop();
      const limit = trial === undefined ? undefined : startTimer(() => running.stop(), this.longestMs);
      if (this.isStopped) running.stop();
      const outcome = await running.outcome.finally(() => limit?.stop());
      if (options.isLasting && outcome.freeAtNs !== undefined)
        this.freeAtMs = startedMs + outcome.freeAtNs / nsPerMs;
      await relay.close();
      return { results, outcome, entries: relay.entries, cassettes: relay.cassettes };
    } finally {
      this.stopPlaying = undefined;
      await relay.close();
    }
  }

  /**
   * The charge point dials again, repeats the transaction messages that are unanswered in `first`, and sends a Heartbeat.
   * Without `first` it repeats nothing.
   */
  private async reconnect(
    csms: OpenedCsms,
    first: StepResults | undefined,
    run: number,
  ): Promise<Reconnection> {
    const { options } = this;
    const { plan } = options;
    const open = new Set<number>();
    for (const index of first === undefined ? [] : (this.clean?.steps ?? [])) {
      const step = plan.steps[index];
      if (step !== undefined && isTransactionCall(step) && first?.answerTo(index) !== "result")
        open.add(index);
    }
    const idPrefix = `vcr-${options.seed}-${run}-${first === undefined ? "look" : "back"}`;
    const returning = returnPlan(plan, { steps: open, values: first?.values ?? new Map(), idPrefix });
    const entries: Entry[] = [];
    if (returning === undefined) return { health: { kind: "well", why: "" }, settled: new Set(), entries };
    const results = new StepResults(returning.plan);
    const running = playPlan(returning.plan, csms, options, {
      run,
      report: (report) => results.take(report),
      record: (entry) => entries.push(entry),
    });
    this.stopPlaying = () => running.stop();
    await running.outcome;
    this.stopPlaying = undefined;
    const settled = [...returning.origins].filter(([index]) => results.answerTo(index) === "result");
    const silent = returning.signs.find((index) => results.answerTo(index) === "none");
    const health =
      silent === undefined
        ? ({ kind: "well", why: "" } as const)
        : await this.diagnose(csms, entries, describe(returning.plan, silent).replace(/ \(.*/, ""));
    return { health, settled: new Set(settled.map(([, origin]) => origin)), entries };
  }

  private async diagnose(
    csms: OpenedCsms,
    entries: readonly Entry[],
    silent: string,
  ): Promise<SweepFacts["health"]> {
    const { timeoutMs } = this.options;
    const { host, port } = addressOf(csms);
    const dialled = await dial(host, port, timeoutMs);
    if ("error" in dialled) {
      const kind = dialled.error.code === "ETIMEDOUT" ? "hung" : "crashed";
      return { kind, why: `afterwards it cannot be dialled: ${dialReason(dialled.error)}` };
    }
    dialled.socket.destroy();
    const refused = entries.find((entry) => entry.kind === "refused");
    if (refused?.status != null)
      return { kind: "crashed", why: `afterwards it refuses the upgrade with ${refused.status}` };
    const what = refused === undefined ? `a ${silent} on a new connection` : "a new upgrade";
    return { kind: "hung", why: `afterwards ${what} is not answered within ${timeoutMs} ms` };
  }

  private async recovers(csms: OpenedCsms): Promise<boolean> {
    const until = performance.now() + this.options.timeoutMs;
    for (;;) {
      const { health } = await this.reconnect(csms, undefined, this.options.run + this.runs++);
      this.isCsmsUnhealthy = health.kind !== "well";
      if (!this.isCsmsUnhealthy || this.isStopped || performance.now() >= until) return !this.isCsmsUnhealthy;
      await sleep(100);
    }
  }

  private judge(trial: Trial, played: Played, back: Reconnection): TrialResult {
    const { results, entries } = played;
    const acted = trial.needsTwoConnections && !hadTwoConnections(entries) ? [] : actedOn(entries);
    const faults = faultsOf(entries);
    const seen = faults === undefined ? entries : csmsSideOf(entries, faults.faults);
    const conduct = withoutFalseOrphans(
      csmsConduct(seen, inflate, trial.mustClose ? firstActionMs(acted) : undefined),
      entries,
    );
    const compared = this.compare(results, conduct, back);
    this.failedWithoutRule = acted.length === 0 && compared.late + compared.given + compared.lost.length > 0;
    const { outcome, why } = judgeSweep({
      ...compared,
      applied: acted.length,
      did: acted.length > 0 ? outcomesOf(acted) : outcomesOf(hindered(entries)) || trial.unmet,
      health: back.health,
      defects: this.unusual("defects", conduct, back),
      accepted: this.unusual("accepted", conduct, back),
    });
    const broughtForward = trial.isForward && acted.length > 0;
    const reason = broughtForward ? `${why} (brought forward)` : why;
    return {
      name: trial.name,
      applied: acted.length,
      cassettes: played.cassettes,
      broughtForward,
      outcome,
      why: reason,
    };
  }

  private unusual(
    which: "defects" | "accepted",
    conduct: CsmsConduct,
    back: Reconnection,
  ): readonly string[] {
    const { clean } = this;
    const disturbed = [conduct, csmsConduct(back.entries, inflate)];
    return clean === undefined ? [] : newDefects(clean.conduct, disturbed, which);
  }

  private compare(
    results: StepResults,
    conduct: CsmsConduct,
    back: Reconnection,
  ): Pick<SweepFacts, "lost" | "late" | "given"> {
    const { plan } = this.options;
    const lost: string[] = [];
    let late = 0;
    let given = 0;
    for (const index of this.clean?.steps ?? []) {
      const step = plan.steps[index];
      if (step === undefined) continue;
      const isAnswered = results.answerTo(index) === "result";
      if (back.settled.has(index)) late++;
      else if (!isTransactionCall(step)) given += isAnswered ? 0 : 1;
      else if (conduct.results.get(results.idOf(index) ?? "") !== step.action)
        lost.push(describe(plan, index));
    }
    return { lost, late, given };
  }
}

const isHindered = ({ outcome }: DecisionEntry): boolean => outcome.startsWith("not applied");

const decisionsOf = (entries: readonly Entry[]): readonly DecisionEntry[] =>
  entries.filter((entry) => entry.kind === "decision");

const actedOn = (entries: readonly Entry[]): readonly DecisionEntry[] =>
  decisionsOf(entries).filter((decision) => !isHindered(decision));

const hindered = (entries: readonly Entry[]): readonly DecisionEntry[] =>
  decisionsOf(entries).filter(isHindered);

const outcomesOf = (decisions: readonly DecisionEntry[]): string =>
  [...new Set(decisions.map(({ outcome }) => outcome.replace(/^not applied: /, "")))].slice(0, 3).join("; ");

/**
 * Removes orphan responses that the recording itself does not have: the arrival of a delayed CALL is known only to the
 * millisecond, so its answer may seem to come first.
 */
const withoutFalseOrphans = (conduct: CsmsConduct, recorded: readonly Entry[]): CsmsConduct => {
  const orphans = "orphan-response";
  if (!conduct.defects.has(orphans) || csmsConduct(recorded, inflate).defects.has(orphans)) return conduct;
  return { ...conduct, defects: new Map([...conduct.defects].filter(([code]) => code !== orphans)) };
};

/** Whether a connection opened before the previous one had closed. */
const hadTwoConnections = (entries: readonly Entry[]): boolean => {
  let open = 0;
  for (const { kind } of entries) {
    if (kind === "connection-opened" && ++open > 1) return true;
    if (kind === "connection-closed") open--;
  }
  return false;
};

const firstActionMs = ([first]: readonly DecisionEntry[]): number | undefined =>
  first === undefined ? undefined : first.at / nsPerMs;
