// The target of a replay: the identity that dials, its password, and the edits of the recorded CALLs. One target serves
// all cassettes of a command. Passwords are never printed.

import { utf8 } from "../../base/bytes.js";
import { VcrError } from "../../base/errors.js";
import { readNamedFile } from "../../io/tls/tls-material.js";
import { readPasswords } from "../../io/tls/tls-passwords.js";
import { type CallEdit, createCallEdit, type SetValue } from "../../replay/plan/values/mapped-values.js";
import { Dealer, noValueMap, type ValueMap } from "../../replay/plan/values/value-map.js";
import { fromBase64 } from "../../text/base64.js";
import { printable } from "../../text/printable.js";

/** The settings of a target. */
export interface TargetSettings {
  /** Dials as this charge point for every recorded identity. */
  readonly identity?: string | undefined;
  readonly mapIdentity?: ValueMap | undefined;
  readonly mapIdTag?: ValueMap | undefined;
  readonly set?: readonly SetValue[] | undefined;
  /** A file of `identity:password` lines. */
  readonly csmsBasic?: string | undefined;
  /** Passwords by identity; they take precedence over those of the file. */
  readonly credentials?: ReadonlyMap<string, Uint8Array> | undefined;
  /** The password of identities that have none of their own. */
  readonly password?: Uint8Array | undefined;
}

/** A target, with all its files read. */
export interface ReplayTarget {
  /** The identity that dials instead of a recorded one; undefined if the recorded one dials. */
  identityFor(recorded: string): string | undefined;
  /** The password of the identity that dials. */
  passwordFor(identity: string, subprotocol: string | null): Uint8Array | undefined;
  /** The edit of one cassette's CALLs. */
  editCalls(): CallEdit;
  /** Throws VcrError USAGE if a list of replacements was too short for the recorded values so far. */
  checkDealt(): void;
}

type PasswordOf = ReplayTarget["passwordFor"];

const usage = (message: string, hint: string): VcrError => new VcrError("USAGE", message, hint);

/** Passwords from a file of `identity:password` lines, encoded as the version of OCPP requires. */
const passwordsIn = (path: string): PasswordOf => {
  const basic = readPasswords(readNamedFile(path));
  return (identity, subprotocol) => {
    const field = basic.authorizationFor(identity, subprotocol === null ? [] : [subprotocol]);
    return fromBase64(field?.slice("Basic ".length) ?? "")?.subarray(utf8(`${identity}:`).length);
  };
};

const passwordsOf = ({ csmsBasic, credentials, password }: TargetSettings): PasswordOf => {
  const listed = csmsBasic === undefined ? undefined : passwordsIn(csmsBasic);
  return (identity, subprotocol) => {
    const found = credentials?.get(identity) ?? listed?.(identity, subprotocol);
    return found === undefined || found.length === 0 ? password : found;
  };
};

const checkShort = (dealer: Dealer, what: string, option: string): void => {
  const [first] = dealer.short;
  if (first === undefined) return;
  throw usage(
    `the list of ${what} is too short: ${printable(first, 80)} has no replacement`,
    `Give ${option} ${printable(first, 80)}=HERE, or add values to the list of "*".`,
  );
};

/** Makes the target of a command. Throws VcrError. */
export function openTarget(settings: TargetSettings): ReplayTarget {
  const identities = new Dealer(settings.mapIdentity ?? noValueMap);
  // An idTag is a CiString: case makes no difference (OCPP 1.6 section 7.28, 2.x IdTokenType).
  const tags = new Dealer(settings.mapIdTag ?? noValueMap, true);
  return {
    identityFor: (recorded) => settings.identity ?? identities.liveFor(recorded),
    passwordFor: passwordsOf(settings),
    editCalls: () => createCallEdit({ idTag: (tag) => tags.liveFor(tag), set: settings.set ?? [] }),
    checkDealt: () => {
      checkShort(identities, "identities", "--map-identity");
      checkShort(tags, "id tags", "--map-id-tag");
    },
  };
}
