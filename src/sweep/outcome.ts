// How a CSMS took a fault: facts of one disturbed replay -> one word and the reason. The facts about what the CSMS said
// are read from the recording as the CSMS saw it. Knows neither rules nor how the replay was run.

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

/** The word for how a CSMS took a fault, from the worst to the best. */
export type SweepOutcome = (typeof sweepOutcomes)[number];

/** All of them. */
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

/** What a CSMS did on a recording as it saw it. */
export interface CsmsConduct {
  /** CALLs that it got whole and answered with a CALLRESULT: their actions by their ids. */
  readonly results: ReadonlyMap<string, string>;
  /** What it broke, one sentence each, by codes. */
  readonly defects: ReadonlyMap<string, string>;
  /** What it answered with a CALLRESULT though the payload breaks the schema: a phrase each, by action and place. */
  readonly accepted: ReadonlyMap<string, string>;
}

/** What came of one disturbed replay. */
export interface SweepFacts {
  /** How often the rule acted. */
  readonly applied: number;
  /** What the rule did, or why it did not, in its own words. */
  readonly did: string;
  /** Whether the CSMS could be dialled afterwards, and served; with the reason where not. */
  readonly health: { readonly kind: "well" | "hung" | "crashed"; readonly why: string };
  /** Transaction messages that the CSMS answered in the clean run and has neither got nor answered in this one. */
  readonly lost: readonly string[];
  /** What the CSMS broke here and not in the clean run. */
  readonly defects: readonly string[];
  /** What breaks the schema and was answered with a CALLRESULT here, and not in the clean run. */
  readonly accepted: readonly string[];
  /** CALLs that were answered in the clean run and in this one only after the charger had come back. */
  readonly late: number;
  /** Other CALLs that were answered in the clean run and not in this one. */
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

const lostWords = "never got or never answered, repeated or not";

/** Judges a disturbed replay; the worst that holds counts. */
export function judgeSweep(facts: SweepFacts): SweepJudgement {
  const { applied, did, health, lost, defects, accepted, late, given } = facts;
  if (health.kind !== "well") return { outcome: health.kind, why: health.why };
  if (applied === 0) return { outcome: "not applied", why: did };
  if (lost.length > 0)
    return { outcome: "lost data", why: `${lostWords}: ${[listed(lost), ...defects].join("; ")}` };
  if (defects.length > 0) return { outcome: "protocol violation", why: listed(defects) };
  const taken =
    accepted.length > 0 ? [`accepted though it breaks the specification: ${listed(accepted)}`] : [];
  if (late + given === 0) return { outcome: "unaffected", why: [did, ...taken].join("; ") };
  const parts = [
    late > 0 ? `${count(late, "transaction message")} answered when repeated` : "",
    given > 0 ? `${count(given, "other CALL")} unanswered` : "",
    ...taken,
  ];
  return { outcome: "recovered", why: parts.filter((part) => part !== "").join("; ") };
}

const liveValues =
  /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{24,}\b|\b[0-9]{18}\b|\b\d{4}-\d\d-\d\dT[0-9:.]+Z?/gi;

/** Ids and dates of one run have no place in words that must be the same in the next. */
const withoutLive = (message: string): string => message.replace(liveValues, "…");

class Conduct {
  private readonly sent = new Map<string, string>();
  private readonly answeredIds = new Set<string>();
  readonly defects = new Map<string, string>();
  readonly accepted = new Map<string, string>();
  private readonly broken = new Set<string>();
  private readonly failedFrom: number | undefined;

  /** `failedFrom`: when bytes went to the CSMS on which it must fail the connection, in milliseconds. */
  constructor(failedFrom: number | undefined) {
    this.failedFrom = failedFrom;
  }

  take(event: HistoryEvent): void {
    if (event.kind === "message") this.note(event.envelope, event.place.direction);
    if (event.kind === "answer" && event.answer.kind === "result")
      this.answered(event.exchange, event.answer);
  }

  /** By ids, in whatever order: how a delayed stream came to the CSMS is known to the millisecond at best. */
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
    if (this.failedFrom !== undefined && place.atMs !== null && place.atMs >= this.failedFrom)
      this.add(
        "went-on",
        "went on behind a frame on which it must fail the connection (RFC 6455 section 7.1.7)",
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

/** Reads how the CSMS behaved on a recording as it saw it. */
export function csmsConduct(
  seen: readonly Entry[],
  inflate: Inflate | undefined,
  failedFrom?: number,
): CsmsConduct {
  const conduct = new Conduct(failedFrom);
  const history = new History(inflate);
  for (const [position, entry] of seen.entries())
    for (const event of history.push(entry, position)) conduct.take(event);
  for (const event of history.end()) conduct.take(event);
  for (const { by, class: judged, code, message } of lintEntries(seen, { ...lintDefaults, inflate }))
    if (by === "csms" && judged === "defect") conduct.add(code, `${code}: ${message}`);
  const { results, defects, accepted } = conduct;
  return { results, defects, accepted };
}

/** The defects of a run that the clean one does not have; or what breaks the schema and was accepted in it alone. */
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
