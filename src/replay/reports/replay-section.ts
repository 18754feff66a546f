// A replay's record as a section of the HTML report: the recorded dialogue on the left, the live one on the right.

import type { ComparisonItem, ComparisonTone, SectionParts } from "../../analyse/report/comparison.js";
import type { Compared, Outcome, Result, Sent } from "../protocol.js";
import type { ReplayedMessage, ReplayRecord } from "../verdict/replay-record.js";
import { results } from "../verdict/verdict.js";

const tones: Readonly<Record<Result, ComparisonTone>> = {
  equal: "good",
  ignorable: "quiet",
  bound: "bound",
  different: "bad",
  missing: "bad",
  unexpected: "warn",
  expected: "bound",
};

/** Results that count as differences on the page. */
const differing: readonly Result[] = ["different", "missing", "unexpected", "expected"];

const nameOf = ({ type, action }: Compared | Sent): string => {
  if (action === null) return type;
  return type === "CALL" || type === "CALLRESULT" ? action : `${type} ${action}`;
};

const itemOf = (message: ReplayedMessage): ComparisonItem => {
  const { connection, exchange } = message;
  const isCompared = message.kind === "compared";
  const latency = isCompared ? message.latencyMs : undefined;
  const fork = message.fork === undefined ? [] : [`depends on fork ${message.fork}`];
  const why = isCompared ? [message.why, ...fork].filter((word) => word !== "").join(", ") : "";
  const isOwn = exchange?.step !== undefined || !isCompared || message.direction === "cp-to-csms";
  const none = { call: undefined, answer: undefined };
  return {
    kind: "exchange",
    direction: isOwn ? "cp-to-csms" : "csms-to-cp",
    connection,
    atNs: exchange?.liveAtNs ?? null,
    name: nameOf(message),
    result: isCompared ? message.result : "sent",
    tone: isCompared ? tones[message.result] : "quiet",
    isDifference: isCompared && differing.includes(message.result),
    why,
    left: { ...(exchange?.recorded ?? none), latencyMs: latency?.recorded ?? null },
    right: { ...(exchange?.live ?? none), latencyMs: latency?.live ?? null },
    differences: isCompared ? message.differences : [],
  };
};

const itemsOf = (record: ReplayRecord): readonly ComparisonItem[] => {
  const items: ComparisonItem[] = [];
  const marked = new Set<number>();
  for (const message of record.inOrder()) {
    items.push(itemOf(message));
    for (const fork of record.forks) {
      if (marked.has(fork.id) || fork.step !== message.exchange?.step) continue;
      marked.add(fork.id);
      items.push(remark("fork", "mark", `fork ${fork.id}: ${fork.what}`, message.exchange.liveAtNs));
    }
  }
  for (const fork of record.forks)
    if (!marked.has(fork.id)) items.push(remark("fork", "mark", `fork ${fork.id}: ${fork.what}`));
  for (const { action, pointer, result, why } of record.unmet)
    items.push(
      remark(
        "unmet",
        "bad",
        `${action}${pointer === null ? "" : ` ${pointer}`} was expected to be ${result}, but is not: ${why}`,
      ),
    );
  return items;
};

const remark = (
  result: string,
  tone: ComparisonTone,
  text: string,
  atNs: number | null = null,
): ComparisonItem => ({
  kind: "remark",
  atNs,
  result,
  tone,
  text,
});

/** The tone of a verdict. */
export function verdictTone(verdict: Outcome["verdict"] | "no verdict"): ComparisonTone {
  if (verdict === "pass") return "good";
  return verdict === "partial" || verdict === "not-applicable" || verdict === "interrupted" ? "warn" : "bad";
}

/** The section of a replay. */
export function replaySection(record: ReplayRecord): SectionParts {
  const { outcome, cassette, identity, csms, notes, error } = record;
  const verdict = outcome?.verdict ?? "no verdict";
  const counts = outcome?.counts;
  const reasons = [outcome?.reason, error].filter((word) => word !== undefined && word !== "");
  const totals: SectionParts["totals"] =
    counts === undefined
      ? []
      : [
          ...results.map((result) => [result, counts[result], tones[result]] as const),
          ["unmet", counts.unmet, "bad"] as const,
        ];
  return {
    title: cassette,
    verdict,
    tone: verdictTone(verdict),
    leftName: "recorded",
    rightName: "live",
    facts: [
      ["charge point", identity],
      ["CSMS", csms],
      ["fingerprint", outcome?.fingerprint ?? "none"],
    ],
    totals: totals.filter(([, count]) => count > 0),
    notes: [...reasons.map((reason) => `${reason}`), ...notes],
    items: itemsOf(record),
  };
}
