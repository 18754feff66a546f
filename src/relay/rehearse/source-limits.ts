// Why a recording cannot show what a rule would have done: without TLS handshakes, control frames or times in it, the rule
// never acts, or acts at another moment. With this reported, a rule that does nothing is a rule that nothing matched.

import type { Entry } from "../../cassette/format/entry.js";
import { knows } from "../../cassette/source-capabilities.js";
import { isTimed, type Rule, type When } from "../../rules/language/rule-set.js";

/** Why this recording cannot show, or not exactly, what the rule would have done; undefined where it can. */
export function limitOf(rule: Rule, entries: readonly Entry[]): string | undefined {
  switch (rule.point) {
    case "tls":
      return withoutTls(entries);
    case "upgrade":
      return entries.some(({ kind }) => kind === "connection-opened" || kind === "refused")
        ? undefined
        : "the recording holds no upgrade";
    case "ping":
    case "pong":
      if (!knows(entries, "control-frames")) return "the recording does not hold control frames";
      break;
    default:
      break;
  }
  if (!asksForTime(rule) || knows(entries, "times")) return undefined;
  return "the recording does not hold all times; a missing one is taken as 1 ms after what came before";
}

const withoutTls = (entries: readonly Entry[]): string | undefined => {
  if (entries.some((entry) => entry.kind === "handshake-failed" && entry.leg === "charger")) return undefined;
  const opened = entries.filter((entry) => entry.kind === "connection-opened");
  if (opened.some(({ tls }) => tls !== undefined && tls.charger !== null)) return undefined;
  if (opened.length === 0) return "the recording holds no TLS handshake";
  return opened.some(({ tls }) => tls === undefined)
    ? "the recording does not hold TLS handshakes"
    : "no charge point connected with TLS";
};

const asksForTime = (rule: Rule): boolean => {
  const { window, ttl } = rule.trigger;
  return isTimed(rule) || window !== undefined || ttl !== undefined || whenAsksForTime(rule.when);
};

const whenAsksForTime = ({ window, clock, all = [], any = [], not }: When): boolean =>
  window !== undefined ||
  clock !== undefined ||
  [...all, ...any, ...(not === undefined ? [] : [not])].some(whenAsksForTime);
