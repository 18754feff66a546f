// The help of every command has examples.
import type { Command } from "commander";
import { expect, test } from "vitest";
import { createProgram } from "../../../src/cli/main.js";
import { sessionTo } from "../../support/runs/cli-session.js";

const ignore = (): void => undefined;

/** Every command below this one, by its full name, with its help. */
const helps = (command: Command, name: string): readonly (readonly [string, string])[] => {
  const parts: string[] = [];
  command.configureOutput({ writeOut: (part) => void parts.push(part) });
  command.outputHelp();
  return [[name, parts.join("")], ...command.commands.flatMap((one) => helps(one, `${name} ${one.name()}`))];
};

test("the help of every command and subcommand shows an example that starts with its name", async () => {
  const all = helps(await createProgram(sessionTo(ignore, ignore)), "ocpp-vcr");
  expect(all.length).toBeGreaterThan(50);
  const without = all.filter(([name, text]) => !text.split(/\nExamples?:\n/)[1]?.includes(`  ${name}`));
  expect(without.map(([name]) => name)).toEqual([]);
});
