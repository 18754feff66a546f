// What the options of a target come to for the cassettes of one command: who dials, with which password, and how the
// recorded CALLs are edited. Passwords are read here, once, and never told.

import { readFileSync } from "node:fs";
import { utf8 } from "../../base/bytes.js";
import { errorText, VcrError } from "../../base/errors.js";
import { readNamedFile } from "../../io/tls/tls-material.js";
import { readPasswords } from "../../io/tls/tls-passwords.js";
import { type CallEdit, createCallEdit } from "../../replay/plan/mapped-values.js";
import { Dealer, noValueMap } from "../../replay/plan/value-map.js";
import { fromBase64 } from "../../text/base64.js";
import { printable } from "../../text/printable.js";
import type { CliSession } from "../common/session.js";
import type { TargetOptions } from "../options/target-options.js";

/** A target, ready for cassettes. */
export interface ReplayTarget {
  /** The identity that dials for a recorded one; undefined where that stays. */
  identityFor(recorded: string): string | undefined;
  /** The password of the identity that dials. */
  passwordFor(identity: string, subprotocol: string | null): Uint8Array | undefined;
  /** The edit of one cassette's CALLs. */
  editCalls(): CallEdit;
  /** Says so where a list was too short for what has been met. Throws VcrError USAGE. */
  checkDealt(): void;
}

type PasswordOf = ReplayTarget["passwordFor"];

const usage = (message: string, hint: string): VcrError => new VcrError("USAGE", message, hint);

const passwordIn = (path: string): Uint8Array => {
  try {
    const bytes = readFileSync(path);
    let end = bytes.length;
    if (bytes[end - 1] === 0x0a) end--;
    if (bytes[end - 1] === 0x0d) end--;
    return bytes.subarray(0, end);
  } catch (error) {
    const why = errorText(error);
    throw usage(`the password file cannot be read: ${why}`, "Check the path that is given for the password.");
  }
};

const passwordFromEnv = (env: CliSession["env"], name: string): Uint8Array => {
  const value = env[name];
  if (value === undefined || value === "")
    throw usage(
      `the environment variable ${printable(name, 80)} holds no password`,
      "Set it, or name another.",
    );
  return utf8(value);
};

/** The password that is for everybody who has none of their own. */
const commonPassword = (session: CliSession, options: TargetOptions): Uint8Array | undefined => {
  const { passwordFile, passwordEnv } = options;
  if (passwordFile !== undefined && passwordEnv !== undefined)
    throw usage("there are two passwords", "Give --password-file or --password-env.");
  if (passwordFile !== undefined) return passwordIn(passwordFile);
  if (passwordEnv !== undefined) return passwordFromEnv(session.env, passwordEnv);
  const standard = session.env.OCPP_VCR_PASSWORD;
  return standard === undefined || standard === "" ? undefined : utf8(standard);
};

/** Passwords from a file of `identity:password` lines, in the form in which that version of OCPP shows them. */
const passwordsIn = (path: string): PasswordOf => {
  const basic = readPasswords(readNamedFile(path));
  return (identity, subprotocol) => {
    const field = basic.fieldFor(identity, subprotocol === null ? [] : [subprotocol]);
    return fromBase64(field?.slice("Basic ".length) ?? "")?.subarray(utf8(`${identity}:`).length);
  };
};

const passwords = (session: CliSession, options: TargetOptions): PasswordOf => {
  const own = new Map(
    (options.credential ?? []).map(({ identity, kind, name }) => [
      identity,
      kind === "file" ? passwordIn(name) : passwordFromEnv(session.env, name),
    ]),
  );
  const listed = options.csmsBasic === undefined ? undefined : passwordsIn(options.csmsBasic);
  const common = commonPassword(session, options);
  return (identity, subprotocol) => {
    const found = own.get(identity) ?? listed?.(identity, subprotocol);
    return found === undefined || found.length === 0 ? common : found;
  };
};

const checkShort = (dealer: Dealer, what: string, option: string): void => {
  const [first] = dealer.short;
  if (first === undefined) return;
  throw usage(
    `nothing is left in the list of ${what} for ${printable(first, 80)}`,
    `Name it with ${option} RECORDED=HERE, or add words to the list of "*".`,
  );
};

/** Makes the target of a command. Throws VcrError. */
export function openTarget(
  session: CliSession,
  options: TargetOptions & { identity?: string },
): ReplayTarget {
  const identities = new Dealer(options.mapIdentity ?? noValueMap);
  // An idTag is a CiString: case makes no difference (OCPP 1.6 section 7.28, 2.x IdTokenType).
  const tags = new Dealer(options.mapIdTag ?? noValueMap, true);
  return {
    identityFor: (recorded) => options.identity ?? identities.liveFor(recorded),
    passwordFor: passwords(session, options),
    editCalls: () => createCallEdit({ idTag: (tag) => tags.liveFor(tag), set: options.set ?? [] }),
    checkDealt: () => {
      checkShort(identities, "identities", "--map-identity");
      checkShort(tags, "id tags", "--map-id-tag");
    },
  };
}
