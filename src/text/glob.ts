// Globs over identities and actions: `*` any run, `?` one character. Matched without regular expressions,
// in time linear in pattern x text, so that a hostile identity cannot stall a rule.

/** Whether the whole text fits the pattern. */
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
