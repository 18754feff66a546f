// Commands and options that do not exist are named as such, with a suggestion, also before `--help`.
import { expect, test } from "vitest";
import { createProgram, main } from "../../../src/cli/main.js";
import { sessionTo } from "../../support/runs/cli-session.js";

const run = async (...argv: readonly string[]): Promise<{ readonly code: number; readonly text: string }> => {
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const session = sessionTo(say, say);
  return { code: await main(argv, session), text: lines.join("\n") };
};

test.each([
  [["serve"], "unknown command 'serve'"],
  [["serve", "--help"], "unknown command 'serve'"],
  [["help", "serve"], "unknown command 'serve'"],
  [["recrod", "--csms", "embedded"], "Did you mean record?"],
  [["record", "--csmss", "embedded"], "Did you mean --csms?"],
  [["record", "--csmss", "embedded", "--help"], "Did you mean --csms?"],
  [["certs", "issue", "--nmae", "x", "--help"], "unknown option '--nmae'"],
  [["rules", "explian"], "Did you mean explain? ocpp-vcr rules --help lists the commands."],
  [["rules", "explian", "--help"], "ocpp-vcr: unknown command 'explian'"],
  [["rules", "help", "explian"], "ocpp-vcr: unknown command 'explian'"],
  [["ctl", "frob", "--help"], "ocpp-vcr ctl --help lists the commands."],
  [["ctl", "rules", "frob", "--help"], "ocpp-vcr ctl rules --help lists the commands."],
  [["certs", "frob", "--help"], "unknown command 'frob'"],
  [["rules", "list", "--fooo", "--help"], "ocpp-vcr rules list --help lists the options."],
  [
    ["rules", "check"],
    "ocpp-vcr: missing required argument 'file'\n  ocpp-vcr rules check --help explains more.",
  ],
  [["probe", "foo"], "ocpp-vcr: 'foo' is not valid for url\n  "],
  [["record", "--max-handshakes", "many"], "ocpp-vcr: 'many' is not valid for --max-handshakes <n>\n  "],
])("%j ends with 2 and says %s", async (argv, words) => {
  const { code, text } = await run(...argv);
  expect(code).toBe(2);
  expect(text).toContain(words);
});

test("an unknown option is reported in the same words with and without --help", async () => {
  const bare = await run("record", "--cmss", "embedded");
  expect(bare.text).toBe(
    "ocpp-vcr: unknown option '--cmss'\n  Did you mean --csms? ocpp-vcr record --help lists the options.",
  );
  expect(await run("record", "--cmss", "embedded", "--help")).toEqual(bare);
});

test("the help of a command that is named by its alias is printed", async () => {
  expect((await run("ctl", "rules", "delete", "--help")).code).toBe(0);
});

test("a value that begins with dashes is no option", async () => {
  expect((await run("show", "--around", "--x", "--help")).code).toBe(0);
});

test.each(["record", "replay", "sweep"])(
  "the help of %s has headings, the everyday options first",
  async (name) => {
    const { code, text } = await run(name, "--help");
    expect(code).toBe(0);
    const headings = text.split("\n").filter((line) => /^[A-Z].*:$/.test(line));
    expect(headings.filter((heading) => heading !== "Arguments:")[0]).toBe("Everyday options:");
    expect(headings).not.toContain("Other options:");
    expect(headings.length).toBeGreaterThan(4);
    const program = await createProgram(
      sessionTo(
        () => undefined,
        () => undefined,
      ),
      name,
    );
    const everyday = program.commands[0]?.options.filter(
      ({ helpGroupHeading }) => helpGroupHeading === "Everyday options:",
    );
    expect(everyday).toHaveLength(10);
  },
);
