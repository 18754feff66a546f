// The rules of validation as data: what is wrong, which clause has the rule, and how severe each profile takes it.
// docs/reference/validation.md is generated from this table.

import { type JsonPath, matchesPath } from "../json/spans.js";
import type { TextCode } from "../json/tokens.js";
import type { OcppVersion } from "../version.js";
import { familyOf, type OcppFamily } from "../version.js";

/** How messages are judged: by what the field sends, by the specifications and schemas, or as the strictest peers do. */
export type Profile = "field" | "spec" | "strict";

/** All profiles; the first is the default. */
export const profiles: readonly Profile[] = ["field", "spec", "strict"];

/** `defect`: a MUST is broken; `smell`: only advised against, or common in the field. */
export type IssueClass = "defect" | "smell";

/** How severe a profile takes a broken rule; `-`: not reported. */
export type Severity = IssueClass | "-";

/** The name of a rule. */
export type RuleCode =
  | TextCode
  | "no-array"
  | "message-type"
  | "message-id"
  | "message-id-length"
  | "message-id-empty"
  | "action-type"
  | "unknown-action"
  | "wrong-caller"
  | "wrong-message-type"
  | "missing-element"
  | "surplus-element"
  | "null-payload"
  | "error-code"
  | "error-code-spelling"
  | "error-text"
  | "error-text-length"
  | "error-details"
  | "missing-member"
  | "unknown-member"
  | "null-member"
  | "wrong-type"
  | "not-an-integer"
  | "unknown-value"
  | "too-long"
  | "too-few"
  | "too-many"
  | "out-of-range"
  | "not-a-multiple"
  | "not-a-uri"
  | "empty-text"
  | "not-printable-ascii"
  | "integer-not-16-bit"
  | "time-malformed"
  | "time-without-zone"
  | "time-short-zone"
  | "time-with-blank"
  | "time-other-iso"
  | "time-not-utc"
  | "too-many-issues";

/** One rule. */
export interface ValidationRule {
  /** What is wrong if it is broken, in a few words. */
  readonly what: string;
  /** The clause that has the rule, for 1.6 and for 2.x. */
  readonly clause: Readonly<Record<OcppFamily, string>>;
  readonly field: Severity;
  readonly spec: Severity;
  readonly strict: Severity;
}

type Severities = readonly [field: Severity, spec: Severity, strict: Severity];

const always: Severities = ["defect", "defect", "defect"];
const quirky: Severities = ["smell", "defect", "defect"];
const advised: Severities = ["smell", "smell", "defect"];
const hint: Severities = ["smell", "smell", "smell"];

const rule = (
  what: string,
  severities: Severities,
  clause16: string,
  clause2x = clause16,
): ValidationRule => {
  const [field, spec, strict] = severities;
  return { what, clause: { "1.6": clause16, "2.x": clause2x }, field, spec, strict };
};

const frame = ["OCPP-J 1.6, 4.2", "OCPP 2.x part 4, 4.2"] as const;
const grammar = "RFC 8259 section 2";
const call = ["OCPP-J 1.6, 4.2.1", "OCPP 2.x part 4, 4.2.1"] as const;
const result = ["OCPP-J 1.6, 4.2.2", "OCPP 2.x part 4, 4.2.2"] as const;
const failure = ["OCPP-J 1.6, 4.2.3", "OCPP 2.x part 4, 4.2.3"] as const;
const errorCode = ["OCPP-J 1.6, 4.2.3", "OCPP 2.x part 4, 4.3"] as const;
const messageType = ["OCPP-J 1.6, 4.1.3", "OCPP 2.x part 4, 4.1.3"] as const;
const messageId = ["OCPP-J 1.6, 4.1.4", "OCPP 2.x part 4, 4.1.4"] as const;
const schema = ["OCPP 1.6 JSON schemas (section 6)", "OCPP 2.x part 3, JSON schemas"] as const;
const times = ["OCPP 1.6, Time notations; JSON schemas (RFC 3339)", "OCPP 2.x part 3 (RFC 3339)"] as const;
const strictType = "no clause: what strict implementations accept";

