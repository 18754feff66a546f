// A payload beside its schema: every value with the part of the schema that is about it, and the members that could
// stand there and do not. Where the version has no such payload, there is nothing to say.

import { writePointer } from "../../../ocpp/json/pointer.js";
import type { JsonNode } from "../../../ocpp/json/tree.js";
import { type JsonSchema, resolved, schemaOf } from "../../../ocpp/schema/schemas.js";
import { assumedVersion } from "../../../ocpp/version.js";
import type { RuledMessage } from "../../contract/ruled-message.js";

/** A value, or a member that is absent, and what the schema says of it. */
export interface Site {
  readonly pointer: string;
  readonly schema: JsonSchema;
  /** Undefined where it is absent. */
  readonly node: JsonNode | undefined;
  /** Undefined for the payload itself. */
  readonly parent: JsonNode | undefined;
  /** Its place in its parent; of an absent one -1. */
  readonly index: number;
  readonly key: string;
  readonly isRequired: boolean;
}

/** All sites of a payload, outer ones first; undefined where there is no schema for it. */
export function sitesOf(payload: JsonNode, message: RuledMessage): readonly Site[] | undefined {
  const { action, type, version = assumedVersion } = message;
  const role = type === "CALLRESULT" ? "response" : "request";
  const root = action === undefined ? undefined : schemaOf(version, action, role);
  if (root === undefined) return undefined;
  const whole = { pointer: "", parent: undefined, index: 0, key: "", isRequired: true };
  const sites: Site[] = [{ ...whole, schema: root, node: payload }];
  // What is added while it runs is visited as well.
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
