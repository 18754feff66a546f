// How a CSMS handled a fault: from the facts of one disturbed replay to an outcome and its reason. What the CSMS did is
// read from the recording as the CSMS saw it, faults included.

import type { CallAnswer, Exchange, HistoryEvent } from "../analyse/history/events.js";
import { History } from "../analyse/history/history.js";
import { lintDefaults, lintEntries } from "../analyse/lint/lint.js";
import type { Inflate } from "../analyse/messages/deflate.js";
import type { Direction } from "../base/direction.js";
import type { Entry } from "../cassette/format/entry.js";
import { callerOf } from "../ocpp/catalogue.js";
import type { Envelope } from "../ocpp/envelope/parse-envelope.js";
import { validate } from "../ocpp/validation/validate.js";
import { printable } from "../text/printable.js";

/** How a CSMS handled a fault. */
export type SweepOutcome = (typeof sweepOutcomes)[number];

/** All outcomes, from the worst to the best. */
export const sweepOutcomes = [
  "crashed",
  "hung",
  "lost data",
  "protocol violation",
  "recovered",
  "unaffected",
  "not applied",
] as const;

/** Whether an outcome is a finding about the CSMS. */
export function isBad(outcome: SweepOutcome): boolean {
  return sweepOutcomes.indexOf(outcome) < sweepOutcomes.indexOf("recovered");
}

/** What a CSMS did in a replay, read from the recording as it saw it. */
export interface CsmsConduct {
  /** CALLs that it received intact and answered with a CALLRESULT: action by message id. */
  readonly results: ReadonlyMap<string, string>;
  /** Its protocol violations: one sentence for each code. */
  readonly defects: ReadonlyMap<string, string>;
  /** CALLs that it answered with a CALLRESULT although their payload breaks the schema: one phrase for each action and place. */
  readonly accepted: ReadonlyMap<string, string>;
}

/** The facts of one disturbed replay. */
export interface SweepFacts {
  /** How often the rule acted. */
  readonly applied: number;
  /** What the rule did, or why it did not act. */
  readonly did: string;
  /** Whether the CSMS accepted a connection and answered afterwards; `why` is the reason if not. */
  readonly health: { readonly kind: "well" | "hung" | "crashed"; readonly why: string };
  /** Transaction messages that the CSMS answered in the clean run, and did not receive or did not answer in this one. */
  readonly lost: readonly string[];
  /** Protocol violations of the CSMS that the clean run does not have. */
  readonly defects: readonly string[];
  /** Invalid payloads that the CSMS accepted in this run and not in the clean one. */
  readonly accepted: readonly string[];
  /** How many CALLs were answered only when the charger repeated them after its reconnection. */
  readonly late: number;
  /** How many other CALLs were answered in the clean run and not in this one. */
  readonly given: number;
}

/** The outcome, and why. */
export interface SweepJudgement {
  readonly outcome: SweepOutcome;
  readonly why: string;
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;

const listed = (all: readonly string[]): string => {
  const [first = "", second] = all;
  if (all.length > 2) return `${first}, ${second} and ${all.length - 2} more`;
  return second === undefined ? first : `${first} and ${second}`;
};

const lostWords = "not received or not answered, not even when repeated";

/** Judges a disturbed replay; the worst outcome that applies counts. */
export function judgeSweep(facts: SweepFacts): SweepJudgement {
  const { applied, did, health, lost, defects, accepted, late, given } = facts;
  if (health.kind !== "well") return { outcome: health.kind, why: health.why };
  if (applied === 0) return { outcome: "not applied", why: did };
  if (lost.length > 0)
    return { outcome: "lost data", why: `${lostWords}: ${[listed(lost), ...defects].join("; ")}` };
  if (defects.length > 0) return { outcome: "protocol violation", why: listed(defects) };
  const acceptances =
    accepted.length > 0 ? [`accepted although it breaks the specification: ${listed(accepted)}`] : [];
  if (late + given === 0) return { outcome: "unaffected", why: [did, ...acceptances].join("; ") };
  const parts = [
    late > 0 ? `${count(late, "transaction message")} answered when repeated` : "",
    given > 0 ? `${count(given, "other CALL")} unanswered` : "",
    ...acceptances,
  ];
  return { outcome: "recovered", why: parts.filter((part) => part !== "").join("; ") };
}

const liveValues =
  /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{24,}\b|\b[0-9]{18}\b|\b\d{4}-\d\d-\d\dT[0-9:.]+Z?/gi;

/** A message without the ids and dates of its run, so that the matrix is the same in the next run. */
const withoutLive = (message: string): string => message.replace(liveValues, "…");

class Conduct {
  private readonly sent = new Map<string, string>();
  private readonly answeredIds = new Set<string>();
  readonly defects = new Map<string, string>();
  readonly accepted = new Map<string, string>();
  private readonly broken = new Set<string>();
  private readonly failedFromMs: number | undefined;

