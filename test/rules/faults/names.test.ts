// Names of faults are only written in the folder of faults; the rest of src/ neither lists nor compares them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { faults } from "../../../src/rules/faults/registry.js";

/** Words that are also names of faults, where they mean something else. */
const otherMeanings: readonly {
  readonly words: readonly string[];
  readonly in: RegExp;
  readonly why: string;
}[] = [
  { words: ["close"], in: /./, why: "an event of streams, a kind of frame, the end of many objects" },
  {
    words: [
      "inject",
      "down",
      "kick",
      "refuse",
      "subprotocol",
      "certificate",
      "certificate-swap",
      "client-certificate",
    ],
    in: /^(?:rules\/contract|relay|io\/proxy)\//,
    why: "kinds of actions that any fault can ask for",
  },
  {
    words: [
      ...[
        "latency",
        "bandwidth",
        "slicer",
        "slow-close",
        "blackhole",
        "half-open",
        "limit-data",
        "reset-peer",
      ],
    ],
    in: /^(?:rules\/contract\/shape|relay\/shaping\/)/,
    why: "kinds of stream shapes that any fault can ask for",
  },
  { words: ["inject", "remove"], in: /^(?:admin|cli\/ctl)\//, why: "commands of an operator" },
  {
    words: ["subprotocol"],
    in: /^(?:admin|analyse|cassette|cli|replay|sweep)\//,
    why: "a field of connections",
  },
  { words: ["set"], in: /^(?:text|app|cli)\//, why: "a set of characters; the option --set" },
  { words: ["fragment"], in: /^(?:cassette\/formats|wire)\/pcap\//, why: "a fragment of an IP packet" },
  {
    words: ["too-deep", "too-long", "duplicate-id", "malformed"],
    in: /^(?:yaml|ocpp|analyse|rules\/language)\//,
    why: "codes of problems in files and messages; a form of dates",
  },
];

const root = fileURLToPath(new URL("../../../src/", import.meta.url));
const names: ReadonlySet<string> = new Set(faults.map(({ name }) => name));

const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts") && !/^(?:rules\/faults|ocpp\/messages)\//.test(path));

/** A string literal; or a key of an object that has three names of faults as keys, which is a table of faults. */
const wordOf = (node: ts.Node): string | undefined => {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isIdentifier(node) || !ts.isPropertyAssignment(node.parent) || node.parent.name !== node)
    return undefined;
  const keys = node.parent.parent.properties.filter(
    ({ name }) => name !== undefined && ts.isIdentifier(name) && names.has(name.text),
  );
  return keys.length >= 3 ? node.text : undefined;
};

const isComparison = ({ operatorToken: { kind } }: ts.BinaryExpression): boolean =>
  kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsEqualsToken;

/** `fault === "..."`, `applied.fault !== "..."`, `fault.name === "..."`. */
const asksForFault = (node: ts.Node): boolean =>
  ts.isBinaryExpression(node) &&
  isComparison(node) &&
  [node.left, node.right].some(ts.isStringLiteralLike) &&
  [node.left, node.right].some((side) => /\bfault(?:\.name)?$/.test(side.getText()));

const nodesOf = (file: string): readonly { readonly node: ts.Node; readonly at: string }[] => {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: { node: ts.Node; at: string }[] = [];
  const visit = (node: ts.Node): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    found.push({ node, at: `${file}:${line + 1}` });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

test("no file outside the folder of faults spells the name of a fault", () => {
  const used = new Set<object>();
  const spelled = files.flatMap((file) =>
    nodesOf(file).flatMap(({ node, at }) => {
      if (asksForFault(node)) return [`${at} ${node.getText()}`];
      const word = wordOf(node);
      if (word === undefined || !names.has(word)) return [];
      const meaning = otherMeanings.find((one) => one.words.includes(word) && one.in.test(file));
      if (meaning === undefined) return [`${at} ${word}`];
      used.add(meaning);
      return [];
    }),
  );
  expect(spelled).toEqual([]);
  expect(otherMeanings.filter((one) => !used.has(one))).toEqual([]);
});
