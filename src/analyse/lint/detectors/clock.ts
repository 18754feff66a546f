// The charger's clock against the CSMS's: drift, local time marked as UTC, and the clock that was never set (OCPP
// 1.6 sections 3.11 and 4.6). Queued messages are old by right, so only live ones count.

import { textAt } from "../../../ocpp/payload.js";
import type { Connection, Exchange, HistoryEvent } from "../../history/events.js";
import { type StatedTime, statedTime } from "../../history/stated-time.js";
import { readPayloadTime } from "../../messages/payload-time.js";
import type { Detector, ReportDetection } from "./detector.js";

const settled = 300_000;
const tolerated = 60_000;
const alike = 5000;
const halfHour = 1_800_000;
const longestZone = 14 * 3_600_000;
const year1971 = 31_536_000_000;

interface Reference {
  /** The CSMS's clock at the zero of the recording, in milliseconds since 1970. */
  readonly zero: number;
  readonly who: string;
}

interface Line {
  firstAt: number | null;
  readonly offsets: number[];
}

const isZone = (offset: number): boolean => {
  const halves = Math.round(offset / halfHour);
  return (
    halves !== 0 &&
    Math.abs(offset) <= longestZone + 120_000 &&
    Math.abs(offset - halves * halfHour) <= 120_000
  );
};

const shown = (ms: number): string => {
  const seconds = Math.round(Math.abs(ms) / 1000);
  return seconds < 7200 ? `${seconds} s` : `${(seconds / 3600).toFixed(2)} h`;
};

class Clocks {
  private reference: Reference | undefined;
  /** The CSMS's own clock jumps: nothing can be compared with it. */
  private isUnreliable = false;
  private hasBooted = false;
  private readonly lines = new Map<Connection, Line>();

  see(event: HistoryEvent, report: ReportDetection): void {
    if (event.kind === "answer") this.answer(event.exchange);
    else if (event.kind === "call") this.call(event.exchange, event.open.length, report);
    else if (event.kind === "closed") this.lines.delete(event.connection);
  }

  private answer({ action, answer, direction }: Exchange): void {
    if (answer?.kind !== "result" || direction !== "cp-to-csms") return;
    if (action === "BootNotification" && textAt(answer.payload, "status") === "Accepted")
      this.hasBooted = true;
    const told = readPayloadTime(textAt(answer.payload, "currentTime"));
    if (told?.isZoned !== true || answer.place.atMs === null) return;
    const zero = told.epochMs - answer.place.atMs;
    if (this.reference !== undefined && Math.abs(zero - this.reference.zero) > tolerated)
      this.isUnreliable = true;
    this.reference = { zero, who: "the CSMS" };
  }

  private call(exchange: Exchange, open: number, report: ReportDetection): void {
    const { connection, place, direction } = exchange;
    if (direction !== "cp-to-csms" || connection.isDisturbed) return;
    const line = this.lines.get(connection) ?? { firstAt: connection.openedAtMs ?? place.atMs, offsets: [] };
    this.lines.set(connection, line);
    const stated = statedTime(exchange);
    if (stated === undefined) return;
    if (stated.epochMs < year1971 && !this.hasBooted) {
      const { action } = exchange;
      const { pointer } = stated;
      report({
        code: "clock-1970",
        place,
        action,
        pointer,
        message: "the clock was not set when this was sent",
      });
    }
    const reference = this.reference ?? ownClock(connection);
    if (reference === undefined || this.isUnreliable || !stated.isZoned || open > 0) return;
    if (place.atMs === null || line.firstAt === null || place.atMs - line.firstAt <= settled) return;
    this.judge(exchange, stated, stated.epochMs - (reference.zero + place.atMs), { line, reference, report });
  }

  private judge(
    { place, action }: Exchange,
    { pointer, isMarkedZ }: StatedTime,
    offset: number,
    {
      line,
      reference,
      report,
    }: { readonly line: Line; readonly reference: Reference; readonly report: ReportDetection },
  ): void {
    line.offsets.push(offset);
    if (line.offsets.length > 3) line.offsets.shift();
    const isSteady =
      line.offsets.length === 3 && line.offsets.every((one) => Math.abs(one - offset) <= alike);
    const isDrift = offset > tolerated || (isSteady && Math.abs(offset) > tolerated);
    if (!isDrift) return;
    const way = offset > 0 ? "ahead of" : "behind";
    const words = `${shown(offset)} ${way} the clock of ${reference.who}`;
    const isLocal = isMarkedZ && isZone(offset);
    // What looks like a zone is told when it is one for certain, and not as a drift before.
    if (isLocal && !isSteady) return;
    if (isLocal)
      report({ code: "local-time-as-utc", place, action, pointer, message: `marked as UTC, but ${words}` });
    else report({ code: "clock-drift", place, action, pointer, message: words });
  }
}

const ownClock = ({ startEpochMs }: Connection): Reference | undefined =>
  startEpochMs === null ? undefined : { zero: startEpochMs, who: "this recorder, since the CSMS told none" };

/** Compares the charger's clock with the CSMS's. */
export const clockDetector: Detector = {
  codes: [
    {
      code: "clock-drift",
      class: "smell",
      clause: "OCPP 1.6, 4.6 and 3.11 (clock from currentTime); OCPP 2.0.1 part 2, B01 and G02",
      doc: "A live message (connected for more than 5 minutes, nothing queued) states a time more than 60 s in the future, or three in a row are off by the same more than 60 s. The reference is the currentTime of the CSMS, else the recorder's clock, and the message says which. Where the CSMS's own times jump, nothing is said.",
    },
    {
      code: "local-time-as-utc",
      class: "smell",
      clause: "OCPP 1.6, 3.11 (times with their zone, preferably UTC)",
      doc: "Three live messages in a row state times marked Z that are off by a multiple of 30 minutes (within 2 minutes): local time, marked as UTC.",
    },
    {
      code: "clock-1970",
      class: "event",
      clause: "OCPP 1.6, 4.2 (the clock is set by the boot answer)",
      doc: "A time of 1970 before a boot was accepted: the clock was not set yet.",
    },
  ],
  start: () => {
    const clocks = new Clocks();
    return (event, report) => clocks.see(event, report);
  },
};
