// Logs with one frame a line, `{"dir","time","raw","session",...}` -> recordings, one a session. No frame is
// dropped, whatever its text is. Where a line does not know its direction, a CALL goes by the catalogue of
// actions and an answer by its CALL.

import { type Direction, opposite, readDirection } from "../../base/direction.js";
import { readEpoch } from "../../base/instant.js";
import { callerOf } from "../../ocpp/catalogue.js";
import { namesAction } from "../../ocpp/envelope/message-type.js";
import { createPairer, type Pairer } from "../../ocpp/envelope/pairer.js";
import { peek } from "../../ocpp/envelope/peek.js";
import { assumedVersion, subprotocolNamed, versionOf } from "../../ocpp/version.js";
import {
  ImportBook,
  type ImportContext,
  type Imported,
  MessageRecording,
  readLoggedTime,
} from "../message-recording.js";
import { type FileFormat, jsonObjectIn, lineReader } from "./format.js";

type Line = Readonly<Record<string, unknown>>;

const textOf = (line: Line, name: string): string | undefined => {
  const value = Object.hasOwn(line, name) ? line[name] : undefined;
  return typeof value === "string" && value !== ""
    ? value
    : typeof value === "number"
      ? String(value)
      : undefined;
};

interface Session {
  readonly recording: MessageRecording;
  readonly pairer: Pairer<undefined>;
  readonly subprotocol: string;
}

const openSession = (line: Line, name: string): Session => {
  const subprotocol = subprotocolNamed(textOf(line, "ocpp"));
  const identity = textOf(line, "chargePointId") ?? name;
  const recording = new MessageRecording({ identity, subprotocol, source: "import frames" });
  return { recording, pairer: createPairer(), subprotocol };
};

const directionOfCall = (
  session: Session,
  told: Direction | undefined,
  id: string,
  action: string,
): Direction => {
  const caller = callerOf(versionOf(session.subprotocol) ?? assumedVersion, action);
  const direction = told ?? (caller === "csms" ? "csms-to-cp" : "cp-to-csms");
  session.pairer.call(direction, id, action, undefined);
  return direction;
};

const directionOfAnswer = ({ pairer }: Session, told: Direction | undefined, id: string): Direction => {
  const likely = told ?? "csms-to-cp";
  if (pairer.answer(likely, id) !== undefined || told !== undefined) return likely;
  return pairer.answer(opposite(likely), id) === undefined ? "cp-to-csms" : opposite(likely);
};

const directionOf = (session: Session, told: Direction | undefined, raw: string): Direction => {
  const found = peek(raw);
  if (found === undefined) return told ?? "cp-to-csms";
  return namesAction(found.type)
    ? directionOfCall(session, told, found.id, found.action ?? "")
    : directionOfAnswer(session, told, found.id);
};

const timeOf = (line: Line): ReturnType<typeof readLoggedTime> =>
  typeof line.time === "number"
    ? { loggedAt: String(line.time), instant: readEpoch(line.time) }
    : readLoggedTime(line.time);

interface Understood {
  readonly line: Line;
  readonly raw: string;
  readonly told: Direction | undefined;
}

const understand = (text: string): Understood | { readonly why: string } => {
  const line = jsonObjectIn(text);
  if (line === undefined) return { why: "the line is no JSON object" };
  const raw = Object.hasOwn(line, "raw") ? line.raw : undefined;
  if (typeof raw !== "string") return { why: "raw is no text" };
  const told = readDirection(typeof line.dir === "string" ? line.dir : "");
  if (told === undefined && line.dir !== "unknown")
    return { why: `dir ${JSON.stringify(line.dir ?? null)} is no direction` };
  return { line, raw, told };
};

/** Reads a log of frames; `fallback` names the session of lines that name none. */
export function importFrames(lines: Iterable<string>, fallback: string, context: ImportContext): Imported {
  const sessions = new Map<string, Session>();
  const book = new ImportBook();
  let number = 0;
  for (const text of lines) {
    number++;
    if (text.trim() === "") continue;
    const understood = understand(text);
    if ("why" in understood) {
      book.refuse(number, understood.why);
      continue;
    }
    const { line, raw, told } = understood;
    const name = textOf(line, "session") ?? textOf(line, "chargePointId") ?? fallback;
    const session = sessions.get(name) ?? openSession(line, name);
    sessions.set(name, session);
    if (told === undefined) session.recording.cannotKnow("direction");
    session.recording.add({ direction: directionOf(session, told, raw), text: raw, ...timeOf(line) });
    book.take();
  }
  const recordings = [...sessions].map(([name, { recording }]) => ({
    name,
    entries: recording.finish(context),
  }));
  return { recordings, report: book.report() };
}

/** Logs of frames. */
export const framesFormat: FileFormat = {
  name: "frames",
  about: "one JSON object a line: `dir`, `time`, `raw`, `session`, `chargePointId`, `ocpp`",
  endings: [".ndjson", ".jsonl"],
  reader: lineReader(importFrames),
};
