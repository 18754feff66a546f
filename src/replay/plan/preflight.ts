// What to know before a replay dials: the identity, what the CSMS must know and do, and what a replay does not repeat. Read
// from the plan and from the recording that it was made from; nothing here is about the target.

import { bootSerials } from "../../analyse/watch/boot-serial.js";
import type { Direction } from "../../base/direction.js";
import type { ConnectionOpenedEntry, Entry } from "../../cassette/format/entry.js";
import { hiddenMark } from "../../cassette/format/entry.js";
import { payloadIn } from "../../ocpp/envelope/parse-envelope.js";
import { leavesOf } from "../../ocpp/json/spans.js";
import { unquote } from "../../ocpp/json/string.js";
import { connectorOf, textAt, transactionIdOf } from "../../ocpp/payload.js";
import { fieldList, fieldValue, parseHead } from "../../wire/http/head.js";
import type { CallStep, Plan } from "./plan.js";
import { idTagsIn } from "./values/mapped-values.js";
import { givenTransactionId, transactionIdsIn } from "./values/transaction-ids.js";

/** How the recorded charger authenticated itself. */
export interface RecordedSecurity {
  /** The scheme of Authorization, in lower case; null where there was none. */
  readonly authorization: string | null;
  /** Whether TLS was used towards the charger or towards the CSMS; null where the recording does not know. */
  readonly tls: boolean | null;
  readonly clientCertificate: boolean;
  /** The security profile of OCPP that this is; null where the recording does not know. */
  readonly profile: 0 | 1 | 2 | 3 | null;
}

/** Calls of one action that the CSMS made in the recording. */
export interface CallsToMake {
  readonly action: string;
  readonly count: number;
  /** How many of them steps wait for, because they caused the steps. */
  readonly awaited: number;
  /** The payloads of the first ones, as JSON. */
  readonly about: readonly string[];
}

/** What a dry run shows in addition to the steps. */
export interface Preflight {
  readonly identity: string;
  readonly connections: number;
  readonly security: RecordedSecurity;
  readonly subprotocols: readonly string[];
  /** Id tags that the charger sends, as they will be sent. */
  readonly idTags: readonly string[];
  readonly connectors: readonly number[];
  readonly serialNumbers: readonly string[];
  readonly callsToMake: readonly CallsToMake[];
  readonly transactions: { readonly openAtStart: readonly string[]; readonly openAtEnd: readonly string[] };
  /** The places of values that were removed from the recording. */
  readonly redacted: readonly string[];
  /** From the first step to the last; null where the recording has no times. */
  readonly durationNs: number | null;
  readonly notReproduced: readonly string[];
}

const mostShown = 5;
const longestShown = 120;

const distinct = <Value>(values: Iterable<Value>): readonly Value[] => [...new Set(values)];

const callsOf = (plan: Plan): readonly CallStep[] => plan.steps.filter((step) => step.kind === "call");

const isWss = (url: string | null): boolean => /^(?:wss|https):/i.test(url ?? "");

const securityOf = (
  entries: readonly Entry[],
  opened: readonly ConnectionOpenedEntry[],
): RecordedSecurity => {
  const session = entries.find((entry) => entry.kind === "session");
  const csms = session?.kind === "session" ? session.csms : null;
  const heads = opened.flatMap(({ request }) => (request === null ? [] : [parseHead(request.raw)]));
  const values = heads.flatMap((head) => fieldValue(head, "authorization") ?? []);
  const authorization = values[0]?.split(/[ \t]/, 1)[0]?.toLowerCase() ?? null;
  const facts = opened.flatMap(({ tls }) => (tls === undefined ? [] : [tls]));
  const clientCertificate = facts.some(({ charger, csms: leg }) => !!charger?.peer || !!leg?.own);
  const hasTls =
    facts.some((one) => one.csms !== null || one.charger !== null) ||
    isWss(csms) ||
    opened.some(({ url }) => isWss(url));
  const isKnown = facts.length > 0 || csms !== null || opened.some(({ url }) => url !== null);
  const tls = hasTls ? true : isKnown ? false : null;
  if (tls === null || heads.length === 0) return { authorization, tls, clientCertificate, profile: null };
  const withPassword = authorization === null ? 0 : tls ? 2 : 1;
  return { authorization, tls, clientCertificate, profile: clientCertificate ? 3 : withPassword };
};

