// Upgrades that come to nothing at the CSMS: not reached, no TLS with it, or another answer than 101. The charger gets
// the CSMS's own bytes where there are any, else an answer of ours that says why.

import { assertNever } from "../../base/assert-never.js";
import { alertIn, beginsAlert } from "../../wire/tls/tls-names.js";
import { dialReason } from "../sockets/dial.js";
import type { HeadArrival } from "../sockets/read-head.js";
import type { LegOutcome } from "../tls/tls-dial.js";
import { alertOf, type FailureFacts, failureLine, handshakeFailed } from "../tls/tls-failure.js";
import type { Leg } from "../tls/tls-settings.js";
import { type Asker, passRefusal, refuse } from "./refuse.js";
import type { ProxyContext } from "./upgrade-context.js";

/** The CSMS was not reached, so that nothing was sent to it. */
export function refuseUndialled(
  context: ProxyContext,
  asker: Asker,
  outcome: Exclude<LegOutcome, { kind: "leg" }>,
): void {
  const { origin } = context.csms;
  switch (outcome.kind) {
    case "unreachable": {
      const reason = `ocpp-vcr cannot reach the CSMS at ${origin}: ${dialReason(outcome.error)}`;
      refuse(context, asker, { status: 502, reason, by: "network" });
      return;
    }
    case "handshake":
      refuseHandshake(context, asker, outcome.failure);
      return;
    case "no-certificate":
      refuse(context, asker, {
        status: 502,
        reason: `ocpp-vcr has no client certificate to show to the CSMS: ${outcome.error.message}`,
        by: "us",
      });
      return;
    default:
      assertNever(outcome);
  }
}

type Failure = Pick<FailureFacts, "cause" | "own" | "peer" | "bytes" | "alert">;

const refuseHandshake = (context: ProxyContext, asker: Asker, facts: Failure): void => {
  const { csms, cassettes, clock, hideHead, say } = context;
  const { identity, from, url } = asker;
  const about = { leg: "csms", identity, from, url: url ?? undefined, wantedName: csms.tls?.name } as const;
  const entry = handshakeFailed(clock, { ...about, ...facts }, hideHead);
  cassettes.ofRefused(identity).record(entry);
  say(failureLine(entry));
  const what = csms.tls === undefined ? "the upgrade" : "TLS";
  const reason = `${what} with the CSMS at ${csms.origin} failed: ${entry.diagnosis}`;
  refuse(context, asker, { status: 502, reason, by: "network" });
};

type NoHead = Exclude<HeadArrival, { kind: "head" }>;

/** What an arrival without a head says of a handshake that failed; undefined where it says nothing of one. */
const failureIn = ({ tls }: Leg, arrival: NoHead): Failure | undefined => {
  const { bytes } = arrival;
  if (tls === undefined && beginsAlert(bytes)) {
    const number = alertIn(bytes);
    const alert = number === undefined ? {} : { alert: { number, by: "csms" as const } };
    return { cause: "TLS_ON_PLAIN", bytes, ...alert };
  }
  if (arrival.kind !== "ended") return undefined;
  const { error } = arrival;
  // With TLS 1.3 a refused client certificate is told only now, behind the handshake; by node:tls not even then.
  const shown = tls === undefined ? {} : { own: tls.facts.own, peer: tls.facts.peer };
  if (error !== undefined && alertOf(error) !== undefined) return { cause: error, ...shown };
  if (bytes.length > 0) return undefined;
  return { cause: tls === undefined ? "CLOSED_ON_PLAIN" : "CLOSED_BEHIND_HANDSHAKE", ...shown };
};

/** The CSMS was reached and gave no HTTP head. */
const noHttp = (context: ProxyContext, asker: Asker, leg: Leg, arrival: NoHead): void => {
  const csms = leg.stream;
  const failure = failureIn(leg, arrival);
  if (failure === undefined && arrival.kind !== "timeout") {
    passRefusal(context, asker, csms, { head: undefined, bytes: arrival.bytes });
    return;
  }
  csms.on("error", () => undefined).destroy();
  if (failure !== undefined) {
    refuseHandshake(context, asker, failure);
    return;
  }
  refuse(context, asker, {
    status: 504,
    reason: `the CSMS at ${context.csms.origin} did not answer the upgrade in time`,
    by: "network",
  });
};

/** The CSMS was reached and answered something else than 101, or nothing. */
export function unanswered(context: ProxyContext, asker: Asker, leg: Leg, arrival: HeadArrival): void {
  if (arrival.kind !== "head") {
    noHttp(context, asker, leg, arrival);
    return;
  }
  const bytes = Buffer.concat([arrival.head.raw, arrival.rest]);
  passRefusal(context, asker, leg.stream, { head: arrival.head, bytes });
}
