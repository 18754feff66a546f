// The error codes of CALLERROR and CALLRESULTERROR (OCPP-J 1.6 section 4.2.3, OCPP 2.x part 4 section 4.3).
// OCPP 1.6 misspells two of them; its peers have to use that spelling.

import { familyOf, type OcppFamily, type OcppVersion } from "../version.js";

const shared = [
  "NotImplemented",
  "NotSupported",
  "InternalError",
  "ProtocolError",
  "SecurityError",
  "PropertyConstraintViolation",
  "TypeConstraintViolation",
  "GenericError",
];

const of16 = [...shared, "FormationViolation", "OccurenceConstraintViolation"];
const of2x = [
  ...shared,
  "FormatViolation",
  "OccurrenceConstraintViolation",
  "MessageTypeNotSupported",
  "RpcFrameworkError",
];

const tables: Readonly<Record<OcppFamily, readonly string[]>> = { "1.6": of16, "2.x": of2x };

/** The error codes of a version. */
export function errorCodesOf(version: OcppVersion): readonly string[] {
  return tables[familyOf(version)];
}

const otherSpellings: ReadonlyMap<string, string> = new Map([
  ["FormationViolation", "FormatViolation"],
  ["FormatViolation", "FormationViolation"],
  ["OccurenceConstraintViolation", "OccurrenceConstraintViolation"],
  ["OccurrenceConstraintViolation", "OccurenceConstraintViolation"],
]);

/** The spelling of this version, if the code is the spelling of another version; undefined for other codes. */
export function otherSpelling(version: OcppVersion, code: string): string | undefined {
  const other = otherSpellings.get(code);
  return other !== undefined && errorCodesOf(version).includes(other) ? other : undefined;
}

/** The code for a payload that is not what the action requires. */
export function formatCodeOf(version: OcppVersion): string {
  return otherSpelling(version, "FormatViolation") ?? "FormatViolation";
}