  /** `failedFromMs`: when the CSMS was sent bytes for which it must fail the connection. */
  constructor(failedFromMs: number | undefined) {
    this.failedFromMs = failedFromMs;
  }

  take(event: HistoryEvent): void {
    if (event.kind === "message") this.note(event.envelope, event.place.direction);
    if (event.kind === "answer" && event.answer.kind === "result")
      this.answered(event.exchange, event.answer);
  }

  /** Matched by id, in any order, because arrival times of a delayed stream are known only to the millisecond. */
  get results(): ReadonlyMap<string, string> {
    return new Map([...this.sent].filter(([id]) => this.answeredIds.has(id) && !this.broken.has(id)));
  }

  private note(envelope: Envelope | undefined, direction: Direction): void {
    if (direction === "csms-to-cp") {
      if (envelope?.kind === "call-result") this.answeredIds.add(envelope.id);
    } else if (envelope?.kind === "call") this.sent.set(envelope.id, envelope.action);
    else if (envelope?.kind === "unreadable" && envelope.peek !== undefined)
      this.broken.add(envelope.peek.id);
  }

  add(code: string, message: string): void {
    if (!this.defects.has(code)) this.defects.set(code, withoutLive(message));
  }

  private answered(exchange: Exchange, { place }: CallAnswer): void {
    const { direction, id, action, connection } = exchange;
    if (direction !== "cp-to-csms") return;
    const shown = printable(action, 60);
    if (this.broken.has(id)) this.add("result-to-broken", `answered a broken ${shown} with a CALLRESULT`);
    else if (connection.hasSchemas && callerOf(connection.version, action) === undefined)
      this.add("result-to-unknown-action", `answered the unknown action ${shown} with a CALLRESULT`);
    else if (connection.hasSchemas) this.judgePayload(exchange);
    if (this.failedFromMs !== undefined && place.atMs !== null && place.atMs >= this.failedFromMs)
      this.add(
        "went-on",
        "continued after a frame for which it must fail the connection (RFC 6455 section 7.1.7)",
      );
  }

  private judgePayload({ action, connection: { version }, place: { text } }: Exchange): void {
    const issues = validate(text, version, "spec", { direction: "cp-to-csms" });
    const issue = issues.find(({ class: judged }) => judged === "defect");
    if (issue === undefined) return;
    const { code, pointer, message } = issue;
    const [what = ""] = message.split(" (found ", 1);
    this.accepted.set(`${action} ${code} ${pointer}`, `${printable(action, 60)} ${printable(what, 120)}`);
  }
}

/** Reads what the CSMS did from a recording as it saw it. */
export function csmsConduct(
  seen: readonly Entry[],
  inflate: Inflate | undefined,
  failedFromMs?: number,
): CsmsConduct {
  const conduct = new Conduct(failedFromMs);
  const history = new History(inflate);
  for (const [position, entry] of seen.entries())
    for (const event of history.push(entry, position)) conduct.take(event);
  for (const event of history.end()) conduct.take(event);
  for (const { by, class: judged, code, message } of lintEntries(seen, { ...lintDefaults, inflate }))
    if (by === "csms" && judged === "defect") conduct.add(code, `${code}: ${message}`);
  const { results, defects, accepted } = conduct;
  return { results, defects, accepted };
}

/** The defects, or the accepted invalid payloads, that disturbed runs have and the clean run does not. */
export function newDefects(
  clean: CsmsConduct,
  disturbed: readonly CsmsConduct[],
  which: "defects" | "accepted" = "defects",
): readonly string[] {
  const found = new Map<string, string>();
  for (const conduct of disturbed)
    for (const [code, message] of conduct[which]) if (!clean[which].has(code)) found.set(code, message);
  return [...found.values()];
}
