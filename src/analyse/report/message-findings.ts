// What is wrong with the messages of a dialogue, one by one, as the rows of a report: findings of one code, action,
// pointer (indexes as `*`) and direction are one, with a count. History is not judged here.

import type { Direction } from "../../base/direction.js";
import type { Entry } from "../../cassette/entry.js";
import { validate } from "../../ocpp/validate.js";
import { type OcppVersion, versionOf } from "../../ocpp/version.js";
import type { DialogueMessage } from "../dialogue.js";

/** A finding as a report shows it. */
export interface ReportFinding {
  readonly code: string;
  readonly class: "defect" | "smell" | "event";
  readonly clause: string;
  readonly action: string | undefined;
  readonly direction: Direction;
  readonly message: string;
  readonly first: { readonly entry: number };
  readonly last: { readonly entry: number };
  readonly count: number;
}

const mostFindings = 2000;

const starred = (pointer: string): string => pointer.replace(/\/\d+(?=\/|$)/g, "/*");

const versionsOf = (entries: readonly Entry[]): ReadonlyMap<number, OcppVersion> => {
  const versions = new Map<number, OcppVersion>();
  for (const entry of entries)
    if (entry.kind === "connection-opened")
      versions.set(entry.connection, versionOf(entry.subprotocol) ?? "1.6");
  return versions;
};

/** The findings of a dialogue, in the order of their first places. */
export function messageFindings(
  entries: readonly Entry[],
  dialogue: readonly DialogueMessage[],
): readonly ReportFinding[] {
  const versions = versionsOf(entries);
  const found = new Map<string, ReportFinding>();
  for (const { message, label, position } of dialogue) {
    const { text, direction, connection } = message;
    if (text === undefined || message.kind === "control") continue;
    const context = { action: label.action, direction };
    for (const issue of validate(text, versions.get(connection) ?? "1.6", "field", context)) {
      const { code, class: judgement, clause } = issue;
      const key = JSON.stringify([code, judgement, label.action ?? null, starred(issue.pointer), direction]);
      const before = found.get(key);
      const place = { entry: position };
      if (before !== undefined) found.set(key, { ...before, last: place, count: before.count + 1 });
      else if (found.size < mostFindings)
        found.set(key, {
          code,
          class: judgement,
          clause,
          action: label.action,
          direction,
          message: issue.message,
          first: place,
          last: place,
          count: 1,
        });
    }
  }
  return [...found.values()];
}
