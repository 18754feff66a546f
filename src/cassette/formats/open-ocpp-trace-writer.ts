// Messages of a recording -> records of Open OCPP Trace v1.1. `raw` is the message's text as it was; what the format
// has no field for stands in `meta`. What it cannot hold at all is counted, so that nothing is missing silently.

import { isDateTime, readInstant, writeInstant } from "../../base/instant.js";
import { type Envelope, parseEnvelope } from "../../ocpp/envelope/parse-envelope.js";
import { valueAt } from "../../ocpp/payload.js";
import { jsonLine } from "../../text/printable.js";
import type { Entry } from "../format/entry.js";
import type { ExportMessage, NotHeld } from "./format.js";

/** What a trace cannot hold. */
export const notHeldWords = {
  unreadable: "unreadable messages",
  controlFrames: "control frames",
  handshakes: "handshakes",
  /** OCPP 2.1. */
  typesFiveAndSix: "messages of types 5 and 6",
  /** Decisions, gaps, notes and the like. */
  otherEntries: "other entries",
} as const;

/** How much of a recording a trace left out. */
export type NotInTrace = NotHeld<keyof typeof notHeldWords>;

/** The records of a recording, and what they leave out. */
export interface OpenOcppTrace {
  readonly lines: Iterable<string>;
  /** Complete once all lines have been taken. */
  readonly notHeld: () => NotInTrace;
}

const schemaVersion = "1.1";

const connectorOf = (payload: unknown): { readonly connectorId?: number } => {
  const connectorId = valueAt(payload, "connectorId");
  return Number.isSafeInteger(connectorId) && Number(connectorId) >= 0
    ? { connectorId: Number(connectorId) }
    : {};
};

const partsOf = (envelope: Envelope): Readonly<Record<string, unknown>> | undefined => {
  switch (envelope.kind) {
    case "call": {
      const { id, action, payload } = envelope;
      return { ...connectorOf(payload), messageType: "CALL", messageId: id, action, payload };
    }
    case "call-result":
      return { messageType: "CALLRESULT", messageId: envelope.id, payload: envelope.payload };
    case "call-error": {
      const { id, code, description, details } = envelope;
      return { messageType: "CALLERROR", messageId: id, error: { code, description, details } };
    }
    default:
      return undefined;
  }
};

/** What a trace says of the recording in every record. */
interface TraceFacts {
  readonly startedAt: string;
  readonly identity: string | null;
  /** Of each connection, without `ocpp`; undefined where there was no subprotocol. */
  readonly versions: ReadonlyMap<number, string>;
}

/** What every record says of a recording. */
function traceFacts(entries: Iterable<Entry>): TraceFacts {
  let startedAt: string | undefined;
  let identity: string | null = null;
  const versions = new Map<number, string>();
  for (const entry of entries) {
    if (entry.kind === "session") ({ startedAt, identity } = entry);
    if (entry.kind === "checkpoint") startedAt ??= entry.wall;
    if (entry.kind !== "connection-opened") continue;
    identity ??= entry.identity;
    if (entry.subprotocol !== null) versions.set(entry.connection, entry.subprotocol.replace(/^ocpp/i, ""));
  }
  return { startedAt: startedAt ?? "1970-01-01T00:00:00.000Z", identity, versions };
}

const timestampOf = (facts: TraceFacts, { loggedAt, rx }: ExportMessage): string => {
  if (loggedAt !== undefined && isDateTime(loggedAt)) return loggedAt;
  const start = readInstant(facts.startedAt)?.ns ?? 0n;
  return writeInstant(start + BigInt(Math.round(rx ?? 0)));
};

const metaOf = (message: ExportMessage, timestamp: string): Readonly<Record<string, unknown>> => ({
  connection: message.connection,
  ...(message.rx === null ? {} : { rx: message.rx }),
  ...(message.loggedAt === undefined || message.loggedAt === timestamp ? {} : { loggedAt: message.loggedAt }),
  ...(message.frames.length === 1 ? {} : { fragments: message.frames.length }),
  ...(message.opcode === 1 ? {} : { opcode: message.opcode }),
  ...(message.compression === "none" ? {} : { compression: message.compression }),
});

const recordOf = (
  facts: TraceFacts,
  message: ExportMessage,
  parts: Readonly<Record<string, unknown>>,
): string => {
  const timestamp = timestampOf(facts, message);
  const ocppVersion = facts.versions.get(message.connection);
  return jsonLine({
    schemaVersion,
    timestamp,
    ...(ocppVersion === undefined ? {} : { ocppVersion }),
    transport: "json",
    ...(facts.identity === null ? {} : { chargePointId: facts.identity }),
    direction: message.direction,
    ...parts,
    raw: message.text,
    meta: { ocppVcr: metaOf(message, timestamp) },
  });
};

const held = new Set<Entry["kind"]>(["session", "checkpoint", "end", "frame"]);

/** Writes the messages of a recording as records. */
export function openOcppTrace(entries: readonly Entry[], messages: Iterable<ExportMessage>): OpenOcppTrace {
  const facts = traceFacts(entries);
  const handshakes = entries.filter(
    (entry) => entry.kind === "refused" || (entry.kind === "connection-opened" && entry.request !== null),
  ).length;
  const otherEntries = entries.filter(
    ({ kind }) => !held.has(kind) && kind !== "refused" && kind !== "connection-opened",
  ).length;
  const counts = { unreadable: 0, controlFrames: 0, typesFiveAndSix: 0 };
  const lines = function* (): Generator<string> {
    for (const message of messages) {
      const read = readMessage(message);
      if (typeof read === "string") counts[read]++;
      else yield recordOf(facts, message, read);
    }
  };
  return { lines: lines(), notHeld: () => ({ ...counts, handshakes, otherEntries }) };
}

/** The parts of a record, or under what the message is counted as not held. */
const readMessage = (
  message: ExportMessage,
): Readonly<Record<string, unknown>> | "unreadable" | "controlFrames" | "typesFiveAndSix" => {
  if (message.kind === "control") return "controlFrames";
  if (message.text === undefined || !message.complete) return "unreadable";
  const envelope = parseEnvelope(message.text);
  if (envelope.kind === "send" || envelope.kind === "call-result-error") return "typesFiveAndSix";
  return partsOf(envelope) ?? "unreadable";
};
