// `replay --dry-run`: prints the plan and its preconditions as text, or as one JSON object for each cassette. Dials nothing.

import type { Guarded } from "../../app/production-guard.js";
import type { Recording } from "../../app/replay/read-recording.js";
import { roundedWords } from "../../base/duration.js";
import { hideUserinfo } from "../../cassette/hide-secrets.js";
import type { Plan, PlanStep } from "../../replay/plan/plan.js";
import {
  type CallsToMake,
  type Preflight,
  preflightOf,
  type RecordedSecurity,
} from "../../replay/plan/preflight.js";
import { jsonLine, printable } from "../../text/printable.js";
import type { CliSession } from "../common/session.js";

/** The target of the replay, as far as it is known without dialling. */
export interface DryRunTarget {
  /** Undefined for the embedded CSMS. */
  readonly csms: URL | undefined;
  readonly hasPassword: boolean;
  readonly hasClientCertificate: boolean;
  readonly guarded: Guarded | undefined;
}

/** The call of the CSMS that caused a step. */
interface CauseView {
  readonly action: string;
  readonly id: string;
  /** How the step relates to the call. */
  readonly what: string;
}

/** A step as it is printed. */
interface StepView {
  readonly step: number;
  readonly connection: number;
  /** Since the first step, in nanoseconds; null where unknown. */
  readonly at: number | null;
  readonly what: string;
  readonly action?: string;
  readonly id?: string;
  readonly waitsFor: readonly string[];
  readonly cause?: CauseView;
}

const waitsOf = (plan: Plan, step: PlanStep): readonly string[] => {
  if (step.kind !== "call") return [];
  const before = step.previous === undefined ? [] : [`the answer to step ${step.previous + 1}`];
  const slots = new Set(step.uses.map(({ slot }) => slot));
  const values = [...slots].flatMap((slot) => {
    const known = plan.slots[slot];
    // Values from a call of the CSMS need no own line: the step waits for that call as its cause.
    return known === undefined || known.learnedFrom < 0
      ? []
      : [`${known.name} from the answer to step ${known.learnedFrom + 1}`];
  });
  return [...before, ...values];
};

const whatOf = (step: PlanStep): string => {
  switch (step.kind) {
    case "dial":
      return step.refusal === undefined ? "dial" : `dial, refused with ${step.refusal} in the recording`;
    case "call":
      return step.type;
    case "other":
      return step.type === "unreadable" ? "bytes that are not an OCPP message" : step.type;
    case "end":
      return `end: ${endWords[step.how.kind]}`;
  }
};

const endWords = {
  close: "close frame",
  fin: "end of the stream",
  reset: "reset",
  "by-csms": "by the CSMS",
  unknown: "close frame (the recording has no end)",
} as const;

const causeOf = (plan: Plan, { cause }: PlanStep): CauseView | undefined => {
  const call = cause === undefined ? undefined : plan.expectations[cause.expectation];
  return cause === undefined || call === undefined
    ? undefined
    : { action: call.action, id: call.id, what: cause.what };
};

const stepViews = (plan: Plan): readonly StepView[] => {
  const start = plan.steps.reduce(
    (least, { atNs: at }) => (at === null ? least : Math.min(least, at)),
    Number.POSITIVE_INFINITY,
  );
  return plan.steps.map((step, index) => {
    const cause = causeOf(plan, step);
    return {
      step: index + 1,
      connection: step.connection,
      at: step.atNs === null ? null : step.atNs - start,
      what: whatOf(step),
      ...(step.kind === "call" ? { action: step.action, id: step.id } : {}),
      waitsFor: waitsOf(plan, step),
      ...(cause === undefined ? {} : { cause }),
    };
  });
};

const stepLine = (view: StepView): string => {
  const when = view.at === null ? "" : `+${roundedWords(view.at)}`;
  const name = view.action === undefined ? view.what : `${view.what} ${printable(view.action, 60)}`;
  const id = view.id === undefined ? "" : ` id ${printable(view.id, 40)}`;
  const waits = view.waitsFor.length === 0 ? "" : `; waits for ${printable(view.waitsFor.join(", "), 200)}`;
  const cause =
    view.cause === undefined
      ? ""
      : `; follows from ${printable(view.cause.action, 60)} id ${printable(view.cause.id, 40)}: ${view.cause.what}`;
  return `  ${String(view.step).padStart(4)} ${when.padStart(12)} #${view.connection} ${name}${id}${waits}${cause}`;
};

