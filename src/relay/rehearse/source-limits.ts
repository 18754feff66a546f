// What a recording cannot tell of a rule: it knows no TLS handshake, no control frames or no times, and so the rule would
// never act on it, or not when it would have. Said, so that silence of a rule always means that nothing fitted.

import type { Entry } from "../../cassette/format/entry.js";
import { knows } from "../../cassette/source-capabilities.js";
import { isTimed, type Rule, type When } from "../../rules/language/rule-set.js";

/** Why this recording cannot tell, or not rightly, what the rule would have done; undefined where it can. */
export function untold(rule: Rule, entries: readonly Entry[]): string | undefined {
  switch (rule.point) {
    case "tls":
      return withoutTls(entries);
    case "upgrade":
      return entries.some(({ kind }) => kind === "connection-opened" || kind === "refused")
        ? undefined
        : "no upgrade is in the recording";
    case "ping":
    case "pong":
      if (!knows(entries, "control-frames")) return "the recording does not know of control frames";
      break;
    default:
      break;
  }
  if (!asksForTime(rule) || knows(entries, "times")) return undefined;
  return "the recording does not know all times; those that are missing are taken as 1 ms after what came before";
}

const withoutTls = (entries: readonly Entry[]): string | undefined => {
  if (entries.some((entry) => entry.kind === "handshake-failed" && entry.leg === "charger")) return undefined;
  const opened = entries.filter((entry) => entry.kind === "connection-opened");
  if (opened.some(({ tls }) => tls !== undefined && tls.charger !== null)) return undefined;
  if (opened.length === 0) return "no TLS handshake is in the recording";
  return opened.some(({ tls }) => tls === undefined)
    ? "the recording does not know of TLS handshakes"
    : "no charge point dialled with TLS";
};

const asksForTime = (rule: Rule): boolean => {
  const { window, ttl } = rule.trigger;
  return isTimed(rule) || window !== undefined || ttl !== undefined || whenAsksForTime(rule.when);
};

const whenAsksForTime = ({ window, clock, all = [], any = [], not }: When): boolean =>
  window !== undefined ||
  clock !== undefined ||
  [...all, ...any, ...(not === undefined ? [] : [not])].some(whenAsksForTime);
