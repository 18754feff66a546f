// Passwords come from a file or from the operator at a terminal; never from the command line, which other users of the
// machine can see, and never from the environment, which child processes inherit.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { VcrError } from "../../base/errors.js";

/** The password in a file; one line feed at its end is not part of it. */
function passwordFromFile(path: string): string {
  try {
    return readFileSync(path, "utf8").replace(/\r?\n$/, "");
  } catch (error) {
    throw new VcrError("FILE_UNREADABLE", `${path} cannot be read`, "Check the name and its rights.", error);
  }
}

const ask = async (question: string): Promise<string> => {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output: silent, terminal: true });
  process.stderr.write(question);
  const lines: string[] = [];
  prompt.on("line", (line) => {
    lines.push(line);
    prompt.close();
  });
  prompt.on("SIGINT", () => prompt.close());
  await once(prompt, "close");
  process.stderr.write("\n");
  // Ctrl+C or Ctrl+D: nothing has been made yet, and there is nothing to remove.
  return lines[0] ?? process.exit(130);
};

/** The password from this file, else from the operator at the terminal, who is asked twice for a new one. */
export async function readPassword(file: string | undefined, what: string, isNew: boolean): Promise<string> {
  if (file !== undefined) return passwordFromFile(file);
  if (!process.stdin.isTTY)
    throw new VcrError(
      "USAGE",
      `${what} needs a password, and there is no terminal to ask at`,
      "Give --password-file FILE.",
    );
  const first = await ask(`Password for ${what}: `);
  if (isNew && (await ask("Once more: ")) !== first)
    throw new VcrError("USAGE", "the two passwords differ", "Try again.");
  return first;
}
