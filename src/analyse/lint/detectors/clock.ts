// The charger's clock compared with the CSMS's clock: drift, local time marked as UTC, and a clock that is not set (OCPP
// 1.6 sections 3.11 and 4.6). Queued messages may state old times, so only live messages count.

import { textAt } from "../../../ocpp/payload.js";
import type { Connection, Exchange, HistoryEvent } from "../../history/events.js";
import { type StatedTime, statedTime } from "../../history/stated-time.js";
import { readPayloadTime } from "../../messages/payload-time.js";
import type { Detector, ReportDetection } from "./detector.js";

/** Messages count only after this time of a connection, when the queue is empty. */
const settledMs = 300_000;
const toleranceMs = 60_000;
/** Offsets that differ by at most this are equal. */
const equalMs = 5000;
const halfHourMs = 1_800_000;
const longestZoneMs = 14 * 3_600_000;
const zoneToleranceMs = 120_000;
const year1971Ms = 31_536_000_000;

interface Reference {
  /** The reference clock at the start of the recording, in milliseconds since 1970. */
  readonly startEpochMs: number;
  /** Whose clock it is, in words. */
  readonly owner: string;
}

interface ConnectionClock {
  firstAtMs: number | null;
  /** The last three offsets of the charger's clock, in milliseconds; positive: ahead. */
  readonly offsetsMs: number[];
}

const isZoneOffset = (offsetMs: number): boolean => {
  const halfHours = Math.round(offsetMs / halfHourMs);
  return (
    halfHours !== 0 &&
    Math.abs(offsetMs) <= longestZoneMs + zoneToleranceMs &&
    Math.abs(offsetMs - halfHours * halfHourMs) <= zoneToleranceMs
  );
};

const shown = (ms: number): string => {
  const seconds = Math.round(Math.abs(ms) / 1000);
  return seconds < 7200 ? `${seconds} s` : `${(seconds / 3600).toFixed(2)} h`;
};

class Clocks {
  private reference: Reference | undefined;
  /** Whether the CSMS's own clock jumped, so that nothing can be compared with it. */
  private isUnreliable = false;
  private hasBooted = false;
  private readonly clocks = new Map<Connection, ConnectionClock>();

  handle(event: HistoryEvent, report: ReportDetection): void {
    if (event.kind === "answer") this.answer(event.exchange);
    else if (event.kind === "call") this.call(event.exchange, event.open.length, report);
    else if (event.kind === "closed") this.clocks.delete(event.connection);
  }

  private answer({ action, answer, direction }: Exchange): void {
    if (answer?.kind !== "result" || direction !== "cp-to-csms") return;
    if (action === "BootNotification" && textAt(answer.payload, "status") === "Accepted")
      this.hasBooted = true;
    const stated = readPayloadTime(textAt(answer.payload, "currentTime"));
    if (stated?.isZoned !== true || answer.place.atMs === null) return;
    const startEpochMs = stated.epochMs - answer.place.atMs;
    if (this.reference !== undefined && Math.abs(startEpochMs - this.reference.startEpochMs) > toleranceMs)
      this.isUnreliable = true;
    this.reference = { startEpochMs, owner: "the CSMS" };
  }

  private call(exchange: Exchange, open: number, report: ReportDetection): void {
    const { connection, place, direction, action } = exchange;
    if (direction !== "cp-to-csms" || connection.isDisturbed) return;
    const clock = this.clocks.get(connection) ?? {
      firstAtMs: connection.openedAtMs ?? place.atMs,
      offsetsMs: [],
    };
    this.clocks.set(connection, clock);
    const stated = statedTime(exchange);
    if (stated === undefined) return;
    if (stated.epochMs < year1971Ms && !this.hasBooted)
      report({
        code: "clock-1970",
        place,
        action,
        pointer: stated.pointer,
        message: `the charger sent ${action} with a time of 1970, before its clock was set`,
      });
    const reference = this.reference ?? recorderClock(connection);
    if (reference === undefined || this.isUnreliable || !stated.isZoned || open > 0) return;
    if (place.atMs === null || clock.firstAtMs === null || place.atMs - clock.firstAtMs <= settledMs) return;
    const offsetMs = stated.epochMs - (reference.startEpochMs + place.atMs);
    clock.offsetsMs.push(offsetMs);
    if (clock.offsetsMs.length > 3) clock.offsetsMs.shift();
    judge(exchange, stated, clock.offsetsMs, reference, report);
  }
}

/** Judges the last offset of the charger's clock, with those before it. */
const judge = (
  { place, action }: Exchange,
  { pointer, isMarkedZ }: StatedTime,
  offsetsMs: readonly number[],
  { owner }: Reference,
  report: ReportDetection,
): void => {
  const offsetMs = offsetsMs.at(-1) ?? 0;
  const isSteady = offsetsMs.length === 3 && offsetsMs.every((one) => Math.abs(one - offsetMs) <= equalMs);
  if (offsetMs <= toleranceMs && !(isSteady && -offsetMs > toleranceMs)) return;
  const words = `${shown(offsetMs)} ${offsetMs > 0 ? "ahead of" : "behind"} the clock of ${owner}`;
  const isLocal = isMarkedZ && isZoneOffset(offsetMs);
  // An offset that looks like a time zone is reported once it is steady, and not as a drift before that.
  if (isLocal && !isSteady) return;
  if (isLocal)
    report({
      code: "local-time-as-utc",
      place,
      action,
      pointer,
      message: `the charger marks its local time as UTC: it is ${words}`,
    });
  else report({ code: "clock-drift", place, action, pointer, message: `the charger's clock is ${words}` });
};

const recorderClock = ({ startEpochMs }: Connection): Reference | undefined =>
  startEpochMs === null ? undefined : { startEpochMs, owner: "the recorder (the CSMS sent no currentTime)" };

/** Detects a wrong clock of the charger. */
export const clockDetector: Detector = {
  codes: [
    {
      code: "clock-drift",
      class: "smell",
      clause: "OCPP 1.6, 4.6 and 3.11 (clock from currentTime); OCPP 2.0.1 part 2, B01 and G02",
      doc: "The charger's clock is wrong by more than 60 s. A live message (the connection is older than 5 minutes and no request is waiting for its answer) states a time in the future, or three in a row are off by the same amount. The reference is the currentTime of the CSMS, else the recorder's clock; the message says which. Nothing is reported if the CSMS's own times jump.",
    },
    {
      code: "local-time-as-utc",
      class: "smell",
      clause: "OCPP 1.6, 3.11 (times with their zone, preferably UTC)",
      doc: "The charger marks its local time as UTC. Three live messages in a row state times with the letter Z that are off by a multiple of 30 minutes, within 2 minutes.",
    },
    {
      code: "clock-1970",
      class: "event",
      clause: "OCPP 1.6, 4.2 (the clock is set by the boot answer)",
      doc: "The charger sent a time of 1970 before a boot was accepted, so its clock was not set yet.",
    },
  ],
  start: () => {
    const clocks = new Clocks();
    return (event, report) => clocks.handle(event, report);
  },
};
