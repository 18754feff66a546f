// "Did you mean": the known word that an unknown one probably stands for.

const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  let before: readonly number[] = row;
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const change = Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      const turned = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && i > 1 && j > 1;
      next.push(turned ? Math.min(change, (before[j - 2] ?? 0) + 1) : change);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
};

/** The known word that is nearest to this one; undefined if none is near enough for a typing mistake. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const lower = word.slice(0, 64).toLowerCase();
  const ranked = known
    .map((candidate) => ({ candidate, far: distance(lower, candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  const best = ranked[0];
  const slip = Math.max(1, Math.floor((lower.length + 1) / 3));
  return best !== undefined && best.far <= slip ? best.candidate : undefined;
}
