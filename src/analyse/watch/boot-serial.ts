// The serial numbers in a BootNotification, for comparison with a client certificate: chargePointSerialNumber and
// chargeBoxSerialNumber in OCPP 1.6, chargingStation.serialNumber in 2.x. Never throws.

import { parseEnvelope } from "../../ocpp/envelope/parse-envelope.js";
import { peek } from "../../ocpp/envelope/peek.js";

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The serial numbers in a message; undefined if it is not a BootNotification. */
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