/** All rules, by code. */
export const validationRules: Readonly<Record<RuleCode, ValidationRule>> = {
  "byte-order-mark": rule("a byte order mark at the beginning", always, "RFC 8259 section 8.1"),
  "not-json": rule("the text is empty", always, grammar),
  "json-broken": rule("not JSON from here on; the rest is not read", always, grammar),
  "json-cut-off": rule("the text ends before its JSON does", always, grammar),
  "json-trailing": rule("text after the end of the JSON", always, grammar),
  "json-comma": rule("an extra comma", always, "RFC 8259 sections 4 and 5"),
  "json-comma-missing": rule("a comma is missing", always, "RFC 8259 sections 4 and 5"),
  "json-bracket": rule("an extra closing bracket", always, "RFC 8259 sections 4 and 5"),
  "json-bracket-missing": rule("a closing bracket is missing", always, "RFC 8259 sections 4 and 5"),
  "json-value-missing": rule("a member without a value", always, "RFC 8259 section 4"),
  "json-word": rule("a word that JSON does not have", always, "RFC 8259 section 3"),
  "json-number": rule("a number in a form that JSON does not have", always, "RFC 8259 section 6"),
  "json-escape": rule("an escape that JSON does not have", always, "RFC 8259 section 7"),
  "json-control-character": rule("a control character inside a text", always, "RFC 8259 section 7"),
  "json-too-deep": rule("brackets are nested deeper than they are read", hint, "RFC 8259 section 9"),
  "duplicate-member": rule("a name that occurs twice in one object", advised, "RFC 8259 section 4"),
  "lone-surrogate": rule("half a surrogate pair, which UTF-8 cannot encode", advised, "RFC 8259 section 8.2"),
  "number-too-large": rule("a number that many peers cannot hold exactly", hint, "RFC 8259 section 6"),
  "no-array": rule("the message is not a JSON array", always, ...frame),
  "message-type": rule("a message type that the version does not have", always, ...messageType),
  "message-id": rule("the message id is not a text", always, ...messageId),
  "message-id-length": rule("the message id has more than 36 characters", always, ...messageId),
  "message-id-empty": rule("the message id is empty", advised, ...messageId),
  "action-type": rule("the action is not a text", always, ...call),
  "unknown-action": rule("an action that the version does not have", always, ...call),
  "wrong-caller": rule(
    "an action that this side does not call",
    always,
    "OCPP 1.6 sections 4 and 5",
    "OCPP 2.x part 2",
  ),
  "wrong-message-type": rule(
    "a SEND that should be a CALL, or a CALL that should be a SEND",
    always,
    ...call,
  ),
  "missing-element": rule("the array of the message is too short", always, ...frame),
  "surplus-element": rule("the array of the message is too long", always, ...frame),
  "null-payload": rule("null where an empty object is preferred", ["smell", "smell", "defect"], ...result),
  "error-code": rule("an error code that the version does not have", always, ...errorCode),
  "error-code-spelling": rule("an error code as another version spells it", quirky, ...errorCode),
  "error-text": rule("the error description is not a text", quirky, ...failure),
  "error-text-length": rule(
    "the error description has more than 255 characters",
    ["smell", "defect", "defect"],
    ...failure,
  ),
  "error-details": rule("the error details are not an object", quirky, ...failure),
  "missing-member": rule("a required member is missing", always, ...schema),
  "unknown-member": rule("a member that the message does not have", quirky, ...schema),
  "null-member": rule("null for an optional member, which should be left out", quirky, ...schema),
  "wrong-type": rule("a value of another JSON type", always, ...schema),
  "not-an-integer": rule("a fraction where an integer is required", always, ...schema),
  "unknown-value": rule("a value outside the enumeration", always, ...schema),
  "too-long": rule("a text longer than its type allows", always, ...schema),
  "too-few": rule("a list with too few items", always, ...schema),
  "too-many": rule("a list with too many items", always, ...schema),
  "out-of-range": rule("a number outside its range", always, ...schema),
  "not-a-multiple": rule("a number with more decimals than its type has", quirky, ...schema),
  "not-a-uri": rule("a location that is not a URI", quirky, ...schema),
  "empty-text": rule(
    "an empty text (in `field` only of a required member)",
    ["smell", "-", "defect"],
    strictType,
  ),
  "not-printable-ascii": rule(
    "a text with characters other than printable ASCII (1.6)",
    advised,
    "OCPP 1.6 section 2.2, String",
  ),
  "integer-not-16-bit": rule("an integer outside 0 to 65535 (1.6)", ["-", "-", "defect"], strictType),
  "time-malformed": rule("not a point in time", always, ...times),
  "time-without-zone": rule("a time without its zone", quirky, ...times),
  "time-short-zone": rule("a time zone in a form that RFC 3339 does not have", quirky, ...times),
  "time-other-iso": rule("a time that ISO 8601 allows and RFC 3339 does not", quirky, ...times),
  "time-with-blank": rule("a time with a blank instead of T", quirky, ...times),
  "time-not-utc": rule(
    "a time that is not in UTC",
    ["-", "smell", "defect"],
    "OCPP 1.6, Time zones",
    "OCPP 2.x part 2, Time",
  ),
  "too-many-issues": rule("more issues than are listed", hint, "no clause: a bound of this program"),
};

