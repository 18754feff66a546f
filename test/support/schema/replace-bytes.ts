// Replaces the bytes of an issue in a text, to check that the issue is at its place.
import { concat, text as textOf, utf8 } from "../../../src/base/bytes.js";

/** A place in a text, in bytes of its UTF-8. */
interface Span {
  readonly offset: number;
  readonly length: number;
}

/** The text with these bytes of it replaced. */
export function replaceBytes(text: string, { offset, length }: Span, legal: string): string {
  const bytes = utf8(text);
  return textOf(concat([bytes.subarray(0, offset), utf8(legal), bytes.subarray(offset + length)]));
}
