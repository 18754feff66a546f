// Errors in the words of a command line: one style for what commander refuses and for what is refused before commander.

import type { Command, CommanderError } from "commander";
import { VcrError } from "../../base/errors.js";
import { nearest } from "../../text/nearest.js";
import { printable } from "../../text/printable.js";

const longestWord = 60;
const longestMessage = 500;

/** `ocpp-vcr rules list`: the command with the commands that it belongs to. */
const fullName = (command: Command): string =>
  command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;

/** A usage error with the nearest known word, if there is one, and where all known words are listed. */
const unknown = (
  what: "command" | "option",
  word: string,
  known: readonly string[],
  parent: string,
): VcrError => {
  const near = nearest(word, known);
  return new VcrError(
    "USAGE",
    `unknown ${what} '${printable(word, longestWord)}'`,
    `${near === undefined ? "" : `Did you mean ${near}? `}${parent} --help lists the ${what}s.`,
  );
};

/** The error for a command that does not exist; `known` are the commands of `parent`. */
export function unknownCommand(word: string, known: readonly string[], parent = "ocpp-vcr"): VcrError {
  return unknown("command", word, known, parent);
}

/** The options that a command takes: its own and those of the program. */
const optionsOf = (program: Command, command: Command): Command["options"] => [
  ...program.options,
  ...command.options,
];

const unknownOption = (program: Command, command: Command, name: string): VcrError =>
  unknown(
    "option",
    name,
    optionsOf(program, command).flatMap(({ long, hidden }) => (hidden ? [] : (long ?? []))),
    fullName(command),
  );

const subcommand = (command: Command, word: string): Command | undefined =>
  command.commands.find((candidate) => candidate.name() === word || candidate.aliases().includes(word));

const commandNames = (command: Command): readonly string[] => command.commands.map((one) => one.name());

/** The option that a word names; undefined if the command does not take it. */
const optionOf = (program: Command, command: Command, name: string): Command["options"][number] | undefined =>
  optionsOf(program, command).find(({ long, short }) => long === name || short === name);

const isLongOption = (name: string): boolean =>
  /^--./.test(name) && name !== "--help" && name !== "--version";

/** The command after a word, the error if the word is unknown, and whether the next word is the value of this one. */
interface ReadWord {
  readonly command: Command;
  readonly refused?: VcrError;
  readonly takesNext?: boolean;
}

const readOption = (program: Command, command: Command, word: string): ReadWord => {
  const [name = ""] = word.split("=");
  const option = optionOf(program, command, name);
  if (option === undefined && isLongOption(name))
    return { command, refused: unknownOption(program, command, name) };
  return { command, takesNext: option?.required === true && name === word };
};

const readWord = (program: Command, command: Command, word: string): ReadWord => {
  if (word.startsWith("-")) return readOption(program, command, word);
  if (command.commands.length === 0 || word === "help") return { command };
  const next = subcommand(command, word);
  return next === undefined
    ? { command, refused: unknownCommand(word, commandNames(command), fullName(command)) }
    : { command: next };
};

/** The command that a command line names, and the error for its first word that is no command or option. */
const readWords = (program: Command, argv: readonly string[]): ReadWord => {
  let read: ReadWord = { command: program };
  for (const word of argv) {
    if (word === "--" || read.refused !== undefined) break;
    read = read.takesNext === true ? { command: read.command } : readWord(program, read.command, word);
  }
  return read;
};

const asksForHelp = (word: string): boolean => ["--help", "-h", "help"].includes(word);

/**
 * Refuses a command or option that does not exist on a command line that asks for help: commander prints the help before
 * it looks at the other words. Throws VcrError USAGE.
 */
export function refuseUnknownWords(program: Command, argv: readonly string[]): void {
  if (!argv.some(asksForHelp)) return;
  const { refused } = readWords(program, argv);
  if (refused !== undefined) throw refused;
}

/** `error: option '--timeout <ms>' argument 'soon' is invalid. "soon" is not a duration`. */
const invalidOption = /^option '(?<name>.*?)' argument '(?<value>.*)' is invalid\. ?(?<why>.*)$/s;
const invalidArgument =
  /^command-argument value '(?<value>.*)' is invalid for argument '(?<name>[^']*)'\. ?(?<why>.*)$/s;

/** The usage error for an error of commander; undefined if commander only printed a help or the version. */
export function usageError(
  error: CommanderError,
  program: Command,
  argv: readonly string[],
): VcrError | undefined {
  if (error.exitCode === 0 || error.code === "commander.help") return undefined;
  const message = error.message.replace(/^error: /, "");
  const { command } = readWords(program, argv);
  const word = /^unknown \w+ '(.*?)'(?:\n|$)/s.exec(message)?.[1] ?? "";
  if (error.code === "commander.unknownOption") return unknownOption(program, command, word);
  if (error.code === "commander.unknownCommand")
    return unknownCommand(word, commandNames(command), fullName(command));
  const { name, value, why } = (invalidOption.exec(message) ?? invalidArgument.exec(message))?.groups ?? {};
  if (name !== undefined)
    return new VcrError(
      "USAGE",
      `'${printable(value ?? "", longestWord)}' is not valid for ${printable(name, longestWord)}`,
      printable(why ?? "", longestMessage),
    );
  return new VcrError(
    "USAGE",
    printable(message, longestMessage).replace(/\.$/, ""),
    `${fullName(command)} --help explains more.`,
  );
}
