// The error codes of CALLERROR and CALLRESULTERROR (OCPP-J 1.6 section 4.2.3, OCPP 2.x part 4 section 4.3).
// 1.6 misspells two of them, and the misspelling is what belongs on its wire.

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

/** The error codes that a version knows. */
export function errorCodesOf(version: OcppVersion): readonly string[] {
  return tables[familyOf(version)];
}

const twins: ReadonlyMap<string, string> = new Map([
  ["FormationViolation", "FormatViolation"],
  ["FormatViolation", "FormationViolation"],
  ["OccurenceConstraintViolation", "OccurrenceConstraintViolation"],
  ["OccurrenceConstraintViolation", "OccurenceConstraintViolation"],
]);

/** The spelling this version demands of a code that another version spells so; undefined for other codes. */
export function otherSpelling(version: OcppVersion, code: string): string | undefined {
  const twin = twins.get(code);
  return twin !== undefined && errorCodesOf(version).includes(twin) ? twin : undefined;
}

/** The code for a payload whose JSON is not what the action demands. */
export function formatCodeOf(version: OcppVersion): string {
  return otherSpelling(version, "FormatViolation") ?? "FormatViolation";
}
