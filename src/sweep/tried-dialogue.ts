// What a recording contains that rules of a sweep can act on, and the reason if a rule found nothing to act on.

import type { OcppVersion } from "../ocpp/version.js";
import type { Rule } from "../rules/language/rule-set.js";

/** The facts of a recording that the trials depend on. */
export interface TriedDialogue {
  readonly version: OcppVersion;
  /** The actions of the charger's CALLs. */
  readonly actions: ReadonlySet<string>;
}

const startActions = ["StartTransaction", "TransactionEvent"];
const runningActions = ["MeterValues", "StopTransaction", "TransactionEvent"];

/** The actions of the recording that start a transaction, or that belong to a running one. */
export function transactionActions(
  moment: "start" | "running",
  { actions }: TriedDialogue,
): readonly string[] {
  return (moment === "start" ? startActions : runningActions).filter((action) => actions.has(action));
}

const isCall = (type: string): boolean => type === "CALL" || type === "SEND";

/** Why a rule that never acted found nothing to act on. */
export function whyUnmet(rule: Rule, { version, actions }: TriedDialogue): string {
  const { point, when } = rule;
  if (when.versions?.includes(version) === false)
    return `the rule is for OCPP ${when.versions.join(" or ")}, and the recording is OCPP ${version}`;
  if (rule.faults.every(({ fault }) => fault.sweep.needsTwoConnections === true))
    return "the charge point never had two connections at once";
  if (point === "ping" || point === "pong") return whyNoPing(rule);
  if (when.direction === "csms-to-cp" && when.types?.every(isCall) === true)
    return "the CSMS sent no CALL that matches the rule";
  const named = when.actions ?? [];
  const missing = named.filter((action) => /^[A-Za-z]+$/.test(action) && !actions.has(action));
  if (missing.length > 0 && missing.length === named.length)
    return `the charger sends no ${missing.join(" and no ")} in the recording`;
  const [path] = when.paths;
  return path === undefined
    ? "no message matches the rule"
    : `no message matches the condition of the rule at ${path.pointer}`;
}

/** A pong answers a ping of the other side. */
const whyNoPing = ({ point, when: { direction } }: Rule): string => {
  if (direction === undefined) return "no ping was sent during the replay";
  const isFromCsms = (direction === "csms-to-cp") === (point === "ping");
  return `the ${isFromCsms ? "CSMS" : "charger"} sent no ping during the replay`;
};
