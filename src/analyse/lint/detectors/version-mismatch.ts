// Messages of another version than the connection agreed on: an action that only the other version has, or a
// boot in the other version's form (OCPP-J 1.6 section 3.1.2; OCPP 2.x part 4 section 3.1.2).

import { isKnownAction } from "../../../ocpp/catalogue.js";
import { valueAt } from "../../../ocpp/payload.js";
import { type OcppVersion, ocppVersions } from "../../../ocpp/version.js";
import type { Exchange } from "../../history/events.js";
import type { Detector } from "./detector.js";

/** The version that a CALL speaks instead of the agreed one; undefined where nothing tells of another. */
export function otherVersion({ action, payload, connection }: Exchange): OcppVersion | undefined {
  const { version, hasSchemas, subprotocol } = connection;
  if (!hasSchemas || subprotocol === null) return undefined;
  if (!isKnownAction(version, action)) return ocppVersions.find((other) => isKnownAction(other, action));
  if (action !== "BootNotification") return undefined;
  const is16 = valueAt(payload, "chargePointVendor") !== undefined;
  const is2x = valueAt(payload, "chargingStation") !== undefined;
  if (version === "1.6") return is2x && !is16 ? "2.0.1" : undefined;
  return is16 && !is2x ? "1.6" : undefined;
}

/** An import that never saw the handshake has its version from elsewhere, or from a guess. */
const isAgreementKnown = ({ connection }: Exchange): boolean =>
  connection.openedEntry?.response != null || !connection.unknown.includes("handshake");

/** Finds messages of another version than the agreed one. */
export const versionMismatchDetector: Detector = {
  codes: [
    {
      code: "version-mismatch",
      class: "defect",
      clause: "OCPP-J 1.6, 3.1.2 and 3.2; OCPP 2.x part 4, 3.1.2 and 3.2",
      doc: "A CALL that the agreed version does not have and another one has, or a BootNotification in the form of another version: the peer agreed on one version and speaks another.",
    },
  ],
  start: () => (event, report) => {
    if (event.kind !== "call") return;
    const { exchange } = event;
    const spoken = otherVersion(exchange);
    if (spoken === undefined || !isAgreementKnown(exchange)) return;
    const { action, place, connection } = exchange;
    report({
      code: "version-mismatch",
      place,
      action,
      pointer: "/2",
      message: `${action} as OCPP ${spoken} has it, on a connection that agreed on ${connection.subprotocol}`,
    });
  },
};
