// Every payload of every version, and the check that a violation of its schema is found, at its place.
import { expect } from "vitest";
import { actionsOf } from "../../../src/ocpp/catalogue.js";
import { type JsonSchema, type PayloadRole, schemaOf } from "../../../src/ocpp/schema/schemas.js";
import { validate } from "../../../src/ocpp/validation/validate.js";
import { type OcppVersion, ocppVersions } from "../../../src/ocpp/version.js";
import type { Json, Mutation } from "./from-schema.js";
import { replaceBytes } from "./replace-bytes.js";

/** One kind of payload of a version. */
export interface MessageCase {
  readonly version: OcppVersion;
  readonly action: string;
  readonly role: PayloadRole;
  readonly schema: JsonSchema;
}

/** Every payload of every version. */
export const messageCases: readonly MessageCase[] = ocppVersions.flatMap((version) =>
  actionsOf(version).flatMap((action) =>
    (["request", "response"] as const).flatMap((role) => {
      const schema = schemaOf(version, action, role);
      return schema === undefined ? [] : [{ version, action, role, schema }];
    }),
  ),
);

/** The pointer to the payload from the root of its frame. */
export const baseOf = ({ role }: MessageCase): string => (role === "request" ? "/3" : "/2");

/** The text of a message with this payload. */
export function frameOf({ action, role }: MessageCase, payload: Json, indent = 0): string {
  const isSend = action === "NotifyPeriodicEventStream";
  const frame = role === "request" ? [isSend ? 6 : 2, "ü-1", action, payload] : [3, "ü-1", payload];
  return JSON.stringify(frame, null, indent);
}

/** Expects exactly one issue, with this code and pointer. Replacing its bytes by valid ones must leave no issue. */
export function expectCaught(one: MessageCase, mutation: Mutation, indent = 0): void {
  const { version, action } = one;
  const text = frameOf(one, mutation.payload, indent);
  const [issue, ...others] = validate(text, version, "spec", { action });
  if (issue === undefined || others.length > 0 || issue.pointer !== mutation.pointer) {
    expect([issue, ...others], text).toEqual([mutation]);
    return;
  }
  expect(issue.code, text).toBe(mutation.code);
  const legal = replaceBytes(text, issue, mutation.legal);
  expect(validate(legal, version, "spec", { action }), legal).toEqual([]);
}
