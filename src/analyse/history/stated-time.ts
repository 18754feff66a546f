// The time that a message of the charger says it is about: its own timestamp, or that of its last reading.

import { listAt, textAt } from "../../ocpp/payload.js";
import { type PayloadTime, readPayloadTime } from "../messages/payload-time.js";
import type { Exchange } from "./events.js";

/** The time, and where in the frame it stands. */
export interface StatedTime extends PayloadTime {
  readonly pointer: string;
}

/** The time that a CALL states; undefined where it states none that can be read. */
export function statedTime({ payload }: Exchange): StatedTime | undefined {
  for (const member of ["timestamp", "generatedAt"]) {
    const moment = readPayloadTime(textAt(payload, member));
    if (moment !== undefined) return { ...moment, pointer: `/3/${member}` };
  }
  const readings = listAt(payload, "meterValue");
  const last = readings.length - 1;
  const moment = readPayloadTime(textAt(readings[last], "timestamp"));
  return moment === undefined ? undefined : { ...moment, pointer: `/3/meterValue/${last}/timestamp` };
}
