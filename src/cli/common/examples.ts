// The examples below the help of commands.

import type { Command } from "commander";

/** Command lines without the name of the program, by the words that name a command: `rules list`. */
export type Examples = Readonly<Record<string, readonly string[]>>;

/** Adds examples to the help of the commands of a program. Throws an Error for a command that does not exist. */
export function addExamples(program: Command, examples: Examples): void {
  for (const [name, lines] of Object.entries(examples)) {
    let command: Command | undefined = program;
    for (const word of name.split(" ")) command = command?.commands.find((one) => one.name() === word);
    if (command === undefined) throw new Error(`there is no command ${name}`);
    const title = lines.length === 1 ? "Example" : "Examples";
    command.addHelpText("after", `\n${title}:\n${lines.map((line) => `  ocpp-vcr ${line}`).join("\n")}`);
  }
}
