// What is remembered of one direction of a connection: its messages counted by type and action, and for each of these
// the rules that can act on it, so that what no rule fits costs next to nothing.

import { concat } from "../base/bytes.js";
import type { DecidedType } from "../ocpp/message-type.js";
import type { OcppVersion } from "../ocpp/version.js";
import type { Prepared } from "./course.js";
import type { Point } from "./faults/fault.js";
import { type LaneFacts, type OpenQuestion, openQuestions } from "./match.js";
import type { MessageView } from "./message-view.js";
import { type Recollection, recollect } from "./recollection.js";

/** Distinct types and actions that one direction of a connection is given counters for; the rest share one. */
const mostStreams = 1000;

/** Types and actions of one direction of a connection whose last messages are remembered. */
const mostRemembering = 64;

/** A rule that messages of one type and action can fit. */
export interface Candidate extends Prepared {
  /** What has to be asked of each of them. */
  readonly open: readonly OpenQuestion[];
}

/** The messages of one type and action in one direction of one connection. */
export interface Stream {
  rules: readonly Candidate[];
  seen: number;
  recollection: Recollection | undefined;
}

/** What is remembered of one direction of a connection. */
export interface LaneMemory {
  rules: readonly Prepared[];
  facts?: LaneFacts;
  readonly version: OcppVersion | undefined;
  readonly streams: Map<string, Map<string, Stream>>;
  /** How many streams there are. */
  known: number;
  /** Messages of types and actions that came too late to be given a stream; they are counted together. */
  others: number;
  /** How many streams remember their last messages. */
  remembering: number;
  /** The id of the last CALL. */
  callId: string | undefined;
}

/** What is remembered of a direction on which nothing has passed. */
export function laneMemory(version: OcppVersion | undefined): LaneMemory {
  return { rules: [], streams: new Map(), known: 0, others: 0, version, remembering: 0, callId: undefined };
}

/** The rules of a lane that can act on this type and action. */
export function rulesFor(lane: LaneMemory, type: DecidedType, action: string): readonly Candidate[] {
  const { facts } = lane;
  if (facts === undefined) return [];
  const kind = { ...facts, type, action: action === "" ? undefined : action };
  const point = pointOf(type);
  return lane.rules.flatMap((prepared) => {
    if (prepared.rule.point !== point) return [];
    const open = openQuestions(prepared.rule.when, kind);
    return open === undefined ? [] : [{ ...prepared, open }];
  });
}

/** What a rule must act on to act on this. */
const pointOf = (type: DecidedType): Point => {
  switch (type) {
    case "ping":
    case "pong":
    case "connection":
    case "upgrade":
    case "tls":
      return type;
    default:
      return "message";
  }
};

/** The stream of this type and action, with the rules that can act on it. */
export function streamOf(
  lane: LaneMemory,
  { type, action = "" }: { readonly type: DecidedType; readonly action: string | undefined },
): Stream {
  const known = lane.streams.get(type)?.get(action);
  if (known !== undefined) return known;
  const rules = rulesFor(lane, type, action);
  // Beyond the limit one counter serves all, and no rule is kept for a stream that will not be found again.
  if (lane.known >= mostStreams) return { rules, seen: lane.others++, recollection: undefined };
  lane.known++;
  const stream: Stream = { rules, seen: 0, recollection: undefined };
  const streams = lane.streams.get(type) ?? new Map<string, Stream>();
  lane.streams.set(type, streams.set(action, stream));
  return stream;
}

/** Keeps a message for rules that look at earlier ones. */
export function remember(lane: LaneMemory, stream: Stream, message: MessageView): void {
  if (stream.recollection === undefined) {
    if (lane.remembering >= mostRemembering) return;
    lane.remembering++;
    stream.recollection = recollect();
  }
  stream.recollection.note(concat(message.frames.map((frame) => frame.raw)));
}
