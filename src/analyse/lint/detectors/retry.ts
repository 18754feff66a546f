// Requests that are sent again because the first one got no result (OCPP 1.6 section 3.7.1; OCPP-J 1.6 errata 2025-04
// 3.1: a retry MAY reuse the id). duplicate-id.ts finds retries with the same id, repeated-transaction.ts those of
// StartTransaction and StopTransaction with another id; the code and its sentence are here.

import type { Exchange } from "../../history/events.js";
import { payloadKey } from "../../messages/payload-text.js";
import { type Detection, type FindingCode, senderName } from "./detector.js";

/** The code of retries. */
export const retryCode: FindingCode = {
  code: "retry",
  class: "event",
  clause: "OCPP 1.6, 3.7.1; OCPP-J 1.6 errata 2025-04, 3.1",
  doc: "The same request was sent again because the first one got no answer or a CALLERROR. Both have the same id, or are the same StartTransaction or StopTransaction.",
};

/** Whether two requests have the same action and the same payload. */
export function isSameRequest(a: Exchange, b: Exchange): boolean {
  return a.action === b.action && payloadKey(a.payload) === payloadKey(b.payload);
}

/** The detection of a request that repeats an earlier one; undefined if that one got a result. */
export function retryOf(exchange: Exchange, earlier: Exchange): Detection | undefined {
  if (earlier.answer?.kind === "result") return undefined;
  const { place, action, direction, id } = exchange;
  const reason = earlier.answer === undefined ? "no answer" : "no result";
  const isSameId = id === earlier.id;
  return {
    code: retryCode.code,
    place,
    action,
    ...(isSameId ? { pointer: "/1" } : {}),
    message: `${senderName(direction)} sent ${action} again${isSameId ? " with the same id" : ""} because the first one got ${reason}`,
  };
}
