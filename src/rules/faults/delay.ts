// delay: the message goes out later, by `ms` and up to `jitter` more, evenly spread over whole milliseconds.
// Several delays of a message add up. Holding it is the lane's work.

import { readDuration } from "../duration.js";
import { type Member, type Report, readInteger, readMap, readWord, show, type Value } from "../value.js";
import type { Fault } from "./fault.js";

/** How long, and what waits. */
export interface DelaySettings {
  readonly ms: number;
  readonly jitter: number;
  /** `message`: those behind it pass; `lane`: they wait as well. */
  readonly holds: "message" | "lane";
}

const longest = 24 * 60 * 60 * 1000;

/** Holds the message back. */
export const delay: Fault<DelaySettings> = {
  final: false,
  read: (value, report) => {
    if (value.kind === "scalar") {
      const ms = readTime(value, "delay", report);
      return ms === undefined ? undefined : { ms, jitter: 0, holds: "message" };
    }
    const members = readMap(value, "delay", ["ms", "jitter", "holds"], report);
    if (members === undefined) return undefined;
    const said = members.get("ms");
    if (said === undefined)
      report(value.where, "missing-key", "delay must say ms, or be a duration like 200ms");
    const holds = members.get("holds");
    return {
      ms: readCount(said, report) ?? 0,
      jitter: readCount(members.get("jitter"), report) ?? 0,
      holds: (holds && readWord(holds.value, "holds", ["message", "lane"], report)) ?? "message",
    };
  },
  apply: ({ ms, jitter, holds }, { copies, draw }) => {
    const drawn = jitter === 0 ? null : draw();
    const wait = ms + (drawn === null ? 0 : Math.floor(drawn * (jitter + 1)));
    return { outcome: `delayed ${wait} ms`, copies, draw: drawn, delay: { ms: wait, holds } };
  },
  explain: ({ ms, jitter, holds }) =>
    `delayed by ${ms}${jitter === 0 ? "" : ` to ${ms + jitter}`} ms${holds === "lane" ? " with everything behind it" : ""}`,
};

const readCount = (member: Member | undefined, report: Report): number | undefined => {
  if (member === undefined) return undefined;
  const { key, value } = member;
  if (value.kind === "scalar" && typeof value.value === "string") return readTime(value, key, report);
  return readInteger(value, key, { min: 0, max: longest }, report);
};

const readTime = (value: Value, what: string, report: Report): number | undefined => {
  const ms =
    value.kind === "scalar" && typeof value.value === "string" ? readDuration(value.value) : undefined;
  if (ms !== undefined && ms <= longest) return ms;
  report(
    value.where,
    "duration",
    `${what} must be a duration of at most 24h like 200ms, 3s or 5m, found ${show(value)}`,
  );
  return undefined;
};
