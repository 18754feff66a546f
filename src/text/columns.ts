// The columns of a terminal that a text takes, and cutting it to a number of columns: East Asian wide characters and
// emoji take two, combining marks none (a short form of Unicode UAX 11). For texts that went through `printable`.

const none = /^[\p{Mn}\p{Me}]$/u;

/** Ranges of code points that are two columns wide: first and last. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x23e9, 0x23ec],
  [0x25fd, 0x25fe],
  [0x2614, 0x2615],
  [0x26a1, 0x26a1],
  [0x2705, 0x2705],
  [0x274c, 0x274c],
  [0x2753, 0x2757],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f7e0, 0x1f7eb],
  [0x1f900, 0x1faff],
  [0x20000, 0x3fffd],
];

const widthOf = (character: string): number => {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (none.test(character)) return 0;
  return wide.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
};

/** The columns that a text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += widthOf(character);
  return columns;
}

/** The text cut to this many columns, with an ellipsis at the end if something was cut. */
export function cutToColumns(text: string, most: number): string {
  if (text.length <= most / 2) return text;
  if (most < 1) return "";
  let columns = 0;
  let kept = 0;
  let atEllipsis = 0;
  for (const character of text) {
    columns += widthOf(character);
    if (columns > most) return `${text.slice(0, atEllipsis)}…`;
    kept += character.length;
    if (columns <= most - 1) atEllipsis = kept;
  }
  return text;
}
