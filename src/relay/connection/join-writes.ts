// Joins writes whose bytes lie side by side in memory, as the messages of one chunk do that no rule changes: a write for each
// message of a burst would cost more than the rules. What is written and recorded, and in which order, stays the same.

import type { RelayCommand } from "../protocol.js";

type Write = Extract<RelayCommand, { kind: "write" }>;

/** A write that may still grow. */
interface Growing {
  readonly first: Write;
  /** Its index among the commands. */
  readonly index: number;
  /** Where its bytes end by now, in their buffer. */
  end: number;
}

const continues = ({ first, end }: Growing, { to, bytes }: Write): boolean =>
  first.to === to && first.bytes.buffer === bytes.buffer && end === bytes.byteOffset;

/** The same commands with as few writes as possible. A write grows over records alone, which then follow it. */
export function joinWrites(commands: readonly RelayCommand[]): readonly RelayCommand[] {
  const out: RelayCommand[] = [];
  let growing: Growing | undefined;
  const finish = (): void => {
    if (growing === undefined) return;
    const { first, index, end } = growing;
    const { buffer, byteOffset, byteLength } = first.bytes;
    if (end > byteOffset + byteLength)
      out[index] = {
        kind: "write",
        to: first.to,
        bytes: new Uint8Array(buffer, byteOffset, end - byteOffset),
      };
    growing = undefined;
  };
  for (const command of commands) {
    if (command.kind === "write") {
      if (growing !== undefined && continues(growing, command)) {
        growing.end += command.bytes.length;
        continue;
      }
      finish();
      const { byteOffset, length } = command.bytes;
      growing = { first: command, index: out.length, end: byteOffset + length };
    } else if (command.kind !== "record") finish();
    out.push(command);
  }
  finish();
  return out;
}
