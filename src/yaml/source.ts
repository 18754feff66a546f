// YAML text -> a tree of values with their positions. The only file of the folder that uses the YAML parser. Refuses
// aliases, merge keys and tags, so that only plain maps, lists and scalars come out, and limits size, depth and line
// length before parsing.

import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  type ParsedNode,
  parseDocument,
  type Scalar,
} from "yaml";
import { utf8 } from "../base/bytes.js";
import { type IssueReporter, type Member, quote, type Value } from "./value.js";

const largestFile = 1024 * 1024;
const longestLine = 4096;
const deepest = 32;
const deepestBrackets = 100;

/** Parses the text and reports every problem. Undefined if there is nothing to return. */
export function readYaml(yamlText: string, report: IssueReporter): Value | undefined {
  if (!isWithinLimits(yamlText, report)) return undefined;
  const lines = new LineCounter();
  // TreeBuilder finds duplicate keys itself: the parser compares each key with all others, which is quadratic.
  const document = parseDocument(yamlText, {
    prettyErrors: false,
    lineCounter: lines,
    schema: "core",
    uniqueKeys: false,
  });
  const positionOf: PositionOf = (offset) => {
    const { line, col } = lines.linePos(offset);
    return `${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const warnings = document.warnings.filter(({ code }) => code !== "TAG_RESOLVE_FAILED");
  for (const { code, pos, message } of [...document.errors, ...warnings]) {
    report(positionOf(pos[0]), codeOf(code), sentence(code, message));
  }
  // After a syntax error the tree is a guess of the parser: errors in it would only hide the real one.
  if (document.errors.some(({ code }) => code !== "MULTIPLE_DOCS")) return undefined;
  if (document.contents === null) {
    if (document.errors.length === 0)
      report("1:1", "empty-file", "the file is empty; it must contain version and rules");
    return undefined;
  }
  return new TreeBuilder(positionOf, report).value(document.contents, 0);
}

/** Sort order of two positions, each `line:column`. A missing position sorts first. */
export function comparePositions(a = "", b = ""): number {
  const [lineA = 0, columnA = 0] = a.split(":").map(Number);
  const [lineB = 0, columnB = 0] = b.split(":").map(Number);
  return lineA - lineB || columnA - columnB;
}

/** The position of an offset in the text, as `line:column`. */
type PositionOf = (offset: number) => string;

const codeOf = (code: string): string => `yaml-${code.toLowerCase().replaceAll("_", "-")}`;

const sentence = (code: string, message: string): string =>
  code === "MULTIPLE_DOCS"
    ? "a second YAML document starts here; only one document is allowed"
    : `invalid YAML: ${message.split("\n", 1)[0] ?? ""}`;

/** Cheap limits, checked before parsing: the parser's cost grows faster than the text when values nest deeply. */
const isWithinLimits = (yamlText: string, report: IssueReporter): boolean => {
  if (utf8(yamlText).length > largestFile) {
    report("1:1", "file-too-large", "the file is larger than 1 MiB");
    return false;
  }
  let depth = 0;
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at <= yamlText.length; at++) {
    const character = yamlText[at];
    if (character === "[" || character === "{") depth++;
    else if ((character === "]" || character === "}") && depth > 0) depth--;
    if (depth > deepestBrackets) {
      report(
        `${line}:${at - lineStart + 1}`,
        "too-deep",
        `more than ${deepestBrackets} brackets are open here`,
      );
      return false;
    }
    if (at - lineStart > longestLine) {
      report(`${line}:1`, "line-too-long", `the line is longer than ${longestLine} characters`);
      return false;
    }
    if (character === "\n") {
      line++;
      lineStart = at + 1;
    }
  }
  return true;
};

class TreeBuilder {
  private readonly positionOf: PositionOf;
  private readonly report: IssueReporter;

  constructor(positionOf: PositionOf, report: IssueReporter) {
    this.positionOf = positionOf;
    this.report = report;
  }

  value(node: ParsedNode, depth: number): Value | undefined {
    const where = this.positionOf(node.range[0]);
    if (depth > deepest) {
      this.report(where, "too-deep", `values are nested more than ${deepest} levels deep here`);
      return undefined;
    }
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) {
      this.report(where, "alias", "aliases are not supported; write the value out");
      return undefined;
    }
    if (isExplicit(node.tag)) {
      this.report(where, "tag", `the tag ${node.tag} is not supported; remove it`);
      return undefined;
    }
    if (isScalar(node)) return this.scalar(node, where);
    if (isMap(node)) {
      const members = node.items.map((pair) =>
        this.member(pair as Pair<ParsedNode, ParsedNode | null>, depth),
      );
      return { kind: "map", where, members: this.unique(members.filter((member) => member !== undefined)) };
    }
    const items = node.items.map((item) => this.value(item as ParsedNode, depth + 1));
    return { kind: "list", where, items: items.filter((item) => item !== undefined) };
  }

  private scalar(node: Scalar, where: string): Value {
    const { value } = node;
    const plain =
      typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
    return { kind: "scalar", where, value: plain, source: node.source ?? String(plain) };
  }

  private member(pair: Pair<ParsedNode, ParsedNode | null>, depth: number): Member | undefined {
    const { key, value } = pair;
    const where = this.positionOf(key.range[0]);
    if (!isScalar(key) || key.value === null) {
      this.report(where, "key", "a key must be a single word");
      return undefined;
    }
    const name = String((key as Scalar).source ?? key.value);
    const read = value === null ? this.nothing(where) : this.value(value, depth + 1);
    return read === undefined ? undefined : { key: name, where, value: read };
  }

  private unique(members: readonly Member[]): readonly Member[] {
    const first = new Map<string, Member>();
    for (const member of members) {
      const earlier = first.get(member.key);
      if (earlier === undefined) first.set(member.key, member);
      else
        this.report(
          member.where,
          "duplicate-key",
          `the key ${quote(member.key)} is already used at ${earlier.where}`,
        );
    }
    return [...first.values()];
  }

  private nothing(where: string): Value {
    return { kind: "scalar", where, value: null, source: "" };
  }
}

const plainTags: readonly string[] = ["map", "seq", "str", "int", "float", "bool", "null"].map(
  (name) => `tag:yaml.org,2002:${name}`,
);

const isExplicit = (tag: string | undefined): boolean => tag !== undefined && !plainTags.includes(tag);
