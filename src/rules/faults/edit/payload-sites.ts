// Every value of a payload with its part of the schema, and the members that the schema allows but the payload does not
// have.

import { writePointer } from "../../../ocpp/json/pointer.js";
import type { JsonNode } from "../../../ocpp/json/tree.js";
import { type JsonSchema, resolved, schemaOf } from "../../../ocpp/schema/schemas.js";
import { assumedVersion } from "../../../ocpp/version.js";
import type { RuledMessage } from "../../contract/ruled-message.js";

/** A present value or an absent member, with its schema. */
export interface Site {
  readonly pointer: string;
  readonly schema: JsonSchema;
  /** Undefined if it is absent. */
  readonly node: JsonNode | undefined;
  /** Undefined for the payload itself. */
  readonly parent: JsonNode | undefined;
  /** Its index in its parent; -1 if it is absent. */
  readonly index: number;
  readonly key: string;
  readonly isRequired: boolean;
}

/** All sites of a payload, outer ones first. Undefined if there is no schema for it. */
export function sitesOf(payload: JsonNode, message: RuledMessage): readonly Site[] | undefined {
  const { action, type, version = assumedVersion } = message;
  const role = type === "CALLRESULT" ? "response" : "request";
  const root = action === undefined ? undefined : schemaOf(version, action, role);
  if (root === undefined) return undefined;
  const whole = { pointer: "", parent: undefined, index: 0, key: "", isRequired: true };
  const sites: Site[] = [{ ...whole, schema: root, node: payload }];
  // The loop also visits what it appends.
  for (const site of sites) for (const below of sitesBelow(root, site)) sites.push(below);
  return sites;
}

const sitesBelow = (root: JsonSchema, { node, schema, pointer }: Site): readonly Site[] => {
  if (node?.items !== undefined && schema.items !== undefined) {
    const part = resolved(root, schema.items);
    return node.items.map((item, i) => ({
      pointer: pointer + writePointer([i]),
      schema: part,
      node: item,
      parent: node,
      index: i,
      key: String(i),
      isRequired: false,
    }));
  }
  if (node?.members === undefined) return [];
  return Object.entries(schema.properties ?? {}).map(([key, part]) => {
    const member = node.member(key);
    return {
      pointer: pointer + writePointer([key]),
      schema: resolved(root, part),
      node: member?.node,
      parent: node,
      index: member?.ordinal ?? -1,
      key,
      isRequired: schema.required?.includes(key) === true,
    };
  });
};
