// Brings a rule of a file forward, because a replay lasts only moments: the rule acts on the first message that matters
// instead of the thirtieth, at once instead of after an hour, on this connection instead of the third. What it does stays
// the same. The result is written as the text of a rule file, so that a recording can contain the rule that was tried.

import type { FaultUse } from "../rules/contract/fault.js";
import { findFault } from "../rules/faults/registry.js";
import { readRules } from "../rules/language/read-rules.js";
import { isTimed, type Rule, type RuleSet } from "../rules/language/rule-set.js";
import { readYaml } from "../yaml/source.js";
import type { Member, Value } from "../yaml/value.js";
import { type TriedDialogue, transactionActions } from "./tried-dialogue.js";

type MapValue = Extract<Value, { readonly kind: "map" }>;

const ignore = (): undefined => undefined;

const member = (map: Value | undefined, key: string): Value | undefined =>
  map?.kind === "map" ? map.members.find((one) => one.key === key)?.value : undefined;

/** The value in YAML flow style, one member a line: lines of a rule file have a length limit. */
const textOf = (value: Value): string => {
  switch (value.kind) {
    case "map":
      return `{${value.members.map((one) => `\n${JSON.stringify(one.key)}: ${textOf(one.value)}`).join(",")} }`;
    case "list":
      return `[${value.items.map((item) => `\n${textOf(item)}`).join(",")} ]`;
    case "scalar":
      return typeof value.value === "string"
        ? JSON.stringify(value.value)
        : value.source === ""
          ? "null"
          : value.source;
  }
};

/** Conditions of a `when` that a replay meets too late or never. */
const laterKeys: readonly string[] = ["connection", "window", "clock"];

const conditionsOf = (rule: MapValue): readonly Member[] => {
  const when = member(rule, "when");
  return when?.kind === "map" ? when.members.filter(({ key }) => !laterKeys.includes(key)) : [];
};

/** The setting that postpones the effect of this use of a fault; undefined if the effect is immediate. */
export function postponingSetting({ fault: { sweep }, settings }: FaultUse): string | undefined {
  const key = sweep.postponedBy;
  return key !== undefined && (settings as Readonly<Record<string, number>>)[key] !== 0 ? key : undefined;
}

/** The item of a `then` without the setting that postpones its effect. */
const atOnce = (item: Value): Value => {
  if (item.kind !== "map") return item;
  const members = item.members.map((one): Member => {
    const postponing = findFault(one.key)?.sweep.postponedBy;
    if (postponing === undefined) return one;
    const kept = one.value.kind === "map" ? one.value.members.filter(({ key }) => key !== postponing) : [];
    return { ...one, value: { kind: "map", where: one.where, members: kept } };
  });
  return { ...item, members };
};

const thenOf = (rule: MapValue): string => {
  const then = member(rule, "then");
  return then?.kind === "list" ? textOf({ ...then, items: then.items.map(atOnce) }) : "[]";
};

/** Whether the conditions include transaction messages of the charger, or their answers. */
const includesTransactions = ({ when }: Rule): boolean => {
  const { direction, types, actions, paths, state, all, any, not } = when;
  if (actions !== undefined || paths.length > 0) return false;
  if (state !== undefined || all !== undefined || any !== undefined || not !== undefined) return false;
  const call = types === undefined || types.includes("CALL");
  const answer = types?.includes("CALLRESULT") === true || types?.includes("CALLERROR") === true;
  return (call && direction !== "csms-to-cp") || (answer && direction !== "cp-to-csms");
};

const listOf = (actions: readonly string[]): string =>
  `[${actions.map((one) => JSON.stringify(one)).join(", ")}]`;

/** Further conditions of a `when`, each as YAML text, and the `trigger`. */
interface EarlyTrigger {
  readonly when: readonly string[];
  readonly trigger: string | undefined;
}

const onFirstMessage = (rule: Rule, dialogue: TriedDialogue): EarlyTrigger => {
  const { point, trigger } = rule;
  const counts = Object.entries(trigger).some(([key, value]) => key !== "per" && value !== undefined);
  if (!counts || point !== "message") return { when: [], trigger: undefined };
  const actions = includesTransactions(rule) ? transactionActions("start", dialogue) : [];
  const when = actions.length > 0 ? [`action: ${listOf(actions)}`] : [];
  return { when, trigger: "{ nth: 1, per: identity }" };
};

const onRunningTransaction = (dialogue: TriedDialogue): EarlyTrigger => {
  const actions = transactionActions("running", dialogue);
  const named = actions.length > 0 ? [`action: ${listOf(actions)}`] : [];
  const nth = actions.includes("TransactionEvent") ? 2 : 1;
  return {
    when: ["direction: cp-to-csms", "type: CALL", ...named],
    trigger: `{ nth: ${nth}, per: identity }`,
  };
};

const rewritten = (
  ruleSet: RuleSet,
  rule: MapValue,
  { when, trigger }: EarlyTrigger,
): RuleSet | undefined => {
  const conditions = [...conditionsOf(rule).map((one) => `${one.key}: ${textOf(one.value)}`), ...when];
  const lines = [
    "version: 1",
    ...(ruleSet.seed === undefined ? [] : [`seed: ${ruleSet.seed}`]),
    "rules:",
    `- { id: ${textOf(member(rule, "id") ?? rule)}`,
    ...(conditions.length === 0 ? [] : [`, when: {\n${conditions.join(",\n")} }`]),
    ...(trigger === undefined ? [] : [`, trigger: ${trigger}`]),
    `, then: ${thenOf(rule)} }`,
  ];
  return readRules(`${indented(lines.join("\n"))}\n`).ruleSet;
};

/** YAML needs the lines inside brackets to be indented more than the list that they are in. */
const indented = (text: string): string => {
  const [head = "", body = ""] = text.split(/(?<=\nrules:\n- )/);
  return head + body.replaceAll("\n", "\n  ");
};

/** Every replay has messages, connections and upgrades. It may have no pings, and it has no TLS. */
const missingPoints: readonly string[] = ["ping", "pong", "tls"];

/** The rule alone, changed so that it acts as soon as possible. Undefined if it could not act in a replay anyway. */
export function bringForward(ruleSet: RuleSet, rule: Rule, dialogue: TriedDialogue): RuleSet | undefined {
  const { point, when } = rule;
  if (missingPoints.includes(point) || when.versions?.includes(dialogue.version) === false) return undefined;
  const rules = member(readYaml(ruleSet.source, ignore), "rules");
  const items = rules?.kind === "list" ? rules.items : [];
  const own = items.find((item): item is MapValue => {
    const id = member(item, "id");
    return item.kind === "map" && id?.kind === "scalar" && id.value === rule.id;
  });
  if (own === undefined) return undefined;
  const isAboutConnection = isTimed(rule) || point === "connection";
  const running = isAboutConnection ? rewritten(ruleSet, own, onRunningTransaction(dialogue)) : undefined;
  return running ?? rewritten(ruleSet, own, onFirstMessage(rule, dialogue));
}