const connectorsOf = (calls: readonly CallStep[]): readonly number[] => {
  const found = calls.map(({ out }) => Number(connectorOf(payloadIn(out.text)) ?? Number.NaN));
  return [...distinct(found.filter(Number.isFinite))].sort((a, b) => a - b);
};

const callsToMake = ({ expectations, steps }: Plan): readonly CallsToMake[] => {
  const causes = new Set(steps.map(({ cause }) => expectations[cause?.expectation ?? -1]));
  return [...groups(expectations)].map(([action, list]) => {
    const words = list.map(({ text }) => JSON.stringify(payloadIn(text) ?? null).slice(0, longestShown));
    const awaited = list.filter((one) => causes.has(one)).length;
    return { action, count: list.length, awaited, about: distinct(words).slice(0, mostShown) };
  });
};

const groups = (expectations: Plan["expectations"]): ReadonlyMap<string, Plan["expectations"]> => {
  const found = new Map<string, Plan["expectations"][number][]>();
  for (const one of expectations) {
    const list = found.get(one.action);
    if (list === undefined) found.set(one.action, [one]);
    else list.push(one);
  }
  return found;
};

/** The characters of a scalar, without quotes. */
const shown = (source: string): string => (source.startsWith('"') ? unquote(source) : source);

/** 1.6: the ids that were handed out before the recording begins, and those without a stop on it. */
const transactions16 = (plan: Plan, calls: readonly CallStep[]): { start: string[]; end: string[] } => {
  const stopped = new Set<number>();
  const start: string[] = [];
  for (const { action, out, uses } of calls) {
    if (action === "StopTransaction") for (const { slot } of uses) stopped.add(slot);
    const known = new Set(uses.map(({ offset }) => offset));
    for (const leaf of out.text === undefined ? [] : transactionIdsIn(action, out.text))
      if (!known.has(leaf.offset) && leaf.source !== "null") start.push(shown(leaf.source));
  }
  const end = plan.slots.flatMap(({ recorded, learnedFrom }, slot) => {
    const step = plan.steps[learnedFrom];
    if (step?.kind !== "call" || step.action !== "StartTransaction" || stopped.has(slot)) return [];
    return [shown(givenTransactionId(step.answer?.text ?? "") ?? recorded)];
  });
  const unanswered = calls.filter(
    ({ action, answer }) => action === "StartTransaction" && answer === undefined,
  );
  return {
    start,
    end: [...end, ...unanswered.map(({ id }) => `StartTransaction ${id}, which has no answer`)],
  };
};

/** 2.x: the ids without a Started event, and those without an Ended event. */
const transactions2 = (calls: readonly CallStep[]): { start: string[]; end: string[] } => {
  const seen = new Map<string, { started: boolean; ended: boolean }>();
  for (const { action, out } of calls) {
    if (action !== "TransactionEvent") continue;
    const payload = payloadIn(out.text);
    const id = transactionIdOf(payload);
    if (id === undefined) continue;
    const known = seen.get(id) ?? { started: false, ended: false };
    const type = textAt(payload, "eventType");
    seen.set(id, { started: known.started || type === "Started", ended: known.ended || type === "Ended" });
  }
  const all = [...seen];
  return {
    start: all.flatMap(([id, { started }]) => (started ? [] : [id])),
    end: all.flatMap(([id, { ended }]) => (ended ? [] : [id])),
  };
};

