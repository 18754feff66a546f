// A number with its noun.

/** `1 step`, `2 steps`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The words for one, from the words for many: `control frame` from `control frames`, `other entry` from `other entries`. */
export function singular(many: string): string {
  return many.replace(/(ies|s)\b/, (ending) => (ending === "ies" ? "y" : ""));
}
