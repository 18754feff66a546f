// The end of every `switch` over a union.

/** Makes a `switch` over a union complete: it does not compile if a case is missing. Throws for a value that the types exclude. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
