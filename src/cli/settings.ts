// The values of options that the command line does not give: from the environment (OCPP_VCR_<OPTION>), else from the
// configuration file (ocpp-vcr.yaml, or --config FILE), else the default. A key of the file is the long name of an
// option, for every command that has it, or the name of a command with its options below it. Subcommands (`certs issue`)
// share the options below the name of their command.

import { existsSync, readFileSync } from "node:fs";
import type { Command, Option } from "commander";
import { parse } from "yaml";
import { errorText, VcrError } from "../base/errors.js";
import { nearest } from "../text/nearest.js";

const standardFile = "ocpp-vcr.yaml";

type Settings = Readonly<Record<string, unknown>>;
type Environment = Readonly<Record<string, string | undefined>>;

const isMapping = (value: unknown): value is Settings =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const readFile = (path: string): Settings => {
  let content: unknown;
  try {
    content = parse(readFileSync(path, "utf8"), { maxAliasCount: 0, schema: "core" });
  } catch (error) {
    throw new VcrError("USAGE", `${path}: ${errorText(error)}`, "Fix the file.", error);
  }
  if (content === null) return {};
  if (!isMapping(content))
    throw new VcrError("USAGE", `${path} holds no options`, "Write `option: value` lines.");
  return content;
};

const longName = (option: Option): string => option.long?.replace(/^--(?:no-)?/, "") ?? "";

/** The long names of a command's options and of those of its commands. */
const namesOf = (command: Command): readonly string[] => [
  ...command.options.map(longName),
  ...command.commands.flatMap(namesOf),
];

const checkKeys = (path: string, settings: Settings, root: Command): void => {
  const commands = root.commands;
  const all = new Set(commands.flatMap(namesOf));
  const check = (key: string, known: readonly string[], where: string): void => {
    if (known.includes(key)) return;
    const near = nearest(key, known);
    const hint = near === undefined ? `Known: ${known.join(", ")}.` : `Did you mean ${near}?`;
    throw new VcrError("USAGE", `${path}: unknown key "${key}"${where}`, hint);
  };
  for (const [key, value] of Object.entries(settings)) {
    const command = commands.find((candidate) => candidate.name() === key);
    if (command === undefined || !isMapping(value)) {
      check(key, [...all, ...commands.map((candidate) => candidate.name())], "");
      continue;
    }
    for (const inner of Object.keys(value)) check(inner, namesOf(command), ` under ${key}`);
  }
};

/** The program, and the top-level command that this command is or belongs to. */
const ancestors = (command: Command): { root: Command; top: Command } => {
  let [root, top] = [command, command];
  while (root.parent !== null) [root, top] = [root.parent, root];
  return { root, top };
};

const settingsFor = (command: Command, env: Environment): { settings: Settings; path: string } => {
  const { root, top } = ancestors(command);
  const named = root.opts<{ config?: string }>().config ?? (env.OCPP_VCR_CONFIG || undefined);
  const path = named ?? standardFile;
  if (named === undefined && !existsSync(standardFile)) return { settings: {}, path };
  const content = readFile(path);
  checkKeys(path, content, root);
  const own = content[top.name()];
  // A mapping is never the value of an option: `certs` is the name of a command and of an option.
  const shared = Object.fromEntries(Object.entries(content).filter(([, value]) => !isMapping(value)));
  return { settings: { ...shared, ...(isMapping(own) ? own : {}) }, path };
};

/** Whether there is a configuration file. Its keys are checked against the options of all commands. */
export const isSettingsFile = (argv: readonly string[], env: Environment): boolean =>
  argv.some((word) => word.startsWith("--config")) ||
  Boolean(env.OCPP_VCR_CONFIG) ||
  existsSync(standardFile);

const readBoolean = (value: unknown): boolean => {
  const word = String(value).toLowerCase();
  if (!["true", "false", "1", "0"].includes(word)) throw new Error(`"${value}" is neither true nor false.`);
  return word === "true" || word === "1";
};

const readOne = (command: Command, option: Option, value: unknown): unknown => {
  const word = String(value);
  if (option.argChoices !== undefined && !option.argChoices.includes(word))
    throw new Error(`"${word}" is none of ${option.argChoices.join(", ")}.`);
  const before = command.getOptionValue(option.attributeName());
  return option.parseArg === undefined ? word : option.parseArg(word, before as never);
};

/** Gives an option a value from outside the command line; `place` names its origin in error messages. */
const give = (command: Command, option: Option, value: unknown, source: string, place: string): void => {
  const name = option.attributeName();
  try {
    const read = option.isBoolean() || option.negate ? readBoolean(value) : readOne(command, option, value);
    command.setOptionValueWithSource(name, read, source);
  } catch (error) {
    const why = errorText(error);
    throw new VcrError("USAGE", `${place}: ${why}`, `See ocpp-vcr ${command.name()} --help.`);
  }
};

/** Fills the options that the command line does not give. Throws VcrError USAGE for a value that cannot be read. */
export function fillSettings(command: Command, env: Environment): void {
  const { settings, path } = settingsFor(command, env);
  for (const option of command.options) {
    const source = command.getOptionValueSource(option.attributeName());
    if (source === "cli") continue;
    const name = longName(option);
    const variable = `OCPP_VCR_${name.toUpperCase().replaceAll("-", "_")}`;
    const fromEnv = env[variable];
    if (fromEnv !== undefined && fromEnv !== "") give(command, option, fromEnv, "env", variable);
    else if (Object.hasOwn(settings, name))
      give(command, option, settings[name], "config", `${path}: ${name}`);
  }
}
