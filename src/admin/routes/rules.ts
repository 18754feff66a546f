// The addresses below /v1/rules: list, add, replace, arm and disarm rules while traffic runs. New rules are not armed.
// Repeating a request changes nothing more.

import { readDuration } from "../../base/duration.js";
import type { ConnectionOpenedEntry } from "../../cassette/format/entry.js";
import type { ControlledRule, RuleChangeOutcome } from "../../io/control/rule-controller.js";
import { parseEnvelope } from "../../ocpp/envelope/parse-envelope.js";
import { versionOf } from "../../ocpp/version.js";
import { explainRule } from "../../rules/language/explain.js";
import { type PastMessage, ruleNearMiss } from "../../rules/matching/near-miss.js";
import { jsonBody } from "../http/body.js";
import { textParameter, wholeParameter } from "../http/parameters.js";
import { AdminProblem, badValue, notFound } from "../http/problem.js";
import { json, type Route } from "../http/route.js";
import {
  anyNumber,
  duration,
  exact,
  flag,
  list,
  named,
  orNull,
  partial,
  text,
  wholeNumber,
} from "../http/shape.js";
import type { LiveMessage } from "../live/live-message.js";
import { fileOfOne, type RuleText, ruleBody, ruleShape, rulesProblem } from "./rule-text.js";
import { type AdminRun, emptyBody, message, route } from "./run.js";

const maxTtlMs = 24 * 3_600_000;

const ttl = { ...duration(1, maxTtlMs), schema: { type: "string", examples: ["5m"] } };

const listedRule = named(
  "ListedRule",
  exact({
    id: text(),
    armed: flag,
    matched: wholeNumber(),
    applied: wholeNumber(),
    ttlMs: orNull(anyNumber),
    explanation: text(),
    warning: orNull(text()),
  }),
);

const rulesAnswer = named("Rules", exact({ rules: list(listedRule) }));

const nearMiss = exact({ rule: text(), condition: text(), found: orNull(text()), message });

const listed = (
  { clock }: AdminRun,
  { rule, armed, matched, applied, disarmsAtNs, risk }: ControlledRule,
) => ({
  id: rule.id,
  armed,
  matched,
  applied,
  ttlMs: disarmsAtNs === undefined ? null : Math.max(0, Math.round((disarmsAtNs - clock.now()) / 1e6)),
  explanation: explainRule(rule),
  warning: risk?.message ?? null,
});

const all = (run: AdminRun) => ({ rules: run.controller.list().map((rule) => listed(run, rule)) });

const find = ({ controller }: AdminRun, id: string): ControlledRule => {
  const found = controller.find(id);
  if (found === undefined) throw notFound("rule", id);
  return found;
};

/** Throws AdminProblem if a change of the rules was refused. */
const check = (outcome: RuleChangeOutcome, rules: RuleText = { text: "", linesBefore: 0 }): void => {
  switch (outcome.kind) {
    case "done":
      return;
    case "unknown":
      throw notFound("rule", outcome.id);
    case "needs-ttl":
      throw new AdminProblem(
        "needs-ttl",
        "the target is marked production: arming a rule needs a ttl",
        'Send a ttl, like { "ttl": "5m" } (ctl arm --ttl 5m).',
      );
    case "wrong":
      throw rulesProblem(outcome.issues, rules);
  }
};

const ttlMsOf = ({ ttl: word = "" }: { readonly ttl?: string }): number | undefined => readDuration(word);

/** All rules after a change. Throws AdminProblem if the change was refused. */
const after = (run: AdminRun, outcome: RuleChangeOutcome, rules?: RuleText) => {
  check(outcome, rules);
  return all(run);
};

const payloadOf = (text: string | null): unknown => {
  const envelope = parseEnvelope(text ?? "");
  return "payload" in envelope ? envelope.payload : undefined;
};

/** A kept message as near misses look at it. */
const pastMessage = (
  { identity, direction, type, action, text }: LiveMessage,
  opened: ConnectionOpenedEntry | undefined,
): PastMessage => ({
  identity,
  direction,
  // The version of a closed connection is not known any more.
  version: versionOf(opened?.subprotocol ?? null),
  type,
  action: action ?? undefined,
  payload: () => payloadOf(text),
});

