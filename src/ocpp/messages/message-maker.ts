// Payloads made in a program: checked when they are made, all errors at once, frozen, and no part of them shared
// with what they were made from. A member that is absent stays absent; an empty one stays empty.

import { readPointer, writePointer } from "../json/pointer.js";
import { readJson } from "../json/tree.js";
import { type Demand, payloadCheck } from "../schema/compile-schema.js";
import type { PayloadRole } from "../schema/schemas.js";
import { checkPayload } from "../validation/check-payload.js";
import { type Profile, type RuleCode, validationRules, verdictOf } from "../validation/validation-rules.js";
import type { OcppVersion } from "../version.js";

/** One thing that keeps a payload from being made. */
export interface MessageError {
  /** `empty`: something is missing or empty that must not be; `invalid`: it is there and wrong. */
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

/** Makes the payload of a message that nobody answers. */
export interface SendMaker<Request> {
  readonly version: OcppVersion;
  readonly action: string;
  /** The payload of the CALL or SEND; the profile is `spec` unless another is asked for. */
  req(payload: Request, profile?: Profile): Made<Request>;
}

/** Makes the payloads of an action. */
export interface MessageMaker<Request, Response> extends SendMaker<Request> {
  /** The payload of the CALLRESULT; the profile is `spec` unless another is asked for. */
  conf(payload: Response, profile?: Profile): Made<Response>;
}

/** The maker of an action that is answered. */
export function messageMaker<Request, Response>(
  version: OcppVersion,
  action: string,
): MessageMaker<Request, Response> {
  return {
    ...sendMaker<Request>(version, action),
    conf: (payload, profile) => make(version, action, "response", payload, profile ?? "spec"),
  };
}

/** The maker of an action that is only sent. */
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
  const message = `${place}${validationRules[code].says}; expected ${expected}`;
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
      // A due text that is empty is refused in every profile: who makes it can do better.
      const isRefused = code === "empty-text" || isDefect(code, pointer, version, profile);
      return isRefused && !known.some((error) => error.pointer === pointer);
    })
    .map(({ code, pointer, expected }) => errorOf(code, pointer, expected));
};

const isDefect = (code: RuleCode, pointer: string, version: OcppVersion, profile: Profile): boolean =>
  verdictOf(code, profile, version, readPointer(pointer) ?? []) === "defect";

/** Levels of objects that a payload may have; more of them can only be a circle or a mistake. */
const deepest = 50;

/** Copies plain data, frozen; what is no data is an error, and null in the copy. */
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
