// Reads a JSON text into a tree of values with their places, and finds everything that is wrong with the text (RFC 8259).
// Never throws, iterative, linear. After an error with only one possible meaning (an extra comma, a missing bracket) it
// goes on; after others it stops, and the tree says so.

import { writePointer } from "./pointer.js";
import { stringEnd, unquote } from "./string.js";
import { readNumber, readString, type TextFinding } from "./tokens.js";

/** A value of a JSON text; places are in UTF-16 units, `end` is the offset after the last one. */
export class JsonNode {
  /** As JSON.parse gives it (the last value of a key that occurs twice); undefined if the text has no valid value. */
  value: unknown;
  readonly start: number;
  end: number;
  /** Of an array. */
  items: JsonNode[] | undefined = undefined;
  /** Of an object, in their order; a key that occurs twice has two. */
  members: JsonMember[] | undefined = undefined;
  private index: Map<string, JsonMember> | undefined = undefined;

  constructor(value: unknown, start: number, end: number) {
    this.value = value;
    this.start = start;
    this.end = end;
  }

  /** The member of this key; the last one if it occurs twice. */
  member(key: string): JsonMember | undefined {
    if (this.members === undefined) return undefined;
    if (this.index === undefined) this.index = new Map(this.members.map((member) => [member.key, member]));
    return this.index.get(key);
  }
}

/** A member of an object. */
export interface JsonMember {
  readonly key: string;
  readonly keyStart: number;
  /** Its index among the members. */
  readonly ordinal: number;
  readonly node: JsonNode;
}

/** One error in the text itself. */
export interface JsonFinding extends TextFinding {
  readonly pointer: string;
}

/** A JSON text that was read. */
export interface JsonTree {
  readonly root: JsonNode | undefined;
  readonly findings: readonly JsonFinding[];
  /** The number of findings beyond the limit. */
  readonly untold: number;
  /** False if reading stopped before the end: the rest is unknown, not absent. */
  readonly isWhole: boolean;
  /** The number of values in the tree. */
  readonly size: number;
}

/** The most levels of brackets that are read; deeper ones are skipped, which is a finding. */
const deepestLevel = 100;

/** The most findings that are listed. */
const mostFindings = 10_000;

interface Level {
  readonly node: JsonNode;
  readonly isObject: boolean;
  /** The key whose value comes next. */
  key: string;
  keyStart: number;
}

type State = "value" | "first-value" | "key" | "first-key" | "after" | "stopped";

const word = /[A-Za-z_$][\w$]*/y;
const bracket = /["[\]{}]/g;

const runAt = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
};

/** The offset after blanks. A loop, because a regular expression could exhaust its stack. */
const afterBlanks = (text: string, at: number): number => {
  let end = at;
  for (let unit = text.charCodeAt(end); isBlank(unit); unit = text.charCodeAt(end)) end++;
  return end;
};

const isBlank = (unit: number): boolean => unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;

/** The offset after the last of the commas here, with blanks between them. */
const afterCommas = (text: string, at: number): number => {
  let end = at;
  for (let next = at; text.charCodeAt(next) === 0x2c; next = afterBlanks(text, end)) end = next + 1;
  return end;
};

const literals: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** Reads a JSON text. A byte order mark at the beginning is skipped, which is a finding. */
export function readJson(text: string): JsonTree {
  return new Reader(text).read();
}

class Reader {
  private readonly text: string;
  private readonly findings: JsonFinding[] = [];
  private readonly levels: Level[] = [];
  private root: JsonNode | undefined = undefined;
  private objectsOpen = 0;
  private untold = 0;
  private size = 0;
  private isWhole = true;
  private at = 0;
  private state: State = "value";

  constructor(text: string) {
    this.text = text;
  }

  read(): JsonTree {
    const { text } = this;
    if (text.startsWith("\uFEFF")) {
      this.note({ code: "byte-order-mark", start: 0, end: 1, expected: "no byte order mark" });
      this.at = 1;
    }
    while (this.state !== "stopped") {
      this.at = afterBlanks(text, this.at);
      if (this.at >= text.length) this.finish();
      else if (this.state === "after") this.afterValue(text.charCodeAt(this.at));
      else if (this.state === "key" || this.state === "first-key") this.keyOrEnd(text.charCodeAt(this.at));
      else this.valueOrEnd(text.charCodeAt(this.at));
    }
    const { root, findings, untold, isWhole, size } = this;
    return { root, findings, untold, isWhole, size };
  }

