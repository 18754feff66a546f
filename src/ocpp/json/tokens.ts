// Reads one quoted text or one number of a JSON text: its end, its value, and what is wrong with it (RFC 8259 sections 6
// and 7). Never throws, and takes linear time. Adjacent errors of the same kind are one finding.

/** The kinds of errors of a JSON text. */
export type TextCode =
  | "byte-order-mark"
  | "not-json"
  | "json-broken"
  | "json-cut-off"
  | "json-trailing"
  | "json-comma"
  | "json-comma-missing"
  | "json-bracket"
  | "json-bracket-missing"
  | "json-value-missing"
  | "json-word"
  | "json-number"
  | "json-escape"
  | "json-control-character"
  | "json-too-deep"
  | "duplicate-member"
  | "lone-surrogate"
  | "number-too-large";

/** One error in a text, with its beginning and end in UTF-16 units. */
export interface TextFinding {
  readonly code: TextCode;
  readonly start: number;
  readonly end: number;
  readonly expected: string;
}

/** A quoted text that was read. */
export interface ReadString {
  /** The offset after its closing quote; -1 if it has none. */
  readonly end: number;
  readonly findings: readonly TextFinding[];
}

const none: readonly TextFinding[] = [];

/** Reads the quoted text that begins at `at`. */
export function readString(text: string, at: number): ReadString {
  for (let i = at + 1; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x22) return { end: i + 1, findings: none };
    if (unit === 0x5c || unit < 0x20 || (unit >= 0xd800 && unit <= 0xdfff)) return new Scan(text, i).run();
  }
  return { end: -1, findings: none };
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** Reads a text with escapes, control characters or surrogates. */
class Scan {
  private readonly text: string;
  private readonly findings: TextFinding[] = [];
  private at: number;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  run(): ReadString {
    const { text, findings } = this;
    while (this.at < text.length) {
      const unit = text.charCodeAt(this.at);
      if (unit === 0x22) return { end: this.at + 1, findings };
      if (unit === 0x5c) this.escape();
      else if (unit < 0x20) this.controls();
      else if (isHigh(unit) && isLow(text.charCodeAt(this.at + 1))) this.at += 2;
      else if (isHigh(unit) || isLow(unit)) this.surrogate(1);
      else this.at++;
    }
    return { end: -1, findings };
  }

  private controls(): void {
    const start = this.at;
    while (this.text.charCodeAt(this.at) < 0x20) this.at++;
    const expected = "control characters only as escapes";
    this.findings.push({ code: "json-control-character", start, end: this.at, expected });
  }

  private surrogate(length: number): void {
    const start = this.at;
    this.at += length;
    this.findings.push({ code: "lone-surrogate", start, end: this.at, expected: "surrogates in pairs" });
  }

  private escape(): void {
    const next = this.text.charCodeAt(this.at + 1);
    if (next === 0x75) this.unicodeEscape();
    else if ('"\\/bfnrt'.includes(String.fromCharCode(next))) this.at += 2;
    else {
      // The character after the backslash is read separately: it may be a control character, or the last one.
      this.findings.push({
        code: "json-escape",
        start: this.at,
        end: this.at + 1,
        expected: "a known escape",
      });
      this.at++;
    }
  }

  private unicodeEscape(): void {
    const code = this.codeAt(this.at);
    if (code === undefined) {
      this.findings.push({
        code: "json-escape",
        start: this.at,
        end: this.at + 2,
        expected: "four hex digits",
      });
      this.at += 2;
    } else if (isHigh(code) && isLow(this.codeAt(this.at + 6) ?? 0)) this.at += 12;
    else if (isHigh(code) || isLow(code)) this.surrogate(6);
    else this.at += 6;
  }

  /** The code of the `\uXXXX` at this place. */
  private codeAt(at: number): number | undefined {
    const source = this.text.slice(at, at + 6);
    return /^\\u[0-9A-Fa-f]{4}$/.test(source) ? Number.parseInt(source.slice(2), 16) : undefined;
  }
}

/** A number that was read; its value is undefined if it is not valid. */
export interface ReadNumber {
  readonly value: number | undefined;
  readonly end: number;
  readonly finding: TextFinding | undefined;
}

const validNumber = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.+-])/y;
const numberLike = /[\w.+-]+/y;

/** Reads the number that begins at `at`. */
export function readNumber(text: string, at: number): ReadNumber {
  validNumber.lastIndex = at;
  if (!validNumber.test(text)) return invalidNumber(text, at);
  const end = validNumber.lastIndex;
  const value = Number(text.slice(at, end));
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return { value, end, finding: undefined };
  const expected = "an integer below 2^53";
  const finding: TextFinding = { code: "number-too-large", start: at, end, expected };
  // An infinite value would be reported a second time as not a number.
  return { value: Number.isFinite(value) ? value : Math.sign(value) * Number.MAX_VALUE, end, finding };
}

const invalidNumber = (text: string, start: number): ReadNumber => {
  numberLike.lastIndex = start;
  numberLike.test(text);
  const end = Math.max(numberLike.lastIndex, start + 1);
  const value = Number(text.slice(start, end));
  return {
    value: Number.isFinite(value) ? value : undefined,
    end,
    finding: { code: "json-number", start, end, expected: "a JSON number" },
  };
};
