// Errors that a user sees: one class and one table of codes. docs/reference/errors.md has a heading for each code, which
// a test checks. Mistakes in messages of peers are an Issue, not an error. Below: helpers for any thrown value.

/** A stable error code. */
export type ErrorCode =
  | "USAGE"
  | "RULES_INVALID"
  | "TARGET_INVALID"
  | "PRODUCTION_GUARDED"
  | "LISTEN_FAILED"
  | "LISTEN_FORBIDDEN"
  | "CSMS_UNREACHABLE"
  | "UPGRADE_REFUSED"
  | "FILE_UNREADABLE"
  | "FILE_UNWRITABLE"
  | "CASSETTE_DAMAGED"
  | "IMPORT_FAILED"
  | "CERTIFICATE_STORE"
  | "CERTIFICATE_UNFIT"
  | "ADMIN_REFUSED"
  | "ADMIN_UNREACHABLE";

/** All error codes, with the exit code of the program. */
export const errorCodes: Readonly<Record<ErrorCode, number>> = {
  /** The command line, the configuration or a rule file is wrong. */
  USAGE: 2,
  /** A rule file holds errors; the message lists them all. */
  RULES_INVALID: 2,
  /** A target file is missing or holds errors; the message lists them all. */
  TARGET_INVALID: 2,
  /** A replay to a production system, or faults for it, need its name as confirmation. */
  PRODUCTION_GUARDED: 2,
  /** The address to listen on is in use, or this machine does not have it. */
  LISTEN_FAILED: 3,
  /** The user has no right to listen on that port. */
  LISTEN_FORBIDDEN: 2,
  /** The CSMS could not be reached, or the connection to it broke. */
  CSMS_UNREACHABLE: 3,
  /** The CSMS did not answer the upgrade with 101. */
  UPGRADE_REFUSED: 3,
  /** A file to read does not exist or cannot be opened. */
  FILE_UNREADABLE: 4,
  /** A file cannot be written. */
  FILE_UNWRITABLE: 2,
  /** The cassette is damaged, or the file is not a cassette. */
  CASSETTE_DAMAGED: 4,
  /** Nothing in the file to import was understood. */
  IMPORT_FAILED: 4,
  /** The certificate store is missing, exists already, or others could read its keys. */
  CERTIFICATE_STORE: 2,
  /** A certificate, signing request or password is not suitable for its purpose. */
  CERTIFICATE_UNFIT: 2,
  /** The admin API refused a request of ctl. */
  ADMIN_REFUSED: 2,
  /** No admin API answers at that address. */
  ADMIN_UNREACHABLE: 3,
};

/** An error for the user: a stable code, a message, a hint what to do, and the cause. */
export class VcrError extends Error {
  readonly code: ErrorCode;
  /** What the user can do; empty if nothing is known. */
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint = "", cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "VcrError";
    this.code = code;
    this.hint = hint;
  }

  /** The exit code of a program that ends with this error. */
  get exitCode(): number {
    return errorCodes[this.code];
  }
}

/** The message of anything that was thrown; `String(error)` for a value that is no Error. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The stack trace of anything that was thrown; its text where there is none. */
export function errorTrace(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The thrown value as an Error: itself, or a new one with its text. */
export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** The `code` of a thrown value that has one, like the system's `ENOENT`. */
export function systemErrorCode(error: unknown): string | undefined {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}
