// Heartbeats compared with the interval in force (OCPP 1.6 sections 4.6 and 9.1.10; 2.x G02). Any other request may replace
// a Heartbeat, so only gaps without another request count, and only two gaps in a row.

import { numberAt, textAt } from "../../../ocpp/payload.js";
import { configuredNumber } from "../../history/configured.js";
import type { Connection, Exchange } from "../../history/events.js";
import type { Detection, Detector } from "./detector.js";

/** The Heartbeats of one connection: the last one, and how many gaps in a row were too long or too short. */
interface Beats {
  atMs: number | null;
  late: number;
  early: number;
}

/** The interval in seconds that an answer puts in force; undefined for other answers. */
const intervalOf = (exchange: Exchange): number | undefined => {
  const { action, answer } = exchange;
  if (answer?.kind !== "result") return undefined;
  if (action === "BootNotification")
    return textAt(answer.payload, "status") === "Accepted" ? numberAt(answer.payload, "interval") : undefined;
  return configuredNumber(exchange, "HeartbeatInterval");
};

const judge = (beats: Beats, exchange: Exchange, interval: number | undefined): Detection | undefined => {
  const { place, action } = exchange;
  const gapMs = beats.atMs === null || place.atMs === null ? null : place.atMs - beats.atMs;
  beats.atMs = place.atMs;
  if (gapMs === null || interval === undefined || interval <= 0) return undefined;
  const intervalMs = interval * 1000;
  beats.late = gapMs > intervalMs * 1.5 ? beats.late + 1 : 0;
  beats.early = gapMs < intervalMs * 0.5 ? beats.early + 1 : 0;
  if (beats.late < 2 && beats.early < 2) return undefined;
  const message = `the charger sends a Heartbeat every ${(gapMs / 1000).toFixed(0)} s, twice in a row, although the CSMS set the interval to ${interval} s`;
  return { code: "heartbeat-irregular", place, action, message };
};

class HeartbeatWatch {
  private interval: number | undefined;
  private readonly beats = new Map<Connection, Beats>();

  call(exchange: Exchange): Detection | undefined {
    const { connection, direction, action } = exchange;
    const isTrigger = direction === "csms-to-cp" && /TriggerMessage$/.test(action);
    if (connection.isDisturbed || (direction === "csms-to-cp" && !isTrigger)) return undefined;
    const beats = this.beats.get(connection) ?? { atMs: null, late: 0, early: 0 };
    this.beats.set(connection, beats);
    if (action === "Heartbeat") return judge(beats, exchange, this.interval);
    // Another request replaces a Heartbeat, and a TriggerMessage may request one.
    restart(beats);
    return undefined;
  }

  answer(exchange: Exchange): void {
    const interval = intervalOf(exchange);
    if (interval === undefined || interval === this.interval) return;
    this.interval = interval;
    for (const beats of this.beats.values()) restart(beats);
  }

  close(connection: Connection): void {
    this.beats.delete(connection);
  }
}

const restart = (beats: Beats): void => {
  Object.assign(beats, { atMs: null, late: 0, early: 0 });
};

/** Detects Heartbeats with another interval than the one in force. */
export const heartbeatIrregularDetector: Detector = {
  codes: [
    {
      code: "heartbeat-irregular",
      class: "smell",
      clause: "OCPP 1.6, 4.6 and 9.1.10; OCPP 2.0.1 part 2, G02",
      doc: "The charger does not keep to the Heartbeat interval in force, which is that of the boot answer or of a later ChangeConfiguration or SetVariables. Two gaps in a row on one connection, without another request of the charger in them, are both longer than 1.5 intervals or both shorter than half an interval. With an interval of 0 the charger chooses its own.",
    },
  ],
  start: () => {
    const watch = new HeartbeatWatch();
    return (event, report) => {
      if (event.kind === "answer") watch.answer(event.exchange);
      else if (event.kind === "closed") watch.close(event.connection);
      else if (event.kind === "call") {
        const detection = watch.call(event.exchange);
        if (detection !== undefined) report(detection);
      }
    };
  },
};
