// The addresses under /v1/rules: to see, put, arm and disarm rules while traffic runs. What is put is not armed; putting
// and arming twice is putting and arming once.

import type { ConnectionOpenedEntry } from "../../cassette/format/entry.js";
import type { ControlledRule, RuleChangeOutcome, RuleController } from "../../io/control/rule-controller.js";
import type { Clock } from "../../io/platform/clock.js";
import { versionOf } from "../../ocpp/version.js";
import { explainRule } from "../../rules/language/explain.js";
import { type PastMessage, ruleNearMiss } from "../../rules/matching/near-miss.js";
import { type Members, membersOf, textMember, textsMember } from "../http/body.js";
import { durationOf, wholeParameter } from "../http/parameters.js";
import { AdminProblem, badValue, notThere } from "../http/problem.js";
import { answer, type Call, type Reply, type Route } from "../http/route.js";
import type { LiveBook } from "../live/live-book.js";
import type { LiveMessage } from "../live/live-message.js";
import { byWhom } from "./route-connections.js";
import { type RuleText, ruleTextOf, wrapped, wrongRules } from "./rule-text.js";

const longestTtlMs = 24 * 3_600_000;

/** What these addresses work on. */
export interface RuleParts {
  readonly controller: RuleController;
  readonly book: LiveBook;
  readonly clock: Clock;
}

const told = ({ rule, armed, matched, applied, until, risk }: ControlledRule, now: number): object => ({
  id: rule.id,
  armed,
  matched,
  applied,
  ttlMs: until === undefined ? null : Math.max(0, Math.round((until - now) / 1e6)),
  explanation: explainRule(rule),
  warning: risk?.message ?? null,
});

/** A message of the live book as near misses look at it. */
const pastMessage = (message: LiveMessage, opened: ConnectionOpenedEntry | undefined): PastMessage => {
  const { identity, direction, type, action } = message;
  const payload = (): unknown => payloadOf(message);
  // The version of a connection that is over is not kept.
  const version = versionOf(opened?.subprotocol ?? null);
  return { identity, direction, version, type, action: action ?? undefined, payload };
};

const payloadOf = ({ text, type }: LiveMessage): unknown => {
  try {
    const message: unknown = JSON.parse(text ?? "");
    if (!Array.isArray(message)) return undefined;
    return type === "CALL" || type === "SEND" ? message[3] : type === "CALLRESULT" ? message[2] : undefined;
  } catch {
    return undefined;
  }
};

class Rules {
  private readonly parts: RuleParts;

  constructor(parts: RuleParts) {
    this.parts = parts;
  }

  list(): Reply {
    return answer({ rules: this.all() });
  }

  detail(call: Call): Reply {
    const found = this.parts.controller.find(call.places.id ?? "");
    if (found === undefined) throw notThere("rule", call.places.id ?? "");
    return answer(told(found, this.parts.clock.now()));
  }

  add(call: Call): Reply {
    const text = ruleTextOf(call.body);
    return this.after(this.parts.controller.add(text.text, byWhom(call)), text, 201);
  }

  replace(call: Call): Reply {
    const text = ruleTextOf(call.body);
    return this.after(this.parts.controller.replace(text.text, byWhom(call)), text);
  }

  patch(call: Call): Reply {
    const id = call.places.id ?? "";
    const { controller } = this.parts;
    if (controller.find(id) === undefined) throw notThere("rule", id);
    const members = membersOf(call.body, ["armed", "ttl", "rule"]);
    const { armed, rule } = members;
    if (armed !== undefined && typeof armed !== "boolean") throw badValue("armed", armed, "true or false");
    const ttl = ttlOf(members);
    if (rule !== undefined) {
      if (typeof rule !== "object" || rule === null || (rule as { id?: unknown }).id !== id)
        throw badValue("rule", rule, `a whole rule with the id ${JSON.stringify(id)}`);
      const text = wrapped(JSON.stringify(rule));
      this.check(controller.add(text.text, byWhom(call)), text);
    }
    if (armed === true || (armed === undefined && ttl !== undefined))
      this.check(controller.arm([id], ttl, byWhom(call)));
    if (armed === false) this.check(controller.disarm([id], byWhom(call)));
    return this.detail(call);
  }