/** The addresses of rules. */
export const ruleRoutes: readonly Route<AdminRun>[] = [
  route("GET /v1/rules", "listRules", {
    summary: "Lists all rules in their order: whether they are armed, what they matched and applied.",
    ctl: "rules list",
    answer: json(rulesAnswer),
    handle: ({ run }) => all(run),
  }),
  route("POST /v1/rules", "addRules", {
    summary: "Adds rules, not armed. A rule with the id of an old rule replaces it.",
    ctl: "rules add",
    body: ruleBody,
    answer: json(rulesAnswer, 201),
    refusals: ["rules-invalid"],
    handle: ({ run, body, by }) => after(run, run.controller.add(body.text, by), body),
  }),
  route("PUT /v1/rules", "replaceRules", {
    summary: "Replaces all rules by these. Rules that have not changed stay armed and keep their counts.",
    ctl: "rules replace",
    body: ruleBody,
    answer: json(rulesAnswer),
    refusals: ["rules-invalid"],
    handle: ({ run, body, by }) => after(run, run.controller.replace(body.text, by), body),
  }),
  route("POST /v1/rules/arm", "armRules", {
    summary: "Arms these rules, or all.",
    ctl: "arm",
    body: jsonBody(named("ArmSome", partial({ ids: list(text()), ttl }))),
    answer: json(rulesAnswer),
    refusals: ["not-found", "needs-ttl"],
    handle: ({ run, body, by }) => after(run, run.controller.arm(body.ids, ttlMsOf(body), by)),
  }),
  route("POST /v1/rules/disarm", "disarmRules", {
    summary: "Disarms these rules, or all.",
    ctl: "disarm",
    body: jsonBody(named("DisarmSome", partial({ ids: list(text()) }))),
    answer: json(rulesAnswer),
    refusals: ["not-found"],
    handle: ({ run, body, by }) => after(run, run.controller.disarm(body.ids, by)),
  }),
  route("GET /v1/rules/{id}", "getRule", {
    summary: "Shows one rule.",
    answer: json(listedRule),
    refusals: ["not-found"],
    handle: ({ run, path }) => listed(run, find(run, path.id)),
  }),
  route("PATCH /v1/rules/{id}", "patchRule", {
    summary: "Changes, arms or disarms a rule.",
    details: "`rule` is the whole new rule. A `ttl` without `armed` arms the rule.",
    body: jsonBody(named("RulePatch", partial({ armed: flag, ttl, rule: ruleShape }))),
    answer: json(listedRule),
    refusals: ["not-found", "rules-invalid", "needs-ttl"],
    handle: ({ run, path: { id }, body, by }) => {
      const { controller } = run;
      const { armed, rule } = body;
      find(run, id);
      const ttlMs = ttlMsOf(body);
      if (rule !== undefined) {
        if (rule.id !== id) throw badValue("rule", rule, `a whole rule with the id ${JSON.stringify(id)}`);
        const file = fileOfOne(JSON.stringify(rule));
        check(controller.add(file.text, by), file);
      }
      if (armed === true || (armed === undefined && ttlMs !== undefined))
        check(controller.arm([id], ttlMs, by));
      if (armed === false) check(controller.disarm([id], by));
      return listed(run, find(run, id));
    },
  }),
  route("DELETE /v1/rules/{id}", "deleteRule", {
    summary: "Removes a rule. If there is no such rule, nothing changes and `removed` is false.",
    ctl: "rules remove",
    answer: json(named("RuleRemoved", exact({ removed: flag, rules: list(listedRule) }))),
    handle: ({ run, path, by }) => {
      const { ids } = run.controller.remove(path.id, by);
      return { removed: ids.length > 0, ...all(run) };
    },
  }),
  route("POST /v1/rules/{id}/arm", "armRule", {
    summary: "Arms a rule, until it is disarmed or for the time of `ttl`.",
    body: jsonBody(named("Arm", partial({ ttl }))),
    answer: json(rulesAnswer),
    refusals: ["not-found", "needs-ttl"],
    handle: ({ run, path, body, by }) => after(run, run.controller.arm([path.id], ttlMsOf(body), by)),
  }),
  route("POST /v1/rules/{id}/disarm", "disarmRule", {
    summary: "Disarms a rule.",
    body: emptyBody,
    answer: json(rulesAnswer),
    refusals: ["not-found"],
    handle: ({ run, path, by }) => after(run, run.controller.disarm([path.id], by)),
  }),
  route("GET /v1/near-misses", "listNearMisses", {
    summary: "Lists messages that met all conditions of a rule but one, and which one.",
    ctl: "rules near-misses",
    query: {
      rule: textParameter("Only this rule."),
      limit: wholeParameter("At most this many near misses, the last ones (100).", 1, 1000),
      since: wholeParameter("Messages after this number.", 0),
    },
    answer: json(named("RuleNearMisses", exact({ nearMisses: list(nearMiss) }))),
    refusals: ["not-found"],
    handle: ({ run, query: { rule: id, limit = 100, since = 0 } }) => {
      const { controller, traffic } = run;
      const rules = id === undefined ? controller.list() : [find(run, id)];
      const messages = traffic.messages().filter(({ seq }) => seq > since);
      const open = new Map(traffic.openConnections().map((one) => [one.id, one.opened]));
      const nearMisses = rules.flatMap(({ rule }) =>
        messages.flatMap((one) => {
          const miss = ruleNearMiss(rule, pastMessage(one, open.get(one.connection)));
          return miss === undefined ? [] : [{ rule: rule.id, ...miss, message: one }];
        }),
      );
      return { nearMisses: nearMisses.slice(-limit) };
    },
  }),
];
