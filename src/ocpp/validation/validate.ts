// Finds everything that is wrong with a message: its text (RFC 8259), its envelope (OCPP-J), its payload (OCA schemas), each
// with its place in the bytes. Never throws, and takes linear time in the length of the text.

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
  severityOf,
  validationRules,
} from "./validation-rules.js";

/** One thing that is wrong with a message. */
export interface MessageIssue {
  readonly code: RuleCode;
  readonly class: IssueClass;
  /** The clause of the rule that is broken. */
  readonly clause: string;
  /** One sentence. */
  readonly message: string;
  /** From the root of the message; of something missing, the place where it belongs. */
  readonly pointer: string;
  /** In UTF-8 bytes of the text. For a missing member: the object; for an extra member: all of it. */
  readonly offset: number;
  readonly length: number;
  /** The characters at this place, cut if they are long. */
  readonly found: string;
  readonly expected: string;
}

/** What is known about a message besides its text. */
export interface MessageContext {
  /** The action of the answered CALL. Without it, the payload of an answer is not validated. */
  readonly action?: string | undefined;
  readonly direction?: Direction | undefined;
}

/** The most issues that are listed. */
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
  // A root that is not valid JSON has its finding already.
  if (tree.root !== undefined && tree.root.value !== undefined) {
    const { direction } = context;
    const caller = direction === undefined ? undefined : senderOf(direction);
    const envelope = checkEnvelope(tree.root, version, tree.isWhole, caller);
    breaches.push(...envelope.breaches);
    const payload = payloadBreaches(tree, envelope, version, profile, context.action);
    // Not `push(...)`: there may be more than a call can have arguments.
    for (const breach of withoutEchoes(payload.breaches, tree)) breaches.push(breach);
    isPartial ||= payload.isPartial;
  }
  if (breaches.length === 0) return [];
  return issuesOf(text, version, profile, breaches, isPartial);
}

/** Without `not-printable-ascii` for texts that are invalid JSON already. */
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
    const severity = severityOf(breach.code, profile, version, readPointer(breach.pointer) ?? []);
    if (severity !== "-") judged.push({ ...breach, class: severity });
  }
  judged.sort((a, b) => a.start - b.start || a.end - b.end);
  const listed = judged.slice(0, mostIssues);
  if (isPartial || listed.length < judged.length) {
    const end = text.length;
    const expected = `at most ${mostIssues} issues`;
    listed.push({ code: "too-many-issues", class: "smell", pointer: "", start: end, end, expected });
  }
  const places = [...new Set(listed.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const bytes = byteOffsets(text, places);
  const byteAt = new Map(places.map((place, i) => [place, bytes[i] ?? 0]));
  return listed.map(({ code, class: judgement, pointer, start, end, expected }) => {
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
  const shown = found === "" ? "" : ` (found ${found})`;
  return `${place}${validationRules[code].what}${shown}; expected ${expected}`;
};
