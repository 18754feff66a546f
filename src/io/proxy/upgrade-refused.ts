// Upgrades that fail at the CSMS: it is not reached, the TLS handshake fails, or its answer is not 101. The charger gets the
// bytes of the CSMS, or, if there are none, an answer with the reason.

import { assertNever } from "../../base/assert-never.js";
import { alertIn, beginsAlert } from "../../wire/tls/tls-names.js";
import { dialReason } from "../sockets/dial.js";
import type { HeadArrival } from "../sockets/read-head.js";
import type { LegOutcome } from "../tls/tls-dial.js";
import { alertOf, type FailureFacts, failureLine, handshakeFailed } from "../tls/tls-failure.js";
import type { Leg } from "../tls/tls-settings.js";
import { type ChargerRequest, forwardRefusal, refuseCharger } from "./refuse.js";
import type { ProxyContext } from "./upgrade-context.js";

/** Refuses a charger because the CSMS was not reached. */
export function refuseUnreached(
  context: ProxyContext,
  request: ChargerRequest,
  outcome: Exclude<LegOutcome, { kind: "leg" }>,
): void {
  const { origin } = context.csms;
  switch (outcome.kind) {
    case "unreachable": {
      const reason = `ocpp-vcr cannot reach the CSMS at ${origin}: ${dialReason(outcome.error)}`;
      refuseCharger(context, request, { status: 502, reason, by: "network" });
      return;
    }
    case "handshake":
      refuseForHandshake(context, request, outcome.failure);
      return;
    case "no-certificate":
      refuseCharger(context, request, {
        status: 502,
        reason: `ocpp-vcr has no client certificate for the CSMS: ${outcome.error.message}`,
        by: "us",
      });
      return;
    default:
      assertNever(outcome);
  }
}

type Failure = Pick<FailureFacts, "cause" | "own" | "peer" | "bytes" | "alert">;

const refuseForHandshake = (context: ProxyContext, request: ChargerRequest, facts: Failure): void => {
  const { csms, cassettes, clock, hideHead, log } = context;
  const { identity, from, url } = request;
  const about = { leg: "csms", identity, from, url: url ?? undefined, wantedName: csms.tls?.name } as const;
  const entry = handshakeFailed(clock, { ...about, ...facts }, hideHead);
  cassettes.ofRefused(identity).record(entry);
  log(failureLine(entry));
  const what = csms.tls === undefined ? "the upgrade" : "TLS";
  const reason = `${what} with the CSMS at ${csms.origin} failed: ${entry.diagnosis}`;
  refuseCharger(context, request, { status: 502, reason, by: "network" });
};

type NoHead = Exclude<HeadArrival, { kind: "head" }>;

/** The failed handshake that an answer without a head is a sign of; undefined if it is none. */
const failureIn = ({ tls }: Leg, arrival: NoHead): Failure | undefined => {
  const { bytes } = arrival;
  if (tls === undefined && beginsAlert(bytes)) {
    const number = alertIn(bytes);
    const alert = number === undefined ? {} : { alert: { number, by: "csms" as const } };
    return { cause: "TLS_ON_PLAIN", bytes, ...alert };
  }
  if (arrival.kind !== "ended") return undefined;
  const { error } = arrival;
  // With TLS 1.3, a CSMS refuses a client certificate after the handshake, sometimes by just closing.
  const certificates = tls === undefined ? {} : { own: tls.facts.own, peer: tls.facts.peer };
  if (error !== undefined && alertOf(error) !== undefined) return { cause: error, ...certificates };
  if (bytes.length > 0) return undefined;
  return { cause: tls === undefined ? "CLOSED_ON_PLAIN" : "CLOSED_BEHIND_HANDSHAKE", ...certificates };
};

/** Refuses a charger because the CSMS sent no HTTP head. */
const refuseWithoutHead = (
  context: ProxyContext,
  request: ChargerRequest,
  leg: Leg,
  arrival: NoHead,
): void => {
  const csms = leg.stream;
  const failure = failureIn(leg, arrival);
  if (failure === undefined && arrival.kind !== "timeout") {
    forwardRefusal(context, request, csms, { head: undefined, bytes: arrival.bytes });
    return;
  }
  csms.on("error", () => undefined).destroy();
  if (failure !== undefined) {
    refuseForHandshake(context, request, failure);
    return;
  }
  refuseCharger(context, request, {
    status: 504,
    reason: `the CSMS at ${context.csms.origin} did not answer the upgrade in time`,
    by: "network",
  });
};

/** Refuses a charger because the CSMS did not answer with 101. */
export function refuseUnanswered(
  context: ProxyContext,
  request: ChargerRequest,
  leg: Leg,
  arrival: HeadArrival,
): void {
  if (arrival.kind !== "head") {
    refuseWithoutHead(context, request, leg, arrival);
    return;
  }
  const bytes = Buffer.concat([arrival.head.raw, arrival.rest]);
  forwardRefusal(context, request, leg.stream, { head: arrival.head, bytes });
}
