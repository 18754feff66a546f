// Makes payloads in a program: checked with all errors at once, and copied and frozen, so that they share nothing with their
// input. A missing member stays missing, an empty one stays empty.

import { readPointer, writePointer } from "../json/pointer.js";
import { readJson } from "../json/tree.js";
import { type Demand, payloadCheck } from "../schema/compile-schema.js";
import type { PayloadRole } from "../schema/schemas.js";
import { checkPayload } from "../validation/check-payload.js";
import { type Profile, type RuleCode, severityOf, validationRules } from "../validation/validation-rules.js";
import type { OcppVersion } from "../version.js";

/** One reason why a payload cannot be made. */
export interface MessageError {
  /** `empty`: something required is missing or empty; `invalid`: a value is wrong. */
  readonly kind: "empty" | "invalid";
  readonly code: RuleCode;
  /** From the root of the payload. */
  readonly pointer: string;
  readonly expected: string;
  /** One sentence; not stable. */
  readonly message: string;
}

/** A payload, or everything that is wrong with it. */
export type Made<Payload> =
  | { readonly ok: true; readonly payload: Payload }
  | { readonly ok: false; readonly errors: readonly MessageError[] };

/** Makes the payload of a message without an answer. */
export interface SendMaker<Request> {
  readonly version: OcppVersion;
  readonly action: string;
  /** Makes the payload of the CALL or SEND; the profile is `spec` unless given. */
  req(payload: Request, profile?: Profile): Made<Request>;
}

/** Makes the payloads of an action. */
export interface MessageMaker<Request, Response> extends SendMaker<Request> {
  /** Makes the payload of the CALLRESULT; the profile is `spec` unless given. */
  conf(payload: Response, profile?: Profile): Made<Response>;
}

/** The maker of an action with an answer. */
export function messageMaker<Request, Response>(
  version: OcppVersion,
  action: string,
): MessageMaker<Request, Response> {
  return {
    ...sendMaker<Request>(version, action),
    conf: (payload, profile) => make(version, action, "response", payload, profile ?? "spec"),
  };
}

/** The maker of an action without an answer. */
export function sendMaker<Request>(version: OcppVersion, action: string): SendMaker<Request> {
  return {
    version,
    action,
    req: (payload, profile) => make(version, action, "request", payload, profile ?? "spec"),
  };
}

const empties: ReadonlySet<RuleCode> = new Set<RuleCode>(["missing-member", "empty-text", "too-few"]);

const errorOf = (code: RuleCode, pointer: string, expected: string): MessageError => {
  const place = pointer === "" ? "" : `${pointer}: `;
  const message = `${place}${validationRules[code].what}; expected ${expected}`;
  return { kind: empties.has(code) ? "empty" : "invalid", code, pointer, expected, message };
};

function make<Payload>(
  version: OcppVersion,
  action: string,
  role: PayloadRole,
  input: Payload,
  profile: Profile,
): Made<Payload> {
  const copier = new Copier();
  const payload = copier.copy(input, []);
  const errors = [...copier.errors];
  const demand = profile === "strict" ? "strict" : "schema";
  const check = payloadCheck(version, action, role, demand);
  if (check !== undefined && check(payload).length > 0) {
    errors.push(...schemaErrors(version, action, role, demand, payload, profile, errors));
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, payload: payload as Payload };
}

const schemaErrors = (
  version: OcppVersion,
  action: string,
  role: PayloadRole,
  demand: Demand,
  payload: unknown,
  profile: Profile,
  known: readonly MessageError[],
): readonly MessageError[] => {
  const { root, size } = readJson(JSON.stringify(payload));
  if (root === undefined) return [];
  return checkPayload(root, size, { version, action, role, demand, base: "" })
    .breaches.filter(({ code, pointer }) => {
      // An empty text in a required member is refused in every profile: a program can do better.
      const isRefused = code === "empty-text" || isDefect(code, pointer, version, profile);
      return isRefused && !known.some((error) => error.pointer === pointer);
    })
    .map(({ code, pointer, expected }) => errorOf(code, pointer, expected));
};

const isDefect = (code: RuleCode, pointer: string, version: OcppVersion, profile: Profile): boolean =>
  severityOf(code, profile, version, readPointer(pointer) ?? []) === "defect";

/** The most levels of objects in a payload; more are a circular reference or a mistake. */
const deepest = 50;

/** Copies plain data and freezes the copy; other values are an error, and null in the copy. */
class Copier {
  readonly errors: MessageError[] = [];

  copy(value: unknown, steps: readonly (string | number)[]): unknown {
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number")
      return Number.isFinite(value) ? value : this.refuse(steps, "a finite number");
    if (typeof value !== "object") return this.refuse(steps, "plain data");
    if (steps.length > deepest) return this.refuse(steps, `at most ${deepest} levels`);
    if (Array.isArray(value))
      return Object.freeze(Array.from(value, (item, i) => this.copy(item, [...steps, i])));
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== null && prototype !== Object.prototype) return this.refuse(steps, "plain data");
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, this.copy(member, [...steps, name])]);
    return Object.freeze(Object.fromEntries(members));
  }

  private refuse(steps: readonly (string | number)[], expected: string): null {
    this.errors.push(errorOf("wrong-type", writePointer(steps), expected));
    return null;
  }
}
