// The OCPP version that a CALL shows by its action or its payload, where that is not the negotiated version.

import { isKnownAction } from "../../ocpp/catalogue.js";
import { valueAt } from "../../ocpp/payload.js";
import { assumed2x, assumedVersion, type OcppVersion, ocppVersions } from "../../ocpp/version.js";
import type { Exchange } from "./events.js";

/** The version that a CALL uses instead of the negotiated one; undefined if it may be the negotiated one. */
export function spokenVersion(
  call: Pick<Exchange, "action" | "payload" | "connection">,
): OcppVersion | undefined {
  const { action, payload, connection } = call;
  const { version, hasSchemas, subprotocol } = connection;
  if (!hasSchemas || subprotocol === null) return undefined;
  if (!isKnownAction(version, action)) return ocppVersions.find((other) => isKnownAction(other, action));
  if (action !== "BootNotification") return undefined;
  const is16 = valueAt(payload, "chargePointVendor") !== undefined;
  const is2x = valueAt(payload, "chargingStation") !== undefined;
  if (version === "1.6") return is2x && !is16 ? assumed2x : undefined;
  return is16 && !is2x ? assumedVersion : undefined;
}
