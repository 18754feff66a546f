// Reads, follows and writes JSON pointers (RFC 6901) over parsed values. Own members only, so that `__proto__` is an
// ordinary member name.

/** The steps of a pointer; undefined if the text is not a pointer (it must be empty or begin with a slash). */
export function readPointer(pointer: string): readonly string[] | undefined {
  if (pointer === "") return [];
  if (!pointer.startsWith("/") || /~(?![01])/.test(pointer)) return undefined;
  return pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The pointer of these steps. */
export function writePointer(steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The value that steps lead to; `found` is false if there is none. */
export interface Followed {
  readonly found: boolean;
  readonly value: unknown;
}

const nowhere: Followed = { found: false, value: undefined };

/** Follows the steps. */
export function follow(root: unknown, steps: readonly string[]): Followed {
  let value = root;
  for (const step of steps) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return nowhere;
    // `length` is an own property of an array, but not an element.
    if (Array.isArray(value) && step === "length") return nowhere;
    value = (value as Record<string, unknown>)[step];
  }
  return { found: true, value };
}

/** The pointer with `*` for every array index after the first step, so that pointers into the same list are equal. */
export function starIndexes(pointer: string): string {
  return pointer.replace(/(?<=\/[^/]+)\/\d+(?=\/|$)/g, "/*");
}
