// The serial numbers that a BootNotification names, to hold against a client certificate: the charge point's in OCPP
// 1.6 (its own or its box's), the charging station's in 2.x. Total.

import { parseEnvelope } from "../../ocpp/envelope/parse-envelope.js";
import { peek } from "../../ocpp/envelope/peek.js";

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The serial numbers in this message; undefined where it is no BootNotification. */
export function bootSerials(message: string): readonly string[] | undefined {
  const seen = peek(message);
  if (seen?.type !== "CALL" || seen.action !== "BootNotification") return undefined;
  const envelope = parseEnvelope(message);
  const payload = envelope.kind === "call" ? envelope.payload : undefined;
  if (!isMap(payload)) return [];
  const station = isMap(payload.chargingStation) ? payload.chargingStation : {};
  return [payload.chargePointSerialNumber, payload.chargeBoxSerialNumber, station.serialNumber].filter(
    (serial): serial is string => typeof serial === "string" && serial !== "",
  );
}
