// A rule of a file brought forward for a replay, which is over in moments: the rule acts on the first message that
// matters instead of the thirtieth, at once instead of in an hour, on this connection instead of the third. What it does
// stays as the file says. Made as the text of a rule file, so that a recording can name what was tried.

import { readRules } from "../rules/language/read-rules.js";
import { isTimed, type Rule, type RuleSet } from "../rules/language/rule-set.js";
import { readYaml } from "../yaml/source.js";
import type { Member, Value } from "../yaml/value.js";
import { type TriedDialogue, transactionActions } from "./tried-dialogue.js";

type MapValue = Extract<Value, { readonly kind: "map" }>;

const ignore = (): undefined => undefined;

const member = (map: Value | undefined, key: string): Value | undefined =>
  map?.kind === "map" ? map.members.find((one) => one.key === key)?.value : undefined;

/** The value in flow style, a line for each member: a line of a rule file must not be long. */
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

/** What waits for a later moment. */
const laterKeys: readonly string[] = ["connection", "window", "clock"];

const conditionsOf = (rule: MapValue): readonly Member[] => {
  const when = member(rule, "when");
  return when?.kind === "map" ? when.members.filter(({ key }) => !laterKeys.includes(key)) : [];
};

/** A reset that comes after a while would come behind the replay. */
const atOnce = (fault: Value): Value => {
  if (fault.kind !== "map") return fault;
  const members = fault.members.map((one): Member => {
    if (one.key !== "reset-peer") return one;
    const kept = one.value.kind === "map" ? one.value.members.filter(({ key }) => key !== "after") : [];
    return { ...one, value: { kind: "map", where: one.where, members: kept } };
  });
  return { ...fault, members };
};

const thenOf = (rule: MapValue): string => {
  const then = member(rule, "then");
  return then?.kind === "list" ? textOf({ ...then, items: then.items.map(atOnce) }) : "[]";
};

/** Whether transaction messages of the charger, or their answers, are among what the rule asks for. */
const takesTransactions = ({ when }: Rule): boolean => {
  const { direction, types, actions, paths, state, all, any, not } = when;
  if (actions !== undefined || paths.length > 0) return false;
  if (state !== undefined || all !== undefined || any !== undefined || not !== undefined) return false;
  const call = types === undefined || types.includes("CALL");
  const answer = types?.includes("CALLRESULT") === true || types?.includes("CALLERROR") === true;
  return (call && direction !== "csms-to-cp") || (answer && direction !== "cp-to-csms");
};

const listOf = (actions: readonly string[]): string =>
  `[${actions.map((one) => JSON.stringify(one)).join(", ")}]`;

interface Moment {
  readonly when: readonly string[];
  readonly trigger: string | undefined;
}

const onMessage = (rule: Rule, dialogue: TriedDialogue): Moment => {
  const { point, trigger } = rule;
  const counts = Object.entries(trigger).some(([key, value]) => key !== "per" && value !== undefined);
  if (!counts || point !== "message") return { when: [], trigger: undefined };
  const actions = takesTransactions(rule) ? transactionActions("start", dialogue) : [];
  const when = actions.length > 0 ? [`action: ${listOf(actions)}`] : [];
  return { when, trigger: "{ nth: 1, per: identity }" };
};

const onRunning = (dialogue: TriedDialogue): Moment => {
  const actions = transactionActions("running", dialogue);
  const named = actions.length > 0 ? [`action: ${listOf(actions)}`] : [];
  const nth = actions.includes("TransactionEvent") ? 2 : 1;
  return {
    when: ["direction: cp-to-csms", "type: CALL", ...named],
    trigger: `{ nth: ${nth}, per: identity }`,
  };
};

const written = (ruleSet: RuleSet, rule: MapValue, { when, trigger }: Moment): RuleSet | undefined => {
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

/** What stands in brackets must stand further right than the list that it is an item of. */
const indented = (text: string): string => {
  const [head = "", body = ""] = text.split(/(?<=\nrules:\n- )/);
  return head + body.replaceAll("\n", "\n  ");
};

/** Messages, connections and upgrades come in every replay; pings may not, and TLS does not. */
const cannotCome: readonly string[] = ["ping", "pong", "tls"];

/** The rule alone, acting as soon as it can; undefined where that would change nothing. */
export function broughtForward(ruleSet: RuleSet, rule: Rule, dialogue: TriedDialogue): RuleSet | undefined {
  const { point, when } = rule;
  if (cannotCome.includes(point) || when.versions?.includes(dialogue.version) === false) return undefined;
  const rules = member(readYaml(ruleSet.source, ignore), "rules");
  const items = rules?.kind === "list" ? rules.items : [];
  const own = items.find((item): item is MapValue => {
    const id = member(item, "id");
    return item.kind === "map" && id?.kind === "scalar" && id.value === rule.id;
  });
  if (own === undefined) return undefined;
  const running =
    isTimed(rule) || point === "connection" ? written(ruleSet, own, onRunning(dialogue)) : undefined;
  return running ?? written(ruleSet, own, onMessage(rule, dialogue));
}