const yesNo = (value: boolean | null): string => (value === null ? "unknown" : value ? "yes" : "no");

const profileWords = ({ profile, authorization, tls, clientCertificate }: RecordedSecurity): string =>
  `security profile ${profile ?? "unknown"} (Authorization ${printable(authorization ?? "none", 40)}, TLS ${yesNo(tls)}, client certificate ${yesNo(clientCertificate)})`;

/** The security profile of this replay, from its options. */
const profileHere = ({ csms, hasPassword, hasClientCertificate }: DryRunTarget): RecordedSecurity => {
  const tls = csms?.protocol === "wss:";
  const authorization = hasPassword ? "basic" : null;
  const profile = tls && hasClientCertificate ? 3 : !hasPassword ? 0 : tls ? 2 : 1;
  return { authorization, tls, clientCertificate: tls && hasClientCertificate, profile };
};

const mostListed = 20;

const listWords = (values: readonly (string | number)[]): string => {
  if (values.length === 0) return "none";
  const shown = values.slice(0, mostListed).map((value) => printable(String(value), 120));
  const more = values.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
};

const callWords = ({ action, count, awaited, about }: CallsToMake): string => {
  const waits = awaited === 0 ? "" : ` (steps wait for ${awaited === count ? "it" : `${awaited} of them`})`;
  return `${count} ${action} ${about.slice(0, 2).join(" ")}${waits}`;
};

const arrow = (recorded: string, here: string): string =>
  recorded === here ? recorded : `${recorded} -> ${here}`;

const preflightLines = (recording: Recording, target: DryRunTarget, found: Preflight): readonly string[] => {
  const identity = recording.identity ?? found.identity;
  const rows: readonly (readonly [string, string])[] = [
    ["identity", printable(arrow(found.identity, identity), 140)],
    ["CSMS", target.csms === undefined ? "the embedded one" : printable(hideUserinfo(target.csms.href), 200)],
    ["recorded", profileWords(found.security)],
    ["here", profileWords(profileHere(target))],
    ["subprotocol", listWords(found.subprotocols)],
    ["id tags", listWords([...recording.idTags].map(([recorded, here]) => arrow(recorded, here)))],
    ["connectors", listWords(found.connectors)],
    ["serial no.", listWords(found.serialNumbers)],
    ["CSMS calls", listWords(found.callsToMake.map(callWords))],
    ["open before", listWords(found.transactions.openAtStart)],
    ["open after", listWords(found.transactions.openAtEnd)],
    ["redacted", listWords(found.redacted)],
    ["duration", found.durationNs === null ? "unknown" : roundedWords(found.durationNs)],
    ["connections", String(found.connections)],
    ["left out", listWords(found.notReproduced)],
  ];
  return rows.map(([name, words]) => `  ${name.padEnd(12)} ${words}`);
};

const guardLine = ({ host, why }: Guarded): string =>
  `  ${"guard".padEnd(12)} the replay is refused: ${why}; --to-production ${printable(host, 200)} allows it`;

/** Prints the steps that a replay of this cassette would take, and its preconditions. */
export function printDryRun(
  session: CliSession,
  recording: Recording,
  asJson: boolean,
  target: DryRunTarget,
): void {
  const found = preflightOf(recording.plan, recording.entries);
  const steps = stepViews(recording.plan);
  const identity = { recorded: found.identity, here: recording.identity ?? found.identity };
  if (asJson) {
    const idTags = [...recording.idTags].map(([recorded, here]) => ({ recorded, here }));
    const security = { recorded: found.security, here: profileHere(target) };
    const csms = target.csms === undefined ? "embedded" : hideUserinfo(target.csms.href);
    const guard = target.guarded ?? null;
    const preflight = { ...found, identity, csms, security, idTags, guard };
    session.out(jsonLine({ event: "plan", cassette: recording.path, steps, preflight }));
    return;
  }
  session.out(`${printable(recording.path)}: ${steps.length} steps`);
  for (const view of steps) session.out(stepLine(view));
  session.out("  preconditions:");
  for (const line of preflightLines(recording, target, found)) session.out(line);
  if (target.guarded !== undefined) session.out(guardLine(target.guarded));
}
