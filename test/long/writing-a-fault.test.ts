// docs/writing-a-fault.md, followed to the letter in a copy of the checkout.
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { matchesLine, withFreePorts } from "../support/runs/command-blocks.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const registry = "src/rules/faults/registry.ts";

const copyOfCheckout = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "ocpp-vcr-fault-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  for (const name of readdirSync(root))
    if (!/^(node_modules|\.git|\.bootstrap|coverage)$/.test(name))
      cpSync(join(root, name), join(folder, name), { recursive: true });
  // A folder of links, so that nothing in the copy can change the packages of this checkout; with the list of packages
  // that npm writes, so that the set-up installs none.
  mkdirSync(join(folder, "node_modules"));
  for (const name of readdirSync(join(root, "node_modules")).filter((one) => !/^\.(?!bin$)/.test(one)))
    symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
  cpSync(join(root, "package-lock.json"), join(folder, "node_modules", ".package-lock.json"));
  mkdirSync(join(folder, "commands"));
  symlinkSync(join(folder, "bin", "ocpp-vcr.js"), join(folder, "commands", "ocpp-vcr"));
  return folder;
};

/** A fenced block of the page, with all its lines. */
interface Block {
  readonly language: string;
  readonly lines: readonly string[];
}

const blocksOf = (page: string): readonly Block[] =>
  [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", body = ""]) => ({
    language,
    lines: body.split("\n").slice(0, -1),
  }));

/** Runs all lines of a block in one shell; a line that ends with `&` runs in the background until the block ends. */
const run = async (lines: readonly string[], cwd: string): Promise<string> => {
  const script = lines.map((line) => {
    const [, command = line, code = "0"] = /^(.*?) # exit (\d+)$/.exec(line) ?? [];
    return command.endsWith("&") ? `${command}\nsleep 3` : `${command}; [ $? = ${code} ] || exit 99`;
  });
  const PATH = `${join(cwd, "commands")}${delimiter}${process.env.PATH}`;
  const end = "kill -INT $(jobs -p) 2>/dev/null; wait";
  const child = spawn("bash", ["-c", [...script, end, "exit 0"].join("\n")], {
    cwd,
    env: { ...process.env, PATH, NO_COLOR: "1" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  const [exit] = (await once(child, "close")) as [number | null];
  expect({ lines, exit, output }).toEqual({ lines, exit: 0, output });
  return output;
};

/** Puts the lines with a plus after the line before them. */
const applyDiff = (lines: readonly string[], path: string): void => {
  const [context = "", ...added] = lines.map((line) => line.slice(1));
  const before = readFileSync(path, "utf8");
  expect(before.split(`${context}\n`)).toHaveLength(2);
  writeFileSync(path, before.replace(`${context}\n`, `${[context, ...added].join("\n")}\n`));
};

const writeBlock = ({ language, lines }: Block, folder: string): void => {
  const text = `${lines.join("\n")}\n`;
  if (language === "diff") applyDiff(lines, join(folder, registry));
  else if (language === "yaml") writeFileSync(join(folder, "garbage.yaml"), text);
  else if (text.startsWith("// garbage"))
    writeFileSync(join(folder, "src/rules/faults/message/garbage.ts"), text);
  else writeFileSync(join(folder, "test/rules/faults/message/garbage.test.ts"), text);
};

test("the fault of docs/writing-a-fault.md works in rules, sweep, record and the reference page", async () => {
  const folder = copyOfCheckout();
  const page = await withFreePorts(readFileSync(join(root, "docs/writing-a-fault.md"), "utf8"));
  let printed: readonly string[] = [];
  for (const block of blocksOf(page)) {
    if (block.language === "sh") printed = (await run(block.lines, folder)).split("\n");
    else if (block.language !== "text") writeBlock(block, folder);
    else {
      const missing = block.lines.filter((line) => !printed.some((one) => matchesLine(line, one)));
      expect({ missing, printed: missing.length > 0 ? printed : [] }).toEqual({ missing: [], printed: [] });
    }
  }
  expect(readFileSync(join(folder, "docs/reference/faults.md"), "utf8")).toContain("### `garbage` **!**");
});
