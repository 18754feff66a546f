// What a target changes in the messages of a recording before they become a plan: id tags, and values that have to be
// different there. Lossless: only the characters of these values change. Tags: 1.6 sections 6.1, 6.27, 6.33, 6.45, 6.49;
// 2.0.1 part 2 Authorize, TransactionEvent, RequestStartTransaction, ReserveNow.

import type { Direction } from "../../../base/direction.js";
import { type JsonPath, leavesOf, matchesPath, splice } from "../../../ocpp/json/spans.js";
import { unquote } from "../../../ocpp/json/string.js";
import { type JsonNode, readJson } from "../../../ocpp/json/tree.js";

/** A value to put at one place of the charger's CALLs of one action. */
export interface SetValue {
  readonly action: string;
  /** The way into the payload; a step `*` is every item of a list. */
  readonly steps: readonly string[];
  /** As the user wrote it, for messages. */
  readonly shown: string;
  readonly json: string;
}

/** The changes of a target. */
export interface MappedValues {
  /** The tag that replaces a recorded one; undefined keeps it. */
  readonly idTag: (recorded: string) => string | undefined;
  readonly set: readonly SetValue[];
}

/** Gives the text of a recorded CALL as it is to be replayed. */
export type EditCall = (text: string, direction: Direction, action: string) => string;

const tag16: JsonPath = [3, "idTag"];
const token: JsonPath = [3, "idToken", "idToken"];

const tagPlaces: Readonly<Record<Direction, Readonly<Record<string, readonly JsonPath[]>>>> = {
  "cp-to-csms": {
    Authorize: [tag16, token],
    StartTransaction: [tag16],
    StopTransaction: [tag16],
    TransactionEvent: [token],
  },
  // Recorded calls are changed too, so that a live call about the replaced tag matches the recorded one.
  "csms-to-cp": {
    RemoteStartTransaction: [tag16],
    RequestStartTransaction: [token],
    ReserveNow: [tag16, token],
  },
};

/** The id tags that a CALL carries, each with its place in UTF-16 units. */
export function idTagsIn(
  text: string,
  direction: Direction,
  action: string,
): readonly { readonly tag: string; readonly offset: number; readonly length: number }[] {
  const places = tagPlaces[direction];
  const paths = Object.hasOwn(places, action) ? places[action] : undefined;
  if (paths === undefined) return [];
  return leavesOf(text).flatMap(({ path, source, offset, length }) => {
    if (!source.startsWith('"') || !paths.some((wanted) => matchesPath(path, wanted))) return [];
    const tag = unquote(source);
    return tag === "" ? [] : [{ tag, offset, length }];
  });
}

const withTags = (text: string, direction: Direction, action: string, values: MappedValues): string => {
  const edits = idTagsIn(text, direction, action).flatMap(({ tag, offset, length }) => {
    const live = values.idTag(tag);
    return live === undefined || live === tag ? [] : [{ offset, length, put: JSON.stringify(live) }];
  });
  return edits.length === 0 ? text : splice(text, edits);
};

/** The nodes at these steps; a key given twice gives two. */
const nodesAt = (node: JsonNode, steps: readonly string[]): readonly JsonNode[] => {
  let nodes: readonly JsonNode[] = [node];
  for (const step of steps)
    nodes = nodes.flatMap((one) => {
      if (one.items !== undefined) return step === "*" ? one.items : itemAt(one.items, step);
      return (one.members ?? []).filter(({ key }) => key === step).map((member) => member.node);
    });
  return nodes;
};

const itemAt = (items: readonly JsonNode[], step: string): readonly JsonNode[] => {
  const item = /^(?:0|[1-9]\d*)$/.test(step) ? items[Number(step)] : undefined;
  return item === undefined ? [] : [item];
};

/** The text with one value set: it replaces what is there, or becomes a new member of an object that is there. */
const withValue = (text: string, { steps, json }: SetValue): string => {
  const { root, isWhole } = readJson(text);
  const payload = root?.items?.[3];
  if (payload === undefined || !isWhole) return text;
  const found = nodesAt(payload, steps);
  if (found.length > 0)
    return splice(
      text,
      found.map(({ start, end }) => ({ offset: start, length: end - start, put: json })),
    );
  const name = steps.at(-1);
  if (name === undefined || name === "*") return text;
  const parents = nodesAt(payload, steps.slice(0, -1)).filter(({ members }) => members !== undefined);
  const edits = parents.map(({ end, members = [] }) => {
    // After the last member, so that blanks before the bracket stay where they are.
    const offset = members.at(-1)?.node.end ?? end - 1;
    return { offset, length: 0, put: `${members.length === 0 ? "" : ","}${JSON.stringify(name)}:${json}` };
  });
  return edits.length === 0 ? text : splice(text, edits);
};

/** The edit of one recording's CALLs, and what it has changed. */
export interface CallEdit {
  readonly edit: EditCall;
  /** The recorded tags of the charger's CALLs, each with the tag that is sent. */
  readonly tags: ReadonlyMap<string, string>;
  /** The values that no CALL had a place for. */
  unused(): readonly SetValue[];
}

/** Makes an edit. */
export function createCallEdit(values: MappedValues): CallEdit {
  const unused = new Set(values.set);
  const tags = new Map<string, string>();
  const set = (text: string, one: SetValue): string => {
    const edited = withValue(text, one);
    if (edited !== text || holds(text, one)) unused.delete(one);
    return edited;
  };
  const edit: EditCall = (text, direction, action) => {
    const tagged = withTags(text, direction, action, values);
    if (direction === "csms-to-cp") return tagged;
    for (const { tag } of idTagsIn(text, direction, action)) tags.set(tag, values.idTag(tag) ?? tag);
    return values.set.filter((one) => one.action === action).reduce(set, tagged);
  };
  return { edit, tags, unused: () => values.set.filter((one) => unused.has(one)) };
}

/** Whether the value is there already. */
const holds = (text: string, { steps, json }: SetValue): boolean => {
  const payload = readJson(text).root?.items?.[3];
  return (
    payload !== undefined && nodesAt(payload, steps).some(({ start, end }) => text.slice(start, end) === json)
  );
};
