// Durations as texts: one reader of `300ms`, `3s`, `5m`, `1h`, and two writers, one exact and one rounded.

const msOf: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A regular expression for a duration, to be put between `^` and `$`. */
export const durationPattern = "[0-9]{1,9}(\\.[0-9]{1,3})?(ms|s|m|h)";

const whole = new RegExp(`^${durationPattern}$`);

/** The milliseconds of a duration, with fractions; undefined if the text is no duration. */
export function readFineDuration(text: string): number | undefined {
  const unit = whole.exec(text)?.[2];
  if (unit === undefined) return undefined;
  return Math.round(Number.parseFloat(text) * (msOf[unit] ?? 0) * 1000) / 1000;
}

/** The milliseconds of a duration; undefined if the text is no duration, or not one of whole milliseconds. */
export function readDuration(text: string): number | undefined {
  const ms = readFineDuration(text);
  return Number.isSafeInteger(ms) ? ms : undefined;
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

/** A range of milliseconds in words: `200 to 250 ms`, `3 to 7 s`, `45 s to 1 min`. */
export function rangeWords(from: number, to: number): string {
  const [first, last] = [durationWords(from), durationWords(to)];
  if (first === last) return first;
  const [figure, unit, more] = first.split(" ");
  return more === undefined && last.endsWith(` ${unit}`) && last.split(" ").length === 2
    ? `${figure} to ${last}`
    : `${first} to ${last}`;
}

/** Nanoseconds in words, rounded to three digits at most: `0.31 ms`, `3.1 ms`, `1.25 s`, `3 min 20 s`, `2 h 5 min`. */
export function roundedWords(ns: number): string {
  const ms = ns / 1e6;
  if (ms < 9.95) return `${ms.toFixed(ms < 0.995 ? 2 : 1)} ms`;
  if (ms < 999.5) return `${ms.toFixed(0)} ms`;
  const s = ms / 1000;
  if (s < 59.95) return `${s.toFixed(s < 9.995 ? 2 : 1)} s`;
  const seconds = Math.round(s);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(s / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
