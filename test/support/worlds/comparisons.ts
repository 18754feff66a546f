// Results of replays, made by hand, for tests of verdicts and reports.
import type { Compared, Outcome } from "../../../src/replay/protocol.js";
import { ReplayRecord } from "../../../src/replay/verdict/replay-record.js";

/** A compared answer to a StartTransaction. */
export function comparedAnswer(changes: Partial<Compared> = {}): Compared {
  return {
    kind: "compared",
    result: "equal",
    connection: 1,
    direction: "csms-to-cp",
    type: "CALLRESULT",
    action: "StartTransaction",
    id: "1",
    differences: [],
    why: "",
    latencyMs: { recorded: 1, live: 2.5 },
    exchange: {
      step: 1,
      expectation: undefined,
      recordedAtNs: 1e6,
      liveAtNs: 2e6,
      recorded: { call: '[2,"1","StartTransaction",{"a":1}]', answer: '[3,"1",{"b":1}]' },
      live: { call: '[2,"1","StartTransaction",{"a":1}]', answer: '[3,"1",{"b":2}]' },
    },
    ...changes,
  };
}

/** The outcome of a run with this verdict and these counts. */
export function outcomeOf(verdict: Outcome["verdict"], counts: Partial<Outcome["counts"]> = {}): Outcome {
  const none = {
    equal: 0,
    ignorable: 0,
    bound: 0,
    different: 0,
    missing: 0,
    unexpected: 0,
    expected: 0,
    unmet: 0,
    unfulfilled: 0,
    forks: 0,
  };
  return {
    verdict,
    reason: "",
    counts: { ...none, ...counts },
    forks: [],
    fingerprint: "sha256:f",
    bytes: "sha256:b",
    stopped: new Map(),
    freeAtNs: undefined,
  };
}

/** A record with this text in every place that can hold one. */
export function hostileRecord(text: string): ReplayRecord {
  const record = new ReplayRecord(text, text, text);
  record.take(
    comparedAnswer({
      result: "different",
      action: text,
      id: text,
      why: text,
      differences: [{ pointer: `/${text}`, recorded: text, live: text, why: "different" }],
      exchange: {
        step: 1,
        expectation: undefined,
        recordedAtNs: 1,
        liveAtNs: 1,
        recorded: { call: text, answer: text },
        live: { call: `${text} `, answer: `${text}!` },
      },
    }),
  );
  record.take({ kind: "unmet", action: text, pointer: text, result: text, why: text });
  record.take({ kind: "note", code: text, message: text });
  record.forks.push({ id: 1, what: text, connection: 1, step: 1 });
  record.outcome = { ...outcomeOf("fail", { different: 1 }), reason: text, fingerprint: text };
  return record;
}
