// Globs over identities and actions: `*` is any text, `?` one character. Matched without regular expressions, in at most
// pattern length x text length steps, so that a hostile identity cannot stall a rule.

/** Whether the pattern matches the whole text. */
export function matchesGlob(pattern: string, candidate: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < candidate.length) {
    if (p < pattern.length && pattern[p] === "*") {
      star = p++;
      mark = t;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === candidate[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
