// The output of `record` when it is ready and when it ends. Some chargers append their identity to the URL that is typed
// in, others do not: both forms are printed.

import { waysFor } from "../../app/record/listeners.js";
import type { ListenerAddress, RecordListener, RecordSummary } from "../../app/record/record-events.js";
import type { RecordingProxy } from "../../app/record/recording-proxy.js";
import { durationWords } from "../../base/duration.js";
import { billingRiskOf } from "../../rules/language/billing-risk.js";
import { explainRule } from "../../rules/language/explain.js";
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
        : "the certificate does NOT name it: a charger that checks names refuses to connect";
  const parts = [on ?? "", from[within], certificate].filter((part) => part !== "");
  return parts.length === 0 ? "" : ` (${parts.join("; ")})`;
};

const wayLine = (way: ListenerAddress, { target, asks }: RecordListener): string => {
  const forms = target === "/" ? `${way.url}/` : `${way.url}/ or ${way.url}${target}`;
  return `  ${forms}${placeWords(way)}; the CSMS is asked for ${asks}`;
};

/** One line for each address by which chargers reach the listeners, and a line if none of them is reachable. */
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
    ? "This machine has no network: chargers cannot reach it until it has one."
    : `Only programs on this machine can connect, chargers cannot: --listen 0.0.0.0:${first.port} lets them connect.`;
  return [...lines, why];
}

/** The lines that are printed when the proxy is ready. */
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
    ...(restoreNotes === undefined ? [] : [`How to restore the charger afterwards: see ${restoreNotes}`]),
    ...(initialRules === undefined ? [] : ruleLines(initialRules, disarmed === true, rulesTtl)),
    ...(admin === undefined ? [] : [adminLine(admin)]),
  ];
}

/** The facts about a run that are printed when it is ready. */
export interface ReadyFacts {
  /** The name of the CSMS. */
  readonly target: string;
  /** The folder of the cassettes. */
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

/** The address of the admin API and the place of its token; never the token itself. */
const adminLine = ({ url, tokenPath }: NonNullable<RecordingProxy["admin"]>): string =>
  `Admin API on ${url}; its token is in ${tokenPath ?? "OCPP_VCR_ADMIN_TOKEN"}`;

/** The lines that are printed at the end of a run. */
export function endLines(
  { cassettes, entries, faults }: RecordSummary,
  warnings: readonly string[],
): readonly string[] {
  const count = `${cassettes.length} cassette${cassettes.length === 1 ? "" : "s"}`;
  return [
    `${count}, ${entries} entries, ${faults} faults applied`,
    ...warnings,
    ...cassettes.map((path) => `  ${path}`),
  ];
}