/** A broken rule that is common in the field: a smell in the profile `field`, also if the rule is a defect there. */
export interface Quirk {
  readonly code: RuleCode;
  readonly version?: OcppVersion;
  /** The last steps of the path to the value; `*` is any one step. */
  readonly at: JsonPath;
  /** What the field sends. */
  readonly sends: string;
}

const reading = (member: string, sends: string): Quirk => ({
  code: "unknown-value",
  at: ["sampledValue", "*", member],
  sends,
});

/** The known quirks. */
export const quirks: readonly Quirk[] = [
  reading("unit", "Hz, Hertz and Amp, which are not in the list"),
  reading("context", "contexts of a manufacturer"),
  reading("measurand", "measurands of a manufacturer"),
  reading("phase", "phases of a manufacturer"),
  reading("location", "locations of a manufacturer"),
  { code: "unknown-value", version: "1.6", at: ["errorCode"], sends: "error codes such as Error" },
  {
    code: "wrong-type",
    version: "1.6",
    at: ["configurationKey", "*", "value"],
    sends: "configuration values as numbers",
  },
  { code: "wrong-type", version: "1.6", at: ["sampledValue", "*", "value"], sends: "readings as numbers" },
  {
    code: "too-long",
    version: "1.6",
    at: ["chargePointSerialNumber"],
    sends: "serial numbers of 26 characters",
  },
  {
    code: "too-long",
    version: "1.6",
    at: ["chargeBoxSerialNumber"],
    sends: "serial numbers of 26 characters",
  },
  { code: "too-long", version: "1.6", at: ["meterSerialNumber"], sends: "serial numbers of 26 characters" },
  {
    code: "too-long",
    version: "1.6",
    at: ["configurationKey", "*", "value"],
    sends: "configuration values of 551 characters",
  },
  { code: "too-long", version: "1.6", at: ["unknownKey", "*"], sends: "long keys that are echoed" },
  {
    code: "too-long",
    version: "1.6",
    at: ["3", "key", "*"],
    sends: "backends that ask for keys of 551 characters",
  },
  { code: "too-long", version: "1.6", at: ["3", "value"], sends: "certificates in ChangeConfiguration" },
  { code: "too-few", version: "1.6", at: ["sampledValue"], sends: "empty lists of readings" },
  { code: "too-few", version: "1.6", at: ["meterValue"], sends: "empty lists of readings" },
  { code: "too-long", version: "1.6", at: ["info"], sends: "JSON in a text that is meant for people" },
];

/** How severe a profile takes a broken rule at this place. */
export function severityOf(
  code: RuleCode,
  profile: Profile,
  version: OcppVersion,
  steps: readonly string[],
): Severity {
  const severity = validationRules[code][profile];
  if (profile !== "field" || severity !== "defect") return severity;
  return quirks.some((quirk) => isQuirk(quirk, code, version, steps)) ? "smell" : severity;
}

const isQuirk = (quirk: Quirk, code: RuleCode, version: OcppVersion, steps: readonly string[]): boolean =>
  quirk.code === code &&
  (quirk.version ?? version) === version &&
  matchesPath(steps.slice(-quirk.at.length), quirk.at);

/** The clause of a rule, for a version. */
export function clauseOf(code: RuleCode, version: OcppVersion): string {
  return validationRules[code].clause[familyOf(version)];
}
