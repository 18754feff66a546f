// What `record` prints when it is ready and when it ends. Chargers append their identity to the URL that is typed in, or
// take it as it is: both forms are shown.

import { waysFor } from "../../app/record/listeners.js";
import type { ListenerAddress, RecordListener, RecordSummary } from "../../app/record/record-events.js";
import type { RecordingProxy } from "../../app/record/recording-proxy.js";
import { durationWords } from "../../base/duration.js";
import { billingRiskOf } from "../../rules/language/billing-risk.js";
import { explainRule } from "../../rules/language/explain.js";
import { plural } from "../../text/plural.js";
import { printable } from "../../text/printable.js";

const placeWords = ({ on, within, named }: ListenerAddress): string => {
  const from = {
    network: "",
    machine: "only from this machine",
    containers: "only from containers of this machine",
  };
  const certificate =
    named === undefined
      ? ""
      : named
        ? "the certificate names it"
        : "the certificate does NOT name it: a charger that checks names refuses it";
  const parts = [on ?? "", from[within], certificate].filter((part) => part !== "");
  return parts.length === 0 ? "" : ` (${parts.join("; ")})`;
};

const wayLine = (way: ListenerAddress, { target, asks }: RecordListener): string => {
  const forms = target === "/" ? `${way.url}/` : `${way.url}/ or ${way.url}${target}`;
  return `  ${forms}${placeWords(way)}; the CSMS is asked for ${asks}`;
};

/** The ways in, a line each, and what keeps chargers out. */
export function wayLines(listeners: readonly RecordListener[]): readonly string[] {
  const lines = [
    "Type into the charger (the first form if it appends its identity itself, as most do):",
    ...listeners.flatMap((listener) => waysFor(listener).map((way) => wayLine(way, listener))),
  ];
  const [first] = listeners;
  const isReachable = listeners.some((listener) =>
    waysFor(listener).some(({ within }) => within === "network"),
  );
  if (first === undefined || isReachable) return lines;
  const isOpen = listeners.some(({ host }) => host === "0.0.0.0" || host === "::");
  const why = isOpen
    ? "No network is up on this machine: chargers cannot reach it until one is."
    : `Only programs on this machine can reach it, chargers cannot: --listen 0.0.0.0:${first.port} opens it to them.`;
  return [...lines, why];
}

/** What the proxy says when it is ready; `target` names the CSMS, `out` is the folder of the cassettes. */
export function readyLines(
  proxy: RecordingProxy,
  { target, out, disarmed, rulesTtl }: ReadyFacts,
): readonly string[] {
  const { listeners, warnings, restoreNotes, initialRules, admin } = proxy;
  const urls = listeners.map(({ url }) => url).join(", ");
  return [
    `Listening on ${urls}, forwarding to ${target}; cassettes go to ${out}/`,
    ...wayLines(listeners),
    ...warnings,
    ...(restoreNotes === undefined
      ? []
      : [`How to set the charger back afterwards is written in ${restoreNotes}`]),
    ...(initialRules === undefined ? [] : ruleLines(initialRules, disarmed === true, rulesTtl)),
    ...(admin === undefined ? [] : [adminLine(admin)]),
  ];
}

/** What the ready words need besides the proxy. */
export interface ReadyFacts {
  readonly target: string;
  readonly out: string;
  readonly disarmed?: boolean | undefined;
  /** Milliseconds. */
  readonly rulesTtl?: number | undefined;
}

const ruleLines = (
  { ruleSet, seed }: NonNullable<RecordingProxy["initialRules"]>,
  isDisarmed: boolean,
  ttlMs: number | undefined,
): readonly string[] => {
  const count = `${ruleSet.rules.length} rule${ruleSet.rules.length === 1 ? "" : "s"}`;
  const span = ttlMs === undefined ? "" : ` for ${durationWords(ttlMs)}`;
  return [
    `${count} ${isDisarmed ? "read, none armed" : "armed"}${span}, seed ${seed}:`,
    ...ruleSet.rules.flatMap((rule) => {
      const risk = billingRiskOf(rule);
      const line = `  ${rule.id}: ${printable(explainRule(rule), 400)}`;
      return risk === undefined ? [line] : [line, `  ${rule.id}: warning: ${risk.message}`];
    }),
  ];
};

/** Where the admin API is and where its token is; never the token. */
const adminLine = ({ url, tokenPath }: NonNullable<RecordingProxy["admin"]>): string =>
  `Admin API on ${url}; its token is in ${tokenPath ?? "OCPP_VCR_ADMIN_TOKEN"}`;

/** The end of a run. */
export function endLines(
  { cassettes, entries, faults }: RecordSummary,
  warnings: readonly string[],
): readonly string[] {
  return [
    `${plural(cassettes.length, "cassette")}, ${plural(entries, "entry", "entries")}, ${plural(faults, "fault")} applied`,
    ...warnings,
    ...cassettes.map((path) => `  ${path}`),
  ];
}
