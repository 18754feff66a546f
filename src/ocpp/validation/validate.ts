// A message's text -> everything that is wrong with it: the text (RFC 8259), the frame (OCPP-J), the payload
// (OCA schemas), each with its place in the bytes. Classifies and never refuses: whatever comes out of here,
// the message is carried. Total, and linear in the length of the text.

import { type Direction, senderOf } from "../../base/direction.js";
import { byteOffsets } from "../json/byte-offsets.js";
import { readPointer } from "../json/pointer.js";
import { type JsonNode, type JsonTree, readJson } from "../json/tree.js";
import { payloadCheck } from "../schema/compile-schema.js";
import type { OcppVersion } from "../version.js";
import { type Breach, type CheckedEnvelope, checkEnvelope } from "./check-envelope.js";
import { checkPayload } from "./check-payload.js";
import {
  clauseOf,
  type IssueClass,
  type Profile,
  type RuleCode,
  validationRules,
  verdictOf,
} from "./validation-rules.js";

/** One thing that is wrong with a message. */
export interface MessageIssue {
  readonly code: RuleCode;
  readonly class: IssueClass;
  /** Where the rule is written that is broken. */
  readonly clause: string;
  /** One sentence. */
  readonly message: string;
  /** From the root of the frame; of something missing, the place where it belongs. */
  readonly pointer: string;
  /** In UTF-8 bytes of the text. Of something missing in an object: the object; of a surplus member: all of it. */
  readonly offset: number;
  readonly length: number;
  /** What stands there, cut where it is long. */
  readonly found: string;
  readonly expected: string;
}

/** What is known of a message besides its text. */
export interface MessageContext {
  /** The action of the CALL that this is the answer to: without it, the payload of an answer is not judged. */
  readonly action?: string | undefined;
  readonly direction?: Direction | undefined;
}

/** Issues that are told one by one. */
export const mostIssues = 10_000;

/** All issues of a message, in the order of their places. */
export function validate(
  text: string,
  version: OcppVersion,
  profile: Profile = "field",
  context: MessageContext = {},
): readonly MessageIssue[] {
  const tree = readJson(text);
  const breaches: Breach[] = [...tree.findings];
  let isPartial = tree.untold > 0;
  // A root that is a word of its own making has its finding already.
  if (tree.root !== undefined && tree.root.value !== undefined) {
    const { direction } = context;
    const caller = direction === undefined ? undefined : senderOf(direction);
    const envelope = checkEnvelope(tree.root, version, tree.isWhole, caller);
    breaches.push(...envelope.breaches);
    const payload = payloadBreaches(tree, envelope, version, profile, context.action);
    // Not spread into a call: there may be more of them than a call has room for.
    for (const breach of withoutEchoes(payload.breaches, tree)) breaches.push(breach);
    isPartial ||= payload.isPartial;
  }
  if (breaches.length === 0) return [];
  return issuesOf(text, version, profile, breaches, isPartial);
}

/** A text whose characters are wrong as JSON is no news as a text of other than printable ASCII. */
const withoutEchoes = (breaches: readonly Breach[], { findings }: JsonTree): readonly Breach[] => {
  if (findings.length === 0) return breaches;
  const places = new Set(findings.map(({ pointer }) => pointer));
  return breaches.filter(({ code, pointer }) => code !== "not-printable-ascii" || !places.has(pointer));
};

const payloadBreaches = (
  tree: JsonTree,
  { type, action, payload }: CheckedEnvelope,
  version: OcppVersion,
  profile: Profile,
  answered: string | undefined,
): { readonly breaches: readonly Breach[]; readonly isPartial: boolean } => {
  const role = type === "CALLRESULT" ? "response" : "request";
  const named = type === "CALLRESULT" ? answered : action;
  if (payload === undefined || named === undefined || !tree.isWhole)
    return { breaches: [], isPartial: false };
  const base = type === "CALLRESULT" ? "/2" : "/3";
  const demand = profile === "strict" ? "strict" : "schema";
  if (payload.value === null && version === "1.6") {
    const empty = payloadCheck(version, named, role, demand)?.({});
    if (empty?.length === 0) return { breaches: [nullPayload(payload, base)], isPartial: false };
  }
  return checkPayload(payload, tree.size, { version, action: named, role, demand, base });
};

const nullPayload = ({ start, end }: JsonNode, pointer: string): Breach => ({
  code: "null-payload",
  pointer,
  start,
  end,
  expected: "{}",
});

const issuesOf = (
  text: string,
  version: OcppVersion,
  profile: Profile,
  breaches: readonly Breach[],
  isPartial: boolean,
): readonly MessageIssue[] => {
  const judged: (Breach & { readonly class: IssueClass })[] = [];
  for (const breach of breaches) {
    const verdict = verdictOf(breach.code, profile, version, readPointer(breach.pointer) ?? []);
    if (verdict !== "-") judged.push({ ...breach, class: verdict });
  }
  judged.sort((a, b) => a.start - b.start || a.end - b.end);
  const told = judged.slice(0, mostIssues);
  if (isPartial || told.length < judged.length) {
    const end = text.length;
    const expected = `at most ${mostIssues} issues`;
    told.push({ code: "too-many-issues", class: "smell", pointer: "", start: end, end, expected });
  }
  const places = [...new Set(told.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const bytes = byteOffsets(text, places);
  const byteAt = new Map(places.map((place, i) => [place, bytes[i] ?? 0]));
  return told.map(({ code, class: judgement, pointer, start, end, expected }) => {
    const offset = byteAt.get(start) ?? 0;
    const found = cut(text.slice(start, Math.min(end, start + longestFound + 1)));
    return {
      code,
      class: judgement,
      clause: clauseOf(code, version),
      message: sentence(code, pointer, found, expected),
      pointer,
      offset,
      length: (byteAt.get(end) ?? 0) - offset,
      found,
      expected,
    };
  });
};

const longestFound = 80;

const cut = (found: string): string =>
  found.length > longestFound ? `${found.slice(0, longestFound)}…` : found;

const sentence = (code: RuleCode, pointer: string, found: string, expected: string): string => {
  const place = pointer === "" ? "" : `${pointer}: `;
  const stands = found === "" ? "" : ` (found ${found})`;
  return `${place}${validationRules[code].says}${stands}; expected ${expected}`;
};
