// The text of a rule file -> a tree of values with their places. The only file of the folder that knows YAML. What could
// build something else than plain maps, lists and scalars (aliases, merge keys, tags) is refused, and so is
// what would cost the parser more than a rule file is worth: size, depth, overlong lines.

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
import { type Member, quote, type Report, type Value } from "./value.js";

const largestFile = 1024 * 1024;
const longestLine = 4096;
const deepest = 32;
const deepestBrackets = 100;

/** Reads the text; undefined where it could not be read at all. Everything wrong is reported. */
export function readYaml(yamlText: string, report: Report): Value | undefined {
  if (!isWorthParsing(yamlText, report)) return undefined;
  const lines = new LineCounter();
  // Keys given twice are found below: the parser compares each key with all others.
  const document = parseDocument(yamlText, {
    prettyErrors: false,
    lineCounter: lines,
    schema: "core",
    uniqueKeys: false,
  });
  const placeOf: Place = (offset) => {
    const { line, col } = lines.linePos(offset);
    return `${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const warnings = document.warnings.filter(({ code }) => code !== "TAG_RESOLVE_FAILED");
  for (const { code, pos, message } of [...document.errors, ...warnings]) {
    report(placeOf(pos[0]), codeOf(code), sentence(code, message));
  }
  if (document.contents === null) {
    if (document.errors.length === 0)
      report("1:1", "empty-file", "the file is empty; it must say version and rules");
    return undefined;
  }
  return new TreeBuilder(placeOf, report).value(document.contents, 0);
}

/** The order of two places in a text, each `line:column`. */
export function comparePlaces(a = "", b = ""): number {
  const [lineA = 0, columnA = 0] = a.split(":").map(Number);
  const [lineB = 0, columnB = 0] = b.split(":").map(Number);
  return lineA - lineB || columnA - columnB;
}

type Place = (offset: number) => string;

const codeOf = (code: string): string => `yaml-${code.toLowerCase().replaceAll("_", "-")}`;

const sentence = (code: string, message: string): string =>
  code === "MULTIPLE_DOCS"
    ? "a second document begins here; a rule file is one"
    : `this is no YAML as it is read here: ${message.split("\n", 1)[0] ?? ""}`;

/** Cheap bounds before the parser, whose cost grows faster than the text where things nest deeply. */
const isWorthParsing = (yamlText: string, report: Report): boolean => {
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
  private readonly placeOf: Place;
  private readonly report: Report;

  constructor(placeOf: Place, report: Report) {
    this.placeOf = placeOf;
    this.report = report;
  }

  value(node: ParsedNode, depth: number): Value | undefined {
    const where = this.placeOf(node.range[0]);
    if (depth > deepest) {
      this.report(where, "too-deep", `values nest more than ${deepest} levels deep here`);
      return undefined;
    }
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) {
      this.report(where, "alias", "aliases are not read; write the value out");
      return undefined;
    }
    if (isExplicit(node.tag)) {
      this.report(where, "tag", `the tag ${node.tag} is not read; remove it`);
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
    const where = this.placeOf(key.range[0]);
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
          `the key ${quote(member.key)} stands at ${earlier.where} already`,
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
