// Transactions that nobody was seen to authorise. Legal (local list, cache, free vend, remote start without
// authorisation), hence an event (OCPP 1.6 sections 3.5 and 4.1; 2.x part 2, C).

import { authorizationStatusOf, idTagOf, textAt } from "../../../ocpp/payload.js";
import type { Exchange } from "../../history/events.js";
import type { Detection, Detector } from "./detector.js";

const mostTags = 10_000;

const tagOf = (payload: unknown): string | undefined => idTagOf(payload)?.toLowerCase();

const isStart = ({ action, payload }: Exchange): boolean =>
  action === "StartTransaction" ||
  (action === "TransactionEvent" && textAt(payload, "eventType") === "Started");

class Tags {
  private readonly known = new Set<string>();

  learn(tag: string | undefined): void {
    if (tag !== undefined && this.known.size < mostTags) this.known.add(tag);
  }

  /** What a CALL teaches, or that it starts something with a tag that nobody named. */
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
    const message = "a transaction without an authorisation on the recording";
    return { code: "unexpected-start", place, action, message };
  }
}

/** Finds transactions that begin without an authorisation on the recording. */
export const unexpectedStartDetector: Detector = {
  codes: [
    {
      code: "unexpected-start",
      class: "event",
      clause: "OCPP 1.6, 3.5 and 4.8; OCPP 2.0.1 part 2, C",
      doc: "A transaction begins with a tag that the recording saw neither accepted nor named by a remote start. The local list, the cache and free charging do that, too.",
    },
  ],
  start: ({ isAfterGap }) => {
    const tags = new Tags();
    return (event, report) => {
      if (event.kind === "answer" && authorizationStatusOf(event.answer.payload) === "Accepted")
        tags.learn(tagOf(event.exchange.payload));
      const found = event.kind === "call" ? tags.call(event.exchange) : undefined;
      if (found !== undefined && !isAfterGap) report(found);
    };
  },
};
