// Converts offsets in a text (UTF-16 units) to offsets in its UTF-8 bytes.

/** The byte offset of each of these UTF-16 offsets, which must be in ascending order; one pass over the text for all. */
export function byteOffsets(text: string, units: readonly number[]): readonly number[] {
  let bytes = 0;
  let at = 0;
  return units.map((unit) => {
    for (; at < unit && at < text.length; at++) bytes += bytesOfUnit(text, at);
    return bytes;
  });
}

/** The bytes of a UTF-16 unit. The first half of a surrogate pair counts for both; a lone half becomes U+FFFD. */
const bytesOfUnit = (text: string, at: number): number => {
  const unit = text.charCodeAt(at);
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  if (unit >= 0xd800 && unit <= 0xdbff && isLow(text.charCodeAt(at + 1))) return 4;
  if (isLow(unit) && isHigh(text.charCodeAt(at - 1))) return 0;
  return 3;
};

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
