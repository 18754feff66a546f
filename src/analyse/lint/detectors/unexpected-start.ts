// Transactions without an authorisation in the recording (OCPP 1.6 sections 3.5 and 4.1; 2.x part 2, C). The local list, the
// cache and free charging allow this, so it is an event.

import { authorizationStatusOf, idTagOf, textAt } from "../../../ocpp/payload.js";
import type { Exchange } from "../../history/events.js";
import type { Detection, Detector } from "./detector.js";

const mostTags = 10_000;

const tagOf = (payload: unknown): string | undefined => idTagOf(payload)?.toLowerCase();

const isStart = ({ action, payload }: Exchange): boolean =>
  action === "StartTransaction" ||
  (action === "TransactionEvent" && textAt(payload, "eventType") === "Started");

/** The tags that were authorised or named by a remote start. */
class Tags {
  private readonly known = new Set<string>();

  learn(tag: string | undefined): void {
    if (tag !== undefined && this.known.size < mostTags) this.known.add(tag);
  }

  /** Takes a CALL; gives the detection of a start with an unknown tag. */
  call(exchange: Exchange): Detection | undefined {
    const { action, direction, payload, place, connection } = exchange;
    const tag = tagOf(payload);
    if (direction === "csms-to-cp") {
      if (/^(?:Remote|Request)StartTransaction$/.test(action)) this.learn(tag);
      return undefined;
    }
    if (!isStart(exchange) || tag === undefined || this.known.has(tag)) return undefined;
    if (connection.isDisturbed || this.known.size >= mostTags) return undefined;
    this.learn(tag);
    const message =
      "the charger started a transaction with an id tag that the CSMS did not accept before in this recording";
    return { code: "unexpected-start", place, action, message };
  }
}

/** Detects transactions without an authorisation in the recording. */
export const unexpectedStartDetector: Detector = {
  codes: [
    {
      code: "unexpected-start",
      class: "event",
      clause: "OCPP 1.6, 3.5 and 4.8; OCPP 2.0.1 part 2, C",
      doc: "The charger started a transaction with an id tag that the recording does not show as accepted or named by a remote start. The local list, the cache and free charging allow this.",
    },
  ],
  start: ({ isAfterGap }) => {
    const tags = new Tags();
    return (event, report) => {
      if (event.kind === "answer" && authorizationStatusOf(event.answer.payload) === "Accepted")
        tags.learn(tagOf(event.exchange.payload));
      const detection = event.kind === "call" ? tags.call(event.exchange) : undefined;
      if (detection !== undefined && !isAfterGap) report(detection);
    };
  },
};
