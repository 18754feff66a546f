// The access token of the admin API: given in the environment or in a file, else made once and kept in a file that only
// its owner reads. The token itself is never said, and it is compared in constant time.

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { errorText, systemErrorCode, VcrError } from "../../base/errors.js";

/** Where tokens come from. */
export interface TokenPlaces {
  /** OCPP_VCR_ADMIN_TOKEN. */
  readonly environment: string | undefined;
  /** --admin-token-file. */
  readonly file: string | undefined;
  /** The file where neither is given. */
  readonly fallback: string;
}

/** The token of a run. */
export interface AdminToken {
  readonly value: string;
  /** The file it lies in; undefined where the environment gave it. */
  readonly path: string | undefined;
  /** Whether a person chose it or its place. */
  readonly isExplicit: boolean;
}

const variable = "OCPP_VCR_ADMIN_TOKEN";
/** 32 of these characters hold 128 bits even when they are hexadecimal; none of them needs quoting in any header. */
const strong = /^[A-Za-z0-9._~-]{32,512}$/;

const checked = (value: string, where: string): string => {
  if (strong.test(value)) return value;
  throw new VcrError(
    "USAGE",
    `${where} holds no token that protects anything`,
    'Use at least 32 random letters, digits, ".", "_", "~" or "-": openssl rand -hex 32',
  );
};

/** Reads a token file; undefined where there is none. */
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
        `others can read the token file ${path} (mode ${(mode & 0o777).toString(8)})`,
        `chmod 600 ${path}, and change the token.`,
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
    // Another run made it in the same moment.
    const other = systemErrorCode(error) === "EEXIST" ? readToken(path) : undefined;
    if (other !== undefined) return other;
    throw unusable(path, error);
  }
};

/** The token of a listener; made and kept where there is none yet. Throws VcrError USAGE or FILE_UNWRITABLE. */
export function openToken({ environment, file, fallback }: TokenPlaces): AdminToken {
  if (environment !== undefined && environment !== "")
    return { value: checked(environment, variable), path: undefined, isExplicit: true };
  const path = file ?? fallback;
  return { value: readToken(path) ?? makeToken(path), path, isExplicit: file !== undefined };
}

/** The token that a caller shows; undefined where there is none. Throws VcrError USAGE. */
export function findToken({ environment, file, fallback }: TokenPlaces): string | undefined {
  if (environment !== undefined && environment !== "") return checked(environment, variable);
  return readToken(file ?? fallback);
}

const digest = (value: string): Buffer => createHash("sha256").update(value).digest();

/** Whether a token that was shown is this one, in a time that tells nothing of where they differ. */
export function isToken(token: string, shown: string): boolean {
  return timingSafeEqual(digest(token), digest(shown));
}
