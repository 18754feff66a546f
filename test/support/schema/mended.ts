// A text with the bytes of an issue replaced, to see whether the issue stands where it says.
import { concat, text as textOf, utf8 } from "../../../src/base/bytes.js";

/** Where something stands, in bytes. */
interface Span {
  readonly offset: number;
  readonly length: number;
}

/** The text with these bytes of it replaced. */
export function mended(text: string, { offset, length }: Span, legal: string): string {
  const bytes = utf8(text);
  return textOf(concat([bytes.subarray(0, offset), utf8(legal), bytes.subarray(offset + length)]));
}
