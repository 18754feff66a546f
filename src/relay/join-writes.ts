// Writes whose octets lie side by side, as the messages of one chunk do that no rule touches, become one: a write for
// each message of a burst would cost more than the rules. What is written and recorded, and in which order, stays.

import type { RelayCommand } from "./protocol.js";

/** Octets that lie side by side in memory, as one view; undefined for others. */
const joined = (a: Uint8Array, b: Uint8Array): Uint8Array | undefined =>
  a.buffer === b.buffer && a.byteOffset + a.length === b.byteOffset
    ? new Uint8Array(a.buffer, a.byteOffset, a.length + b.length)
    : undefined;

/** The same commands with as few writes as possible; only records are passed over, so that they follow their write. */
export function joinWrites(commands: readonly RelayCommand[]): readonly RelayCommand[] {
  const out: RelayCommand[] = [];
  /** Where in `out` the last write is, as long as only records stand behind it. */
  let last = -1;
  for (const command of commands) {
    if (command.kind === "write") {
      const before = out[last];
      const isToSame = before?.kind === "write" && before.to === command.to;
      const octets = isToSame ? joined(before.octets, command.octets) : undefined;
      if (octets !== undefined) {
        out[last] = { kind: "write", to: command.to, octets };
        continue;
      }
      last = out.length;
    } else if (command.kind !== "record") last = -1;
    out.push(command);
  }
  return out;
}
