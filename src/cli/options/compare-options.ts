// The options of every command that compares: differences to ignore, and the limit for slower answers.

import { type Command, InvalidArgumentError, Option } from "commander";
import type { IgnoreRule } from "../../analyse/compare/ignore-rules.js";
import { readSlowdown, type Slowdown } from "../../analyse/compare/slowdown.js";
import { readPointer } from "../../ocpp/json/pointer.js";
import { eachValue } from "../common/values.js";

/** The values of these options. */
export interface CompareOptions {
  readonly ignore?: readonly string[];
  readonly ignorePath?: readonly IgnoreRule[];
  readonly maxSlowdown?: Slowdown;
}

/** Reads `Action:/pointer`; `*:/pointer` is for every action. */
export function ignorePath(value: string, before: readonly IgnoreRule[] = []): readonly IgnoreRule[] {
  const [, action = "", pointer] = /^([^:/]+):(\/.*)$/s.exec(value) ?? [];
  if (pointer === undefined || readPointer(pointer) === undefined)
    throw new InvalidArgumentError(
      `"${value}" is not a place in a payload; write Action:/pointer, like StartTransaction:/idTagInfo/expiryDate.`,
    );
  return [...before, { action, pointer }];
}

/** Reads `2x`, `+500ms` or `2x+50ms`. */
export function slowdown(value: string): Slowdown {
  const found = readSlowdown(value);
  if (found === undefined)
    throw new InvalidArgumentError(`"${value}" is not a slowdown; write 2x, +500ms or 2x+50ms.`);
  return found;
}

/** Adds the options to a command. */
export function addCompareOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--ignore <file>", "differences to ignore, as a YAML list; repeat for more").argParser(
        eachValue,
      ),
    )
    .addOption(
      new Option(
        "--ignore-path <action:/pointer>",
        "ignore differences at this place of a payload; repeat for more",
      ).argParser(ignorePath),
    )
    .addOption(
      new Option(
        "--max-slowdown <limit>",
        "a slower answer counts as a difference: 2x, +500ms, 2x+50ms",
      ).argParser(slowdown),
    );
}

/** The ignore rules, and the paths of files of them, that the options give. */
export function ignoreOf({
  ignore = [],
  ignorePath: places = [],
}: CompareOptions): readonly (string | IgnoreRule)[] {
  return [...places, ...ignore];
}
