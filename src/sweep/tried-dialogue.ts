// What a recording offers the rules of a sweep, and why a rule met nothing in it. Knows nothing of replays.

import type { OcppVersion } from "../ocpp/version.js";
import type { Rule } from "../rules/language/rule-set.js";

/** What the recording holds, as far as the rules of a sweep depend on it. */
export interface TriedDialogue {
  readonly version: OcppVersion;
  /** Actions that the charger calls. */
  readonly actions: ReadonlySet<string>;
}

const starting = ["StartTransaction", "TransactionEvent"];
const running = ["MeterValues", "StopTransaction", "TransactionEvent"];

/** The actions of the recording that begin a transaction, or go by while one runs. */
export function transactionActions(
  moment: "start" | "running",
  { actions }: TriedDialogue,
): readonly string[] {
  return (moment === "start" ? starting : running).filter((action) => actions.has(action));
}

const isCall = (type: string): boolean => type === "CALL" || type === "SEND";

/** Why a rule that never acted met nothing. */
export function whyUnmet(rule: Rule, { version, actions }: TriedDialogue): string {
  const { point, when } = rule;
  if (when.versions?.includes(version) === false)
    return `it asks for OCPP ${when.versions.join(" or ")}, and the recording speaks ${version}`;
  if (rule.faults.every(({ kind }) => kind === "kick"))
    return "the charge point never had two connections at once";
  if (point === "ping" || point === "pong") return whyNoPing(rule);
  if (when.direction === "csms-to-cp" && when.types?.every(isCall) === true)
    return "the CSMS made no CALL that it asks for";
  const named = when.actions ?? [];
  const missing = named.filter((action) => /^[A-Za-z]+$/.test(action) && !actions.has(action));
  if (missing.length > 0 && missing.length === named.length)
    return `the charger calls no ${missing.join(" and no ")} in the recording`;
  const [path] = when.paths;
  return path === undefined
    ? "the rule met nothing to act on"
    : `no message has what it asks for at ${path.pointer}`;
}

/** A pong answers the ping of the other side. */
const whyNoPing = ({ point, when: { direction } }: Rule): string => {
  if (direction === undefined) return "nobody sent a ping while the replay ran";
  const isFromCsms = (direction === "csms-to-cp") === (point === "ping");
  return `the ${isFromCsms ? "CSMS" : "charger"} sent no ping while the replay ran`;
};