  remove(call: Call): Reply {
    // Whoever asks twice, or after somebody else, finds what was asked for: the rule is not there.
    const { ids } = this.parts.controller.remove(call.places.id ?? "", byWhom(call));
    return answer({ removed: ids.length > 0, rules: this.all() });
  }

  arm(call: Call): Reply {
    const { ids, members } = this.chosen(call);
    return this.after(this.parts.controller.arm(ids, ttlOf(members), byWhom(call)));
  }

  disarm(call: Call): Reply {
    return this.after(this.parts.controller.disarm(this.chosen(call, []).ids, byWhom(call)));
  }

  nearMisses({ query }: Call): Reply {
    const { controller, book } = this.parts;
    const wanted = query.get("rule");
    if (wanted !== null && controller.find(wanted) === undefined) throw notThere("rule", wanted);
    const limit = wholeParameter(query, "limit", 1, 1000) ?? 100;
    const since = wholeParameter(query, "since", 0) ?? 0;
    const messages = book.messages().filter(({ seq }) => seq > since);
    const open = new Map(book.connectionsOpen().map(({ id, opened }) => [id, opened]));
    const misses: object[] = [];
    for (const { rule } of controller.list()) {
      if (wanted !== null && rule.id !== wanted) continue;
      for (const live of messages) {
        const miss = ruleNearMiss(rule, pastMessage(live, open.get(live.connection)));
        if (miss !== undefined) misses.push({ rule: rule.id, ...miss, message: live });
      }
    }
    return answer({ nearMisses: misses.slice(-limit) });
  }

  private all(): readonly object[] {
    const now = this.parts.clock.now();
    return this.parts.controller.list().map((one) => told(one, now));
  }

  private chosen(
    { places, body }: Call,
    more: readonly string[] = ["ttl"],
  ): { readonly ids: readonly string[] | undefined; readonly members: Members } {
    const one = places.id;
    const members = membersOf(body, one === undefined ? ["ids", ...more] : more);
    return { ids: one === undefined ? textsMember(members, "ids") : [one], members };
  }

  private after(outcome: RuleChangeOutcome, text?: RuleText, status = 200): Reply {
    this.check(outcome, text);
    return answer({ rules: this.all() }, status);
  }

  private check(outcome: RuleChangeOutcome, text: RuleText = { text: "", linesBefore: 0 }): void {
    switch (outcome.kind) {
      case "done":
        return;
      case "unknown":
        throw notThere("rule", outcome.id);
      case "needs-ttl":
        throw new AdminProblem(
          409,
          "needs-ttl",
          "against a target that is marked production nothing is armed without an end",
          'Send a ttl, like { "ttl": "5m" } (ctl arm --ttl 5m).',
        );
      case "wrong":
        throw wrongRules(outcome.issues, text);
    }
  }
}

const ttlOf = (members: Members): number | undefined => {
  const word = textMember(members, "ttl");
  const ms = word === undefined ? undefined : durationOf("ttl", word, longestTtlMs);
  if (ms === 0) throw badValue("ttl", word, "a duration longer than nothing");
  return ms;
};

/** The addresses of rules. */
export function ruleRoutes(parts: RuleParts): readonly Route[] {
  const rules = new Rules(parts);
  const one = "/v1/rules/{id}";
  return [
    { method: "GET", path: "/v1/rules", body: "none", handle: () => rules.list() },
    { method: "POST", path: "/v1/rules", body: "rules", handle: (call) => rules.add(call) },
    { method: "PUT", path: "/v1/rules", body: "rules", handle: (call) => rules.replace(call) },
    { method: "POST", path: "/v1/rules/arm", body: "json", handle: (call) => rules.arm(call) },
    { method: "POST", path: "/v1/rules/disarm", body: "json", handle: (call) => rules.disarm(call) },
    {
      method: "GET",
      path: "/v1/near-misses",
      body: "none",
      query: ["rule", "limit", "since"],
      handle: (call) => rules.nearMisses(call),
    },
    { method: "GET", path: one, body: "none", handle: (call) => rules.detail(call) },
    { method: "PATCH", path: one, body: "json", handle: (call) => rules.patch(call) },
    { method: "DELETE", path: one, body: "none", handle: (call) => rules.remove(call) },
    { method: "POST", path: `${one}/arm`, body: "json", handle: (call) => rules.arm(call) },
    { method: "POST", path: `${one}/disarm`, body: "json", handle: (call) => rules.disarm(call) },
  ];
}
