// What the admin API says when it refuses: a status, a stable code, a sentence and the mend. Thrown by handlers, turned
// into JSON in one place.

/** A refusal of the admin API. */
export class AdminProblem extends Error {
  readonly status: number;
  readonly code: string;
  /** What the caller can do. */
  readonly mend: string;
  /** More of it, for programs. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    message: string,
    mend: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = "AdminProblem";
    this.status = status;
    this.code = code;
    this.mend = mend;
    this.details = details;
  }
}

/** A value that the caller gave and that cannot be read. */
export function badValue(what: string, found: unknown, takes: string): AdminProblem {
  const shown = (JSON.stringify(found) ?? "nothing").slice(0, 100);
  return new AdminProblem(400, "bad-value", `${what} cannot be ${shown}`, `It takes ${takes}.`);
}

/** Something that the address names and that is not there. */
export function notThere(what: string, name: string): AdminProblem {
  return new AdminProblem(
    404,
    "not-found",
    `there is no ${what} ${JSON.stringify(name.slice(0, 100))}`,
    `List them with GET /v1/${what}s.`,
  );
}
