// Open OCPP Trace v1.1 (JSON Lines) -> recordings, one a charge point. `raw` is taken as it stands; where it is
// missing the message is built from the record's fields. What is no OCPP-J message is told, not dropped silently.

import { type Direction, readDirection } from "../../base/direction.js";
import { subprotocolNamed } from "../../ocpp/version.js";
import { plural } from "../../text/plural.js";
import {
  ImportBook,
  type ImportContext,
  type Imported,
  MessageRecording,
  readLoggedTime,
} from "../message-recording.js";
import { jsonObjectIn } from "./format.js";

type TraceRecord = Readonly<Record<string, unknown>>;

const textOr = (value: unknown, otherwise: string): string => (typeof value === "string" ? value : otherwise);

/** The message that a record without `raw` tells; undefined where it tells none. */
const rebuilt = (record: TraceRecord): string | undefined => {
  const { messageType, action, payload = {}, error } = record;
  const id = textOr(record.messageId, "");
  switch (messageType) {
    case "CALL":
      return typeof action === "string" ? JSON.stringify([2, id, action, payload]) : undefined;
    case "CALLRESULT":
      return JSON.stringify([3, id, payload]);
    case "CALLERROR": {
      const told = typeof error === "object" && error !== null ? (error as TraceRecord) : {};
      return JSON.stringify([4, id, textOr(told.code, ""), textOr(told.description, ""), told.details ?? {}]);
    }
    default:
      return undefined;
  }
};

interface Understood {
  readonly direction: Direction;
  readonly text: string;
}

const understand = (record: TraceRecord | undefined): Understood | { readonly why: string } => {
  if (record === undefined) return { why: "the line is no JSON object" };
  if (record.transport === "soap") return { why: "a SOAP message is no message of OCPP-J" };
  const direction = readDirection(textOr(record.direction, ""));
  if (direction === undefined) return { why: "direction is neither cp-to-csms nor csms-to-cp" };
  const text = typeof record.raw === "string" ? record.raw : rebuilt(record);
  return text === undefined
    ? { why: "there is neither raw nor a message to build it from" }
    : { direction, text };
};

const remarks = (built: number, withMeta: number): readonly string[] => [
  ...(built > 0
    ? [
        `${plural(built, "message")} had no raw and ${built === 1 ? "was built from its" : "were built from their"} fields`,
      ]
    : []),
  ...(withMeta > 0 ? [`the meta of ${plural(withMeta, "record")} is not kept`] : []),
];

/** Reads a trace; `fallback` names the charge point of records that name none. */
export function importOpenOcppTrace(
  lines: Iterable<string>,
  fallback: string,
  context: ImportContext,
): Imported {
  const recordings = new Map<string, MessageRecording>();
  const book = new ImportBook();
  let [number, built, withMeta] = [0, 0, 0];
  for (const line of lines) {
    number++;
    if (line.trim() === "") continue;
    const record = jsonObjectIn(line);
    const understood = understand(record);
    if (record === undefined || "why" in understood) {
      book.refuse(number, "why" in understood ? understood.why : "");
      continue;
    }
    const identity = textOr(record.chargePointId, fallback);
    const facts = {
      identity,
      subprotocol: subprotocolNamed(record.ocppVersion),
      source: "import open-ocpp-trace",
    };
    const recording = recordings.get(identity) ?? new MessageRecording(facts);
    recordings.set(identity, recording);
    recording.add({ ...understood, ...readLoggedTime(record.timestamp) });
    book.take();
    if (typeof record.raw !== "string") {
      built++;
      recording.cannotKnow("exact-bytes");
    }
    if (record.meta !== undefined) withMeta++;
  }
  const all = [...recordings].map(([name, recording]) => ({ name, entries: recording.finish(context) }));
  return { recordings: all, report: book.report(remarks(built, withMeta)) };
}