  private note(finding: TextFinding): void {
    if (this.findings.length >= mostFindings) this.untold++;
    else this.findings.push({ ...finding, pointer: this.pointer() });
  }

  /** The place of the value that is read next or was read last. */
  private pointer(): string {
    return writePointer(
      this.levels.map(({ isObject, key, node }) => (isObject ? key : (node.items?.length ?? 0))),
    );
  }

  private finish(): void {
    if (this.levels.length > 0 || this.root === undefined) this.cutOff("");
    this.state = "stopped";
  }

  /** The text ends too early; `first` is what is missing before the closing brackets. */
  private cutOff(first: string): void {
    const { length } = this.text;
    const closers = this.levels.map(({ isObject }) => (isObject ? "}" : "]")).reverse();
    const isEmpty = this.root === undefined && this.levels.length === 0 && first === "";
    const expected = isEmpty ? "a JSON text" : `${first}${closers.join("")}`;
    this.note({ code: isEmpty ? "not-json" : "json-cut-off", start: length, end: length, expected });
    while (this.levels.length > 0) this.close(length);
    this.isWhole = false;
    this.state = "stopped";
  }

  /** Stops: nothing after this place has a certain meaning. */
  private giveUp(expected: string): void {
    this.note({ code: "json-broken", start: this.at, end: this.text.length, expected });
    while (this.levels.length > 0) this.close(this.at);
    this.isWhole = false;
    this.state = "stopped";
  }

  private valueOrEnd(unit: number): void {
    const { text, at } = this;
    const level = this.levels.at(-1);
    if (unit === 0x22) this.textValue();
    else if (unit === 0x7b || unit === 0x5b) this.open(unit === 0x7b);
    else if (unit === 0x2d || (unit >= 0x30 && unit <= 0x39)) this.numberValue();
    else if (unit === 0x5d || unit === 0x7d || unit === 0x2c) this.markForValue(unit, level);
    else {
      const end = runAt(word, text, at);
      if (end > at) this.wordValue(end);
      else if (unit === 0x2b || unit === 0x2e) this.numberValue();
      else this.giveUp("a value");
    }
  }

  /** A closing bracket or a comma where a value is expected. */
  private markForValue(unit: number, level: Level | undefined): void {
    if (level === undefined) this.giveUp("a value");
    else if (level.isObject) {
      this.note({ code: "json-value-missing", start: this.at, end: this.at, expected: "a value" });
      this.add(new JsonNode(undefined, this.at, this.at));
    } else if (unit === 0x2c) this.surplusCommas();
    else {
      if (this.state === "value") this.trailingComma();
      this.state = "after";
    }
  }

  private surplusCommas(): void {
    const end = afterCommas(this.text, this.at);
    this.note({ code: "json-comma", start: this.at, end, expected: "no comma here" });
    this.at = end;
  }

  /** The comma before the closing bracket. */
  private trailingComma(): void {
    const start = this.text.lastIndexOf(",", this.at);
    this.note({ code: "json-comma", start, end: start + 1, expected: "no comma here" });
  }

  private textValue(): void {
    const end = this.quoted();
    if (end < 0) return;
    this.add(new JsonNode(unquote(this.text.slice(this.at, end)), this.at, end));
    this.at = end;
  }

  /** The end of the quoted text that begins here, with its errors added; -1 if it never ends. */
  private quoted(): number {
    const found = readString(this.text, this.at);
    for (const finding of found.findings) this.note(finding);
    if (found.end < 0) this.cutOff('"');
    return found.end;
  }

  private numberValue(): void {
    const { value, end, finding } = readNumber(this.text, this.at);
    if (finding !== undefined) this.note(finding);
    this.add(new JsonNode(value, this.at, end));
    this.at = end;
  }

  private wordValue(end: number): void {
    const found = this.text.slice(this.at, end);
    const value = literals.get(found);
    if (value === undefined) {
      this.note({ code: "json-word", start: this.at, end, expected: "a JSON value" });
    }
    this.add(new JsonNode(value, this.at, end));
    this.at = end;
  }

  private open(isObject: boolean): void {
    const node = new JsonNode(isObject ? {} : [], this.at, this.at + 1);
    if (isObject) node.members = [];
    else node.items = [];
    if (this.levels.length >= deepestLevel) {
      this.passOver(node);
      return;
    }
    this.levels.push({ node, isObject, key: "", keyStart: 0 });
    if (isObject) this.objectsOpen++;
    this.at++;
    this.state = isObject ? "first-key" : "first-value";
  }

