// The headings of a command's help: one table a command, with its everyday options first.

import type { Command, Option } from "commander";

/** A heading, and the long names of its options without dashes, in the order of the help. */
export type HelpGroup = readonly [heading: string, ...names: string[]];

const longName = ({ long }: Option): string => long?.replace(/^--/, "") ?? "";

/** Sorts the options of a command below these headings; options in no group come last, below `Other options`. */
export function groupHelp(command: Command, groups: readonly HelpGroup[]): Command {
  const placeOf = new Map<string, readonly [place: number, heading: string]>();
  for (const [heading, ...names] of groups)
    for (const name of names) placeOf.set(name, [placeOf.size, `${heading}:`]);
  const options = command.options as Option[];
  const rank = (option: Option): number => placeOf.get(longName(option))?.[0] ?? placeOf.size;
  options.sort((a, b) => rank(a) - rank(b));
  for (const option of options) option.helpGroup(placeOf.get(longName(option))?.[1] ?? "Other options:");
  return command;
}
