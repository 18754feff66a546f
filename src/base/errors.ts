// What the world refuses: one error class, one table of codes. docs/reference/errors.md has a heading for
// each code, and a test holds the two together. What peers and files say wrongly is an Issue, not an error.

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

/** Every code a VcrError can carry, with the exit code it ends the program with. */
export const errorCodes: Readonly<Record<ErrorCode, number>> = {
  /** The command line, the configuration or a rule file is wrong. */
  USAGE: 2,
  /** A rule file holds errors; the message lists them all. */
  RULES_INVALID: 2,
  /** A target file is missing or holds errors; the message lists them all. */
  TARGET_INVALID: 2,
  /** A replay, or faults, towards a production system were not confirmed by its name. */
  PRODUCTION_GUARDED: 2,
  /** The address to listen on is in use, or is none of this machine's. */
  LISTEN_FAILED: 3,
  /** The right to listen on that port is missing. */
  LISTEN_FORBIDDEN: 2,
  /** The CSMS could not be reached, or the connection to it broke. */
  CSMS_UNREACHABLE: 3,
  /** The CSMS answered the upgrade with something else than 101. */
  UPGRADE_REFUSED: 3,
  /** A file to read does not exist or cannot be opened. */
  FILE_UNREADABLE: 4,
  /** A file to write cannot be made. */
  FILE_UNWRITABLE: 2,
  /** The cassette is damaged, or is none. */
  CASSETTE_DAMAGED: 4,
  /** The file to import holds nothing that could be understood. */
  IMPORT_FAILED: 4,
  /** The certificate store is missing, is there already, or others could read its keys. */
  CERTIFICATE_STORE: 2,
  /** A certificate, signing request or password does not serve what it was given for. */
  CERTIFICATE_UNFIT: 2,
  /** The admin API refused what ctl asked. */
  ADMIN_REFUSED: 2,
  /** No admin API answers there. */
  ADMIN_UNREACHABLE: 3,
};

/** Something that the world refused: a stable code, what to do about it, and the cause. */
export class VcrError extends Error {
  readonly code: ErrorCode;
  /** What the user can do; empty when nothing sensible is known. */
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint = "", cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "VcrError";
    this.code = code;
    this.hint = hint;
  }

  /** The exit code of the process that this error ends. */
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
