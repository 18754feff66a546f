// What is remembered of one direction of a connection: its messages counted by type and action, and for each of these
// the rules that can act on it, so that what no rule fits costs next to nothing.

import { concat } from "../../base/bytes.js";
import type { DecidedType } from "../../ocpp/envelope/message-type.js";
import type { OcppVersion } from "../../ocpp/version.js";
import type { MessageView } from "../contract/effect.js";
import { type Recollection, recollect } from "../contract/recollection.js";
import type { LaneFacts } from "../matching/match.js";
import type { Prepared } from "./fault-chain.js";
import { type Fitting, type Fittings, noFitting } from "./rule-index.js";

/** Distinct types and actions that one direction of a connection is given counters for; the rest share one. */
const mostStreams = 1000;

/** Types and actions of one direction of a connection whose last messages are remembered. */
const mostRemembering = 64;

/** The messages of one type and action in one direction of one connection. */
export interface Stream {
  readonly type: DecidedType;
  readonly action: string;
  /** The rules that can act on them. */
  fitting: Fitting;
  seen: number;
  recollection: Recollection | undefined;
}

/** The rules of one direction of a connection. */
export interface LaneRules {
  readonly prepared: readonly Prepared[];
  readonly facts: LaneFacts;
  readonly fittings: Fittings;
}

/** What is remembered of one direction of a connection. */
export interface LaneMemory {
  /** The rules that can act on something that comes here; undefined before anybody has said so. */
  rules: LaneRules | undefined;
  readonly version: OcppVersion | undefined;
  readonly streams: Map<string, Map<string, Stream>>;
  /** The one that was asked for last, which is often asked for again. */
  last: Stream | undefined;
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
  return {
    rules: undefined,
    version,
    streams: new Map(),
    last: undefined,
    known: 0,
    others: 0,
    remembering: 0,
    callId: undefined,
  };
}

/** The rules of a lane that can act on this type and action. */
export function fittingOf({ rules }: LaneMemory, type: DecidedType, action: string): Fitting {
  if (rules === undefined) return noFitting;
  const { fittings, prepared, facts } = rules;
  return fittings.of(prepared, { ...facts, type, action: action === "" ? undefined : action });
}

/** The stream of this type and action, with the rules that can act on it. */
export function streamOf(
  lane: LaneMemory,
  { type, action = "" }: { readonly type: DecidedType; readonly action: string | undefined },
): Stream {
  const { last } = lane;
  if (last !== undefined && last.type === type && last.action === action) return last;
  const known = lane.streams.get(type)?.get(action);
  if (known === undefined) return begin(lane, type, action);
  lane.last = known;
  return known;
}

const begin = (lane: LaneMemory, type: DecidedType, action: string): Stream => {
  const fitting = fittingOf(lane, type, action);
  // Beyond the limit one counter serves all, and no rule is kept for a stream that will not be found again.
  const isKept = lane.known < mostStreams;
  const stream: Stream = { type, action, fitting, seen: isKept ? 0 : lane.others++, recollection: undefined };
  if (!isKept) return stream;
  lane.known++;
  const streams = lane.streams.get(type) ?? new Map<string, Stream>();
  lane.streams.set(type, streams.set(action, stream));
  return stream;
};

/** Keeps a message for rules that look at earlier ones. */
export function remember(lane: LaneMemory, stream: Stream, message: MessageView): void {
  if (stream.recollection === undefined) {
    if (lane.remembering >= mostRemembering) return;
    lane.remembering++;
    stream.recollection = recollect();
  }
  stream.recollection.note(concat(message.frames.map((frame) => frame.raw)));
}
