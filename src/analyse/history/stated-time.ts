// The time that a charger's message states: its timestamp, or that of its last meter reading.

import { listAt, textAt } from "../../ocpp/payload.js";
import { type PayloadTime, readPayloadTime } from "../messages/payload-time.js";
import type { Exchange } from "./events.js";

/** The time, and the JSON pointer to it from the root of the message. */
export interface StatedTime extends PayloadTime {
  readonly pointer: string;
}

/** The time that a CALL states; undefined if it states none that can be read. */
export function statedTime({ payload }: Exchange): StatedTime | undefined {
  for (const member of ["timestamp", "generatedAt"]) {
    const time = readPayloadTime(textAt(payload, member));
    if (time !== undefined) return { ...time, pointer: `/3/${member}` };
  }
  const readings = listAt(payload, "meterValue");
  const last = readings.length - 1;
  const time = readPayloadTime(textAt(readings[last], "timestamp"));
  return time === undefined ? undefined : { ...time, pointer: `/3/meterValue/${last}/timestamp` };
}
