// The refusals of the admin API: a table of stable codes, and the error that handlers throw. The server answers a
// refusal as application/problem+json.

const table = {
  "bad-value": [400, "A value is missing, has the wrong type, or is out of bounds."],
  "bad-body": [400, "The body is not UTF-8, not JSON, or not a JSON object."],
  "unknown-member": [400, "The body has a member that the address does not take."],
  "unknown-parameter": [400, "The query has a parameter that the address does not take."],
  twice: [400, "A query parameter is given more than once."],
  "token-in-url": [400, "The query holds a token."],
  "no-token": [401, "The access token is missing."],
  "wrong-token": [401, "The access token is wrong."],
  "foreign-host": [403, "The Host header names another machine."],
  "foreign-origin": [403, "The request comes from a web page of another origin."],
  "no-such-address": [404, "The API has no such path."],
  "not-found": [404, "No connection, rule or recording has this name."],
  "wrong-method": [405, "The path does not take this method. The Allow header lists those it takes."],
  closing: [409, "The connection is closing."],
  "needs-ttl": [409, "The target is marked production: arming a rule needs a ttl."],
  "too-large": [413, "The body is larger than 2 MiB."],
  "wrong-type": [415, "The address does not take a body of this content type."],
  "rules-invalid": [422, "The rules have errors. `issues` lists all of them."],
  defect: [500, "An internal error of ocpp-vcr."],
  "too-many-readers": [503, "32 readers of events are connected already."],
} as const;

/** A stable code of a refusal. */
export type ProblemCode = keyof typeof table;

/** Every code, with its HTTP status and what it means. docs/reference/admin.md lists them. */
export const problems: Readonly<Record<ProblemCode, readonly [status: number, meaning: string]>> = table;

/** A refusal of the admin API. */
export class AdminProblem extends Error {
  readonly code: ProblemCode;
  /** What the caller can do; the answer's `mend`. */
  readonly hint: string;
  /** Further members of the answer, for programs. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ProblemCode,
    message: string,
    hint: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = "AdminProblem";
    this.code = code;
    this.hint = hint;
    this.details = details;
  }

  /** The HTTP status of the answer. */
  get status(): number {
    return problems[this.code][0];
  }
}

/** The refusal of a value that has the wrong type or is out of bounds. */
export function badValue(name: string, found: unknown, takes: string): AdminProblem {
  const shown = (JSON.stringify(found) ?? "nothing").slice(0, 100);
  return new AdminProblem("bad-value", `${name} cannot be ${shown}`, `It takes ${takes}.`);
}

/** The refusal of a name that no connection, rule or recording has. */
export function notFound(kind: string, name: string): AdminProblem {
  return new AdminProblem(
    "not-found",
    `there is no ${kind} ${JSON.stringify(name.slice(0, 100))}`,
    `List them with GET /v1/${kind}s.`,
  );
}
