// Durations as rule files write them, `300ms`, `3s`, `5m`, and in words, to the millisecond.

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** The milliseconds of a duration; undefined where the text is none or comes to no whole millisecond. */
export function readDuration(text: string): number | undefined {
  const [, figure, unit] = /^([0-9]{1,9}(?:\.[0-9]{1,3})?)(ms|s|m|h)$/.exec(text) ?? [];
  if (figure === undefined || unit === undefined) return undefined;
  const result = Math.round(Number(figure) * (milliseconds[unit] ?? 0) * 1000) / 1000;
  return Number.isSafeInteger(result) ? result : undefined;
}

/** Milliseconds in words, nothing rounded: `300 ms`, `1.5 s`, `1 min 30 s`, `2 h`. */
export function durationWords(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const seconds = (ms % 60_000) / 1000;
  const parts = [
    ...(hours === 0 ? [] : [`${hours} h`]),
    ...(minutes === 0 ? [] : [`${minutes} min`]),
    ...(seconds === 0 ? [] : [`${seconds} s`]),
  ];
  return parts.join(" ");
}

/** From one duration to another: `200 to 250 ms`, `3 to 7 s`, `45 s to 1 min`. */
export function rangeWords(from: number, to: number): string {
  const [first, last] = [durationWords(from), durationWords(to)];
  if (first === last) return first;
  const [figure, unit, more] = first.split(" ");
  return more === undefined && last.endsWith(` ${unit}`) && last.split(" ").length === 2
    ? `${figure} to ${last}`
    : `${first} to ${last}`;
}
