// CALLs of another OCPP version than the negotiated one (OCPP-J 1.6 section 3.1.2; OCPP 2.x part 4 section 3.1.2).

import type { Exchange } from "../../history/events.js";
import { spokenVersion } from "../../history/spoken-version.js";
import { type Detector, senderName } from "./detector.js";

/** False if the source of the recording did not see the handshake, so that the version is a guess. */
const isHandshakeKnown = ({ connection }: Exchange): boolean =>
  connection.openedEntry?.response != null || !connection.unknown.includes("handshake");

/** Detects CALLs of another version than the negotiated one. */
export const versionMismatchDetector: Detector = {
  codes: [
    {
      code: "version-mismatch",
      class: "defect",
      clause: "OCPP-J 1.6, 3.1.2 and 3.2; OCPP 2.x part 4, 3.1.2 and 3.2",
      doc: "One side sent a CALL of another OCPP version than the negotiated one. Only the other version has the action, or the BootNotification has the form of the other version.",
    },
  ],
  start: () => (event, report) => {
    if (event.kind !== "call") return;
    const { exchange } = event;
    const version = spokenVersion(exchange);
    if (version === undefined || !isHandshakeKnown(exchange)) return;
    const { action, place, connection, direction } = exchange;
    report({
      code: "version-mismatch",
      place,
      action,
      pointer: "/2",
      message: `${senderName(direction)} sent ${action} of OCPP ${version} on a connection that negotiated ${connection.subprotocol}`,
    });
  },
};
