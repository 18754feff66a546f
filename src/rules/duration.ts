// Durations as rule files write them: `300ms`, `3s`, `5m`.

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** The milliseconds of a duration; undefined where the text is none or comes to no whole millisecond. */
export function readDuration(text: string): number | undefined {
  const [, figure, unit] = /^([0-9]{1,9}(?:\.[0-9]{1,3})?)(ms|s|m|h)$/.exec(text) ?? [];
  if (figure === undefined || unit === undefined) return undefined;
  const result = Math.round(Number(figure) * (milliseconds[unit] ?? 0) * 1000) / 1000;
  return Number.isSafeInteger(result) ? result : undefined;
}