const redactedIn = (
  opened: readonly ConnectionOpenedEntry[],
  calls: readonly CallStep[],
): readonly string[] => {
  const fields = opened.flatMap(({ request }) =>
    (request?.hidden ?? []).map(
      ({ field, scheme }) => `${field}${scheme === null ? "" : ` (${scheme})`} of the upgrade`,
    ),
  );
  const bare = opened.flatMap(({ request }) => {
    if (request === null || request.hidden.length > 0) return [];
    const found = parseHead(request.raw).fields.filter(({ value }) => value.includes(hiddenMark));
    return found.map(({ name }) => `${name} of the upgrade`);
  });
  const places = calls.flatMap(({ action, out }) => {
    if (out.text === undefined || !out.text.includes(hiddenMark)) return [];
    return leavesOf(out.text)
      .filter(({ source }) => source.includes(hiddenMark))
      .map(({ path }) => `/${path.slice(1).join("/")} of ${action}`);
  });
  return distinct([...fields, ...bare, ...places]);
};

const notReproduced = (
  plan: Plan,
  entries: readonly Entry[],
  opened: readonly ConnectionOpenedEntry[],
): readonly string[] => {
  const has = (kind: Entry["kind"]): number => entries.filter((entry) => entry.kind === kind).length;
  const notes = [...plan.notes];
  const session = entries.find((entry) => entry.kind === "session");
  if (session?.kind === "session" && session.capture === "messages")
    notes.push("the recording has messages only: the upgrade, control frames and exact bytes are new");
  const isCompressed = opened.some(
    ({ response }) =>
      response !== null && fieldList(parseHead(response.raw), "sec-websocket-extensions").length > 0,
  );
  if (isCompressed) notes.push("compression: a replay sends uncompressed messages");
  const counted: readonly (readonly [Entry["kind"], string])[] = [
    ["http-exchange", "plain HTTP requests (downloads, uploads) are not repeated"],
    ["handshake-failed", "TLS handshakes that failed are not repeated"],
    ["gap", "gaps of the recording are not filled"],
    [
      "decision",
      "faults of the recording are left out: the messages of the charger are sent as it sent them",
    ],
  ];
  for (const [kind, words] of counted) if (has(kind) > 0) notes.push(`${has(kind)} ${words}`);
  if (plan.strays.length > 0)
    notes.push(
      `${plan.strays.length} messages of the CSMS that are neither calls nor answers to the charger`,
    );
  return notes;
};

/** Reads what a replay of this plan, made from these entries, needs. */
export function preflightOf(plan: Plan, entries: readonly Entry[]): Preflight {
  const calls = callsOf(plan);
  const opened = entries.filter((entry) => entry.kind === "connection-opened");
  const [v16, v2] = [transactions16(plan, calls), transactions2(calls)];
  const instants = plan.steps.flatMap(({ atNs }) => (atNs === null ? [] : [atNs]));
  const direction: Direction = "cp-to-csms";
  const texts = calls.flatMap(({ out, action }) =>
    out.text === undefined ? [] : [{ text: out.text, action }],
  );
  return {
    identity: plan.identity,
    connections: plan.steps.filter((step) => step.kind === "dial").length,
    security: securityOf(entries, opened),
    subprotocols: distinct(opened.map(({ subprotocol }) => subprotocol ?? "none")),
    idTags: distinct(
      texts.flatMap(({ text, action }) => idTagsIn(text, direction, action).map(({ tag }) => tag)),
    ),
    connectors: connectorsOf(calls),
    serialNumbers: distinct(texts.flatMap(({ text }) => bootSerials(text) ?? [])),
    callsToMake: callsToMake(plan),
    transactions: {
      openAtStart: distinct([...v16.start, ...v2.start]),
      openAtEnd: distinct([...v16.end, ...v2.end]),
    },
    redacted: redactedIn(opened, calls),
    durationNs: instants.length === 0 ? null : last(instants) - first(instants),
    notReproduced: notReproduced(plan, entries, opened),
  };
}

const first = (instants: readonly number[]): number => instants.reduce((a, b) => Math.min(a, b));
const last = (instants: readonly number[]): number => instants.reduce((a, b) => Math.max(a, b));
