// The access token of the admin API: from the environment, from a file, or made once and stored in a file that only its
// owner can read. The token is never printed, and it is compared in constant time.

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { errorText, systemErrorCode, VcrError } from "../../base/errors.js";

/** Where the token may come from, in this order. */
export interface TokenSources {
  /** OCPP_VCR_ADMIN_TOKEN. */
  readonly environment: string | undefined;
  /** --admin-token-file. */
  readonly file: string | undefined;
  /** The file to use if neither is given. */
  readonly fallback: string;
}

/** The token of a run. */
export interface AdminToken {
  readonly value: string;
  /** The file that holds it; undefined if it came from the environment. */
  readonly path: string | undefined;
}

const variable = "OCPP_VCR_ADMIN_TOKEN";
/** 32 of these characters hold 128 bits even if they are hexadecimal digits; none needs quoting in a header. */
const strong = /^[A-Za-z0-9._~-]{32,512}$/;

const checked = (value: string, where: string): string => {
  if (strong.test(value)) return value;
  throw new VcrError(
    "USAGE",
    `the token in ${where} is too weak`,
    'Use at least 32 random letters, digits, ".", "_", "~" or "-": openssl rand -hex 32',
  );
};

/** Reads a token file; undefined if there is none. */
const readToken = (path: string): string | undefined => {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw unusable(path, error);
  }
  try {
    const { mode } = fstatSync(file);
    if (process.platform !== "win32" && (mode & 0o077) !== 0)
      throw new VcrError(
        "USAGE",
        `other users can read the token file ${path} (mode ${(mode & 0o777).toString(8)})`,
        `Run chmod 600 ${path}, and change the token.`,
      );
    return checked(readFileSync(file, "utf8").trim(), path);
  } finally {
    closeSync(file);
  }
};

const unusable = (path: string, error: unknown): VcrError =>
  new VcrError(
    "FILE_UNWRITABLE",
    `the token file ${path} cannot be used: ${errorText(error)}`,
    `Give another with --admin-token-file, or the token in ${variable}.`,
    error,
  );

const makeToken = (path: string): string => {
  const value = randomBytes(32).toString("base64url");
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, `${value}\n`, { mode: 0o600, flag: "wx" });
    return value;
  } catch (error) {
    // Another run has just made it.
    const other = systemErrorCode(error) === "EEXIST" ? readToken(path) : undefined;
    if (other !== undefined) return other;
    throw unusable(path, error);
  }
};

/** The token for a server; makes and stores one if there is none yet. Throws VcrError USAGE or FILE_UNWRITABLE. */
export function openToken({ environment, file, fallback }: TokenSources): AdminToken {
  if (environment !== undefined && environment !== "")
    return { value: checked(environment, variable), path: undefined };
  const path = file ?? fallback;
  return { value: readToken(path) ?? makeToken(path), path };
}

/** The token for a client; undefined if there is none. Throws VcrError USAGE or FILE_UNWRITABLE. */
export function findToken({ environment, file, fallback }: TokenSources): string | undefined {
  if (environment !== undefined && environment !== "") return checked(environment, variable);
  return readToken(file ?? fallback);
}

const digest = (value: string): Buffer => createHash("sha256").update(value).digest();

/** Whether the shown token is the right one, compared in constant time. */
export function isToken(token: string, shown: string): boolean {
  return timingSafeEqual(digest(token), digest(shown));
}
