// Playbooks for machines: a script of events (`>> ...`) and of the commands that must follow (`<< ...`), compared as one
// array of lines: a difference shows both scripts side by side, and a missing or surplus line on either side fails.
import { expect } from "vitest";
import type { Machine } from "../../../src/base/machine.js";

/** A machine, and how its events and commands are written as lines. */
export interface Player<Event, Command> {
  readonly machine: Machine<Event, Command>;
  /** The event of a line, without its `>> `. */
  readonly event: (line: string) => Event;
  /** The lines of a command, without their `<< `; none leaves it out of the script. */
  readonly lines: (command: Command) => readonly string[];
}

const eventMark = ">> ";
const commandMark = "<< ";

/** Feeds the `>>` lines of a script to the machine; returns these lines, each with the commands that followed. */
export function played<Event, Command>(
  player: Player<Event, Command>,
  script: readonly string[],
): readonly string[] {
  const happened: string[] = [];
  for (const line of script) {
    if (line.startsWith(commandMark)) continue;
    if (!line.startsWith(eventMark)) throw new Error(`a line of a playbook begins with >> or <<: ${line}`);
    happened.push(line);
    for (const command of player.machine.handle(player.event(line.slice(eventMark.length))))
      happened.push(...player.lines(command).map((words) => commandMark + words));
  }
  return happened;
}

/** Plays a script and expects exactly its lines. */
export function play<Event, Command>(player: Player<Event, Command>, script: readonly string[]): void {
  expect(played(player, script)).toEqual(script);
}
