// Entries <-> lines of JSON, lossless (`export --to ndjson`, docs/reference/cassette-format.md). Bytes are written as text if
// encoding the text again gives the same bytes, else as Base64. A frame is written unmasked, with its header next to it
// (`wire`) unless that is the canonical one: shortest length, no reserved bit, masked with zeros towards the
// CSMS and not at all towards the charge point.

import { concat, exactText, sameBytes, utf8 } from "../../base/bytes.js";
import { fromBase64, toBase64 } from "../../text/base64.js";
import { applyMask, payloadOf, readFrame, readHeader } from "../../wire/websocket/frame.js";
import { type Built, buildEntry, type Source } from "./build-entry.js";
import { canonicalFrame } from "./canonical-frame.js";
import type { Entry, FrameEntry } from "./entry.js";
import { type Shape, shapes } from "./shape.js";

/** A JSON object, its members in the order in which they are written. */
export type JsonObject = Readonly<Record<string, unknown>>;

const bytesToJson = (bytes: Uint8Array): JsonObject => {
  const text = exactText(bytes);
  return text === undefined ? { base64: toBase64(bytes) } : { text };
};

const toJson = (value: unknown, shape: Shape): unknown => {
  switch (shape.kind) {
    case "bytes":
      return bytesToJson(value as Uint8Array);
    case "list":
      return (value as readonly unknown[]).map((element) => toJson(element, shape.of));
    case "object":
      return membersToJson(value as JsonObject, shape.fields);
    case "or-null":
    case "optional":
      return value === null ? null : toJson(value, shape.of);
    default:
      return value;
  }
};

const membersToJson = (
  value: JsonObject,
  fields: Readonly<Record<string, Shape>>,
): Record<string, unknown> => {
  const out: Record<string, unknown> = {};
  for (const [name, shape] of Object.entries(fields))
    if (value[name] !== undefined) out[name] = toJson(value[name], shape);
  return out;
};

const frameToJson = (entry: FrameEntry): JsonObject | undefined => {
  const frame = readFrame(entry.raw);
  if (frame === undefined) return undefined;
  const { kind, connection, direction, rx, tx, seen, loggedAt } = entry;
  const { fin, opcode, rsv } = frame;
  const payload = payloadOf(frame);
  const canonical = sameBytes(canonicalFrame(direction, opcode, fin, payload), entry.raw);
  return {
    kind,
    connection,
    direction,
    rx,
    tx,
    seen,
    opcode,
    fin,
    ...(rsv === 0 ? {} : { rsv }),
    ...bytesToJson(payload),
    ...(canonical ? {} : { wire: toBase64(entry.raw.subarray(0, frame.headerLength)) }),
    ...(loggedAt === undefined ? {} : { loggedAt }),
  };
};

/** The JSON object of an entry. */
export function entryToJson(entry: Entry): JsonObject {
  const frame = entry.kind === "frame" ? frameToJson(entry) : undefined;
  return frame ?? { kind: entry.kind, ...membersToJson(entry as unknown as JsonObject, shapes[entry.kind]) };
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const member = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

const bytesFromJson = (value: unknown): Uint8Array | undefined => {
  const text = member(value, "text");
  if (typeof text === "string") return utf8(text);
  const base64 = member(value, "base64");
  return typeof base64 === "string" ? fromBase64(base64) : undefined;
};

const jsonSource: Source<unknown> = {
  member,
  isMap: isObject,
  elements: (value) => (Array.isArray(value) ? value : undefined),
  bytes: bytesFromJson,
};

/** The raw bytes that a frame's line tells; undefined where it does not tell them. */
const rawOfFrame = (line: JsonObject): Uint8Array | undefined => {
  const payload = bytesFromJson(line);
  const { wire, direction, opcode, fin, rsv } = line;
  if (payload === undefined) return undefined;
  if (typeof wire !== "string") {
    if (typeof opcode !== "number" || opcode >>> 0 !== opcode || opcode > 15 || typeof fin !== "boolean")
      return undefined;
    const raw = canonicalFrame(direction === "cp-to-csms" ? direction : "csms-to-cp", opcode, fin, payload);
    if (typeof rsv === "number") raw[0] = (raw[0] ?? 0) | ((rsv & 7) << 4);
    return raw;
  }
  const header = fromBase64(wire);
  if (header === undefined) return undefined;
  const mask = readHeader(header, 0)?.mask;
  return concat([header, mask === undefined ? payload : applyMask(payload, mask)]);
};

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

/** The entry that a line tells, or why it tells none. */
export function entryFromJson(line: string): Built<Entry> {
  const value = parsed(line);
  if (!isObject(value)) return { why: "the line is no JSON object" };
  const kind = member(value, "kind");
  if (typeof kind !== "string" || !Object.hasOwn(shapes, kind))
    return { why: `there is no kind ${JSON.stringify(kind)}` };
  if (kind !== "frame" || member(value, "raw") !== undefined)
    return buildEntry(jsonSource, kind as Entry["kind"], value);
  const raw = rawOfFrame(value);
  if (raw === undefined) return { why: "a frame needs text or base64, opcode and fin, or wire" };
  const built = buildEntry(jsonSource, kind, { ...value, raw: { base64: "" } });
  return "ok" in built && built.ok.kind === "frame" ? { ok: { ...built.ok, raw } } : built;
}
