// Heartbeats against the interval in force (OCPP 1.6 sections 4.6 and 9.1.10; 2.x G02): they may be left out when
// anything else was sent, so only gaps in which the charger called nothing count, and only two in a row.

import { numberAt, textAt } from "../../../ocpp/payload.js";
import { configuredNumber } from "../../history/configured.js";
import type { Connection, Exchange } from "../../history/events.js";
import type { Detection, Detector } from "./detector.js";

interface Beat {
  at: number | null;
  late: number;
  early: number;
}

/** The interval that an answer puts in force; undefined for other answers. */
const intervalOf = (exchange: Exchange): number | undefined => {
  const { action, answer } = exchange;
  if (answer?.kind !== "result") return undefined;
  if (action === "BootNotification")
    return textAt(answer.payload, "status") === "Accepted" ? numberAt(answer.payload, "interval") : undefined;
  return configuredNumber(exchange, "HeartbeatInterval");
};

const beat = (state: Beat, exchange: Exchange, interval: number | undefined): Detection | undefined => {
  const { place, action } = exchange;
  const gap = state.at === null || place.atMs === null ? null : place.atMs - state.at;
  state.at = place.atMs;
  if (gap === null || interval === undefined || interval <= 0) return undefined;
  const wanted = interval * 1000;
  state.late = gap > wanted * 1.5 ? state.late + 1 : 0;
  state.early = gap < wanted * 0.5 ? state.early + 1 : 0;
  if (state.late < 2 && state.early < 2) return undefined;
  const message = `Heartbeats ${(gap / 1000).toFixed(0)} s apart, twice in a row; the interval in force is ${interval} s`;
  return { code: "heartbeat-irregular", place, action, message };
};

class Beats {
  private interval: number | undefined;
  private readonly beats = new Map<Connection, Beat>();

  call(exchange: Exchange): Detection | undefined {
    const { connection, direction, action } = exchange;
    const isTrigger = direction === "csms-to-cp" && /TriggerMessage$/.test(action);
    if (connection.isDisturbed || (direction === "csms-to-cp" && !isTrigger)) return undefined;
    const state = this.beats.get(connection) ?? { at: null, late: 0, early: 0 };
    this.beats.set(connection, state);
    if (action === "Heartbeat") return beat(state, exchange, this.interval);
    // Anything else takes the place of a Heartbeat; a trigger may ask for one.
    restart(state);
    return undefined;
  }

  answer(exchange: Exchange): void {
    const put = intervalOf(exchange);
    if (put === undefined || put === this.interval) return;
    this.interval = put;
    for (const state of this.beats.values()) restart(state);
  }

  close(connection: Connection): void {
    this.beats.delete(connection);
  }
}

const restart = (state: Beat): void => {
  Object.assign(state, { at: null, late: 0, early: 0 });
};

/** Finds Heartbeats that keep to another interval than the one in force. */
export const heartbeatIrregularDetector: Detector = {
  codes: [
    {
      code: "heartbeat-irregular",
      class: "smell",
      clause: "OCPP 1.6, 4.6 and 9.1.10; OCPP 2.0.1 part 2, G02",
      doc: "At least two successive gaps from Heartbeat to Heartbeat on one connection, with no request of the charger between, each more than 1.5 times or each less than half the interval in force (boot answer, later ChangeConfiguration or SetVariables). An interval of 0 is the charger's own choice.",
    },
  ],
  start: () => {
    const beats = new Beats();
    return (event, report) => {
      if (event.kind === "answer") beats.answer(event.exchange);
      else if (event.kind === "closed") beats.close(event.connection);
      else if (event.kind === "call") {
        const found = beats.call(event.exchange);
        if (found !== undefined) report(found);
      }
    };
  },
};
