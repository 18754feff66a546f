// Our own bugs end here: a value that the type system had ruled out.

/** Closes a `switch` over a union; throws when a value arrives that the types exclude. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
