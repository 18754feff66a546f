// Looking into payloads that may hold anything: own members only, and undefined wherever the value at the end
// of the steps is not of the kind that was asked for. Knows nothing of single actions.

/** The value at the end of the steps; undefined where they lead nowhere. */
export function valueAt(value: unknown, ...steps: readonly (string | number)[]): unknown {
  let found = value;
  for (const step of steps) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<string | number, unknown>)[step];
  }
  return found;
}

/** The text there. */
export function textAt(value: unknown, ...steps: readonly (string | number)[]): string | undefined {
  const found = valueAt(value, ...steps);
  return typeof found === "string" ? found : undefined;
}

/** The number there; a text that is one counts, since chargers write numbers as texts. */
export function numberAt(value: unknown, ...steps: readonly (string | number)[]): number | undefined {
  const found = valueAt(value, ...steps);
  const number = typeof found === "string" && /^\s*[-+]?\d/.test(found) ? Number(found) : found;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** The elements there; none where it is no array. */
export function listAt(value: unknown, ...steps: readonly (string | number)[]): readonly unknown[] {
  const found = valueAt(value, ...steps);
  return Array.isArray(found) ? found : [];
}

/** The identifier there, a text or a number, as a text. */
export function idAt(value: unknown, ...steps: readonly (string | number)[]): string | undefined {
  const found = valueAt(value, ...steps);
  return typeof found === "string" || typeof found === "number" ? String(found) : undefined;
}