  /** Skips what is nested too deep by counting brackets. */
  private passOver(node: JsonNode): void {
    const start = this.at;
    let open = 0;
    do {
      bracket.lastIndex = this.at;
      const found = bracket.exec(this.text);
      const end = found?.[0] === '"' ? stringEnd(this.text, found.index) : (found?.index ?? -2) + 1;
      if (end < 0) break;
      open += found?.[0] === "{" || found?.[0] === "[" ? 1 : found?.[0] === '"' ? 0 : -1;
      this.at = end;
    } while (open > 0);
    const end = open > 0 ? this.text.length : this.at;
    this.note({ code: "json-too-deep", start, end, expected: `at most ${deepestLevel} levels` });
    if (open > 0) this.cutOff("…");
    else {
      node.end = end;
      this.add(node);
    }
  }

  private keyOrEnd(unit: number): void {
    if (unit === 0x22) this.keyAndColon();
    else if (unit === 0x7d) {
      if (this.state === "key") this.trailingComma();
      this.state = "after";
    } else if (unit === 0x2c) this.surplusCommas();
    else this.giveUp("a quoted name");
  }

  private keyAndColon(): void {
    const { text, at } = this;
    const level = this.levels.at(-1);
    const keyEnd = stringEnd(text, at);
    if (level !== undefined && keyEnd >= 0) {
      level.key = unquote(text.slice(at, keyEnd));
      level.keyStart = at;
    }
    const end = this.quoted();
    if (end < 0) return;
    this.at = afterBlanks(text, end);
    if (this.at >= text.length) this.cutOff(":");
    else if (text.charCodeAt(this.at) !== 0x3a) this.giveUp("a colon");
    else {
      this.at++;
      this.state = "value";
    }
  }

  private afterValue(unit: number): void {
    const level = this.levels.at(-1);
    if (level === undefined) {
      this.note({ code: "json-trailing", start: this.at, end: this.text.length, expected: "nothing" });
      this.state = "stopped";
    } else if (unit === 0x2c) {
      this.at++;
      this.state = level.isObject ? "key" : "value";
    } else if (unit === 0x5d || unit === 0x7d) this.closing(unit === 0x7d, level);
    else this.missingComma(level, unit);
  }

  private missingComma(level: Level, unit: number): void {
    const startsNext = level.isObject ? unit === 0x22 : /["[{\w-]/.test(String.fromCharCode(unit));
    if (!startsNext) {
      this.giveUp(level.isObject ? "a comma or }" : "a comma or ]");
      return;
    }
    this.note({ code: "json-comma-missing", start: this.at, end: this.at, expected: "a comma" });
    this.state = level.isObject ? "key" : "value";
  }

  private closing(isObject: boolean, level: Level): void {
    if (level.isObject === isObject) {
      this.close(this.at + 1);
      this.at++;
      return;
    }
    const open = isObject ? this.objectsOpen : this.levels.length - this.objectsOpen;
    if (open === 0) {
      this.note({ code: "json-bracket", start: this.at, end: this.at + 1, expected: "no such bracket here" });
      this.at++;
      return;
    }
    const expected = level.isObject ? "}" : "]";
    this.note({ code: "json-bracket-missing", start: this.at, end: this.at, expected });
    this.close(this.at);
  }

  private close(end: number): void {
    const level = this.levels.pop();
    if (level === undefined) return;
    if (level.isObject) this.objectsOpen--;
    level.node.end = end;
    this.add(level.node);
  }

  private add(node: JsonNode): void {
    this.size++;
    this.state = "after";
    const level = this.levels.at(-1);
    if (level === undefined) this.root = node;
    else if (level.isObject) this.addMember(level, node);
    else {
      level.node.items?.push(node);
      (level.node.value as unknown[]).push(node.value);
    }
  }

  private addMember({ node: parent, key, keyStart }: Level, node: JsonNode): void {
    const members = parent.members ?? [];
    const object = parent.value as Record<string, unknown>;
    if (Object.hasOwn(object, key)) this.duplicate(members, keyStart, node.end);
    members.push({ key, keyStart, ordinal: members.length, node });
    // An assignment would set the prototype instead of a member.
    if (key === "__proto__") {
      Object.defineProperty(object, key, {
        value: node.value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    } else object[key] = node.value;
  }

  private duplicate(members: readonly JsonMember[], keyStart: number, end: number): void {
    const start = members.at(-1)?.node.end ?? keyStart;
    this.note({ code: "duplicate-member", start, end, expected: "each name once" });
  }
}
