// What a sweep tries: each fault of the catalogue in a rule of its own that acts once, early, on a message that matters;
// or each rule of a file alone. The file of each fault defines how it is tried, or why it is left out.

import type { Fault, SweepMoment } from "../rules/contract/fault.js";
import { faults } from "../rules/faults/registry.js";
import { readRules } from "../rules/language/read-rules.js";
import type { Rule, RuleSet } from "../rules/language/rule-set.js";
import { bringForward, postponingSetting } from "./bring-forward.js";
import { type TriedDialogue, transactionActions, whyUnmet } from "./tried-dialogue.js";

/** One fault or one rule, with which the recording is replayed once. */
export interface Trial {
  /** The fault's name, or the rule's id. */
  readonly name: string;
  /** A rule set with this one rule. */
  readonly ruleSet: RuleSet;
  /** The CSMS must close the connection when it receives what the rule makes (RFC 6455 section 7.1.7). */
  readonly mustClose: boolean;
  /** The charger must not wait for each answer: otherwise no later message could overtake a held one. */
  readonly needsPipelining: boolean;
  /** The rule needs two open connections of the charge point. A replay may never have two. */
  readonly needsTwoConnections: boolean;
  /** Why the rule did not act, in case it does not. */
  readonly unmet: string;
  /** The rule acts earlier than its file says. */
  readonly isForward: boolean;
  /** The same rule with an early trigger, tried if this one does not act. */
  readonly sooner?: Trial;
}

/** A fault or rule that is not tried, and the reason. */
export interface LeftOut {
  readonly name: string;
  readonly why: string;
}

/** The trials of a sweep, and what it leaves out. */
export interface Trials {
  readonly trials: readonly Trial[];
  readonly leftOut: readonly LeftOut[];
}

const noTls = "it acts on the TLS handshake between charger and proxy, and a sweep uses plain TCP there";
const toCharger = "it changes what the CSMS sends, so it tests the charger";

const whyLeftOut = ({ layer, onlyDirection, sweep }: Fault): string | undefined => {
  if (layer === "tls") return noTls;
  return onlyDirection === "csms-to-cp" ? toCharger : sweep.leftOut;
};

const whenOf = (moment: SweepMoment, dialogue: TriedDialogue): string => {
  if (moment === "csms-to-cp" || moment === "cp-to-csms") return `{ direction: ${moment} }`;
  const actions = transactionActions(moment === "start" ? "start" : "running", dialogue);
  const isSecond = moment === "second" || (moment === "running" && actions.includes("TransactionEvent"));
  const named = actions.length > 0 ? `, action: [${actions.join(", ")}]` : "";
  const metered =
    moment === "metered" && actions.length > 0 ? ", path: { /meterValue: { exists: true } }" : "";
  const trigger = `trigger: { nth: ${isSecond ? 2 : 1}, per: identity }`;
  return `{ direction: cp-to-csms, type: CALL${named}${metered} }\n    ${trigger}`;
};

const ruleText = ({ name, example, points, sweep }: Fault, dialogue: TriedDialogue): string => {
  const { then = example, then2x = then, on = points[0] === "message" ? "start" : "connection" } = sweep;
  const lines = ["version: 1", "rules:", `  - id: ${name}`];
  // Without a `when`, the fault acts on the first of its points: a connection, an upgrade, a ping.
  if (on !== "connection") lines.push(`    when: ${whenOf(on, dialogue)}`);
  return `${[...lines, `    then: [ { ${dialogue.version === "1.6" ? then : then2x} } ]`].join("\n")}\n`;
};

const trialOf = (ruleSet: RuleSet, rule: Rule, dialogue: TriedDialogue): Trial => {
  const hints = rule.faults.map(({ fault }) => fault.sweep);
  const reachesCsms = rule.when.direction !== "csms-to-cp";
  return {
    name: rule.id,
    ruleSet: { ...ruleSet, rules: [rule] },
    mustClose: reachesCsms && hints.some(({ mustClose }) => mustClose === true),
    needsPipelining: reachesCsms && hints.some(({ needsPipelining }) => needsPipelining === true),
    needsTwoConnections: hints.every(({ needsTwoConnections }) => needsTwoConnections === true),
    unmet: whyUnmet(rule, dialogue),
    isForward: false,
  };
};

/** One trial for each fault of the catalogue that can affect a CSMS. */
export function catalogueTrials(dialogue: TriedDialogue): Trials {
  const trials: Trial[] = [];
  const leftOut: LeftOut[] = [];
  for (const fault of faults) {
    const why = whyLeftOut(fault);
    const { ruleSet } = readRules(ruleText(fault, dialogue));
    const [rule] = ruleSet?.rules ?? [];
    if (why !== undefined) leftOut.push({ name: fault.name, why });
    else if (ruleSet !== undefined && rule !== undefined) trials.push(trialOf(ruleSet, rule, dialogue));
  }
  return { trials, leftOut };
}

const ruleTrial = (ruleSet: RuleSet, rule: Rule, dialogue: TriedDialogue): Trial => {
  const trial = trialOf(ruleSet, rule, dialogue);
  const forward = bringForward(ruleSet, rule, dialogue);
  const [own] = forward?.rules ?? [];
  if (forward === undefined || own === undefined) return trial;
  const sooner = { ...trialOf(forward, own, dialogue), isForward: true };
  // A postponed effect would come after the end of the replay, although the rule has acted.
  return rule.faults.some((use) => postponingSetting(use) !== undefined) ? sooner : { ...trial, sooner };
};

/** One trial for each rule of a file. */
export function ruleTrials(ruleSet: RuleSet, dialogue: TriedDialogue): Trials {
  const isTls = ({ point }: Rule): boolean => point === "tls";
  return {
    trials: ruleSet.rules.filter((rule) => !isTls(rule)).map((rule) => ruleTrial(ruleSet, rule, dialogue)),
    leftOut: ruleSet.rules.filter(isTls).map(({ id }) => ({ name: id, why: noTls })),
  };
}
