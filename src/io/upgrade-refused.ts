// Upgrades that come to nothing at the CSMS: not reached, no TLS with it, or another answer than 101. The charger gets
// the CSMS's own octets where there are any, else an answer of ours that says why.

import type { Socket } from "node:net";
import { assertNever } from "../base/assert-never.js";
import { alertIn } from "../wire/tls-names.js";
import { dialReason } from "./dial.js";
import type { HeadArrival } from "./read-head.js";
import { type Asker, passRefusal, refuse } from "./refuse.js";
import type { LegOutcome } from "./tls-dial.js";
import { alertOf, type FailureFacts, failureLine, handshakeFailed } from "./tls-failure.js";
import type { Leg } from "./tls-settings.js";
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

const refuseHandshake = (
  context: ProxyContext,
  asker: Asker,
  facts: Pick<FailureFacts, "cause" | "own" | "peer" | "octets" | "alert">,
): void => {
  const { csms, shelf, clock, say } = context;
  const { identity, from, url } = asker;
  const entry = handshakeFailed(clock, {
    leg: "csms",
    identity,
    from,
    url: url ?? undefined,
    wantedName: csms.tls?.name,
    ...facts,
  });
  shelf.ofRefused(identity).record(entry);
  say(failureLine(entry));
  const reason = `TLS with the CSMS at ${csms.origin} failed: ${entry.diagnosis}`;
  refuse(context, asker, { status: 502, reason, by: "network" });
};

/** Tells of an alert that came instead of an answer; false where none did. */
const isAlert = (
  context: ProxyContext,
  asker: Asker,
  { stream, tls }: Leg,
  arrival: Extract<HeadArrival, { kind: "bad" | "ended" }>,
): boolean => {
  const { octets } = arrival;
  const error = arrival.kind === "ended" ? arrival.error : undefined;
  const sent = tls === undefined ? alertIn(octets) : undefined;
  const behind = error === undefined ? undefined : alertOf(error);
  if (sent === undefined && behind === undefined) return false;
  stream.on("error", () => undefined).destroy();
  refuseHandshake(context, asker, {
    cause: error ?? "TLS_ON_PLAIN",
    // With TLS 1.3 a refused client certificate is told only now, behind the handshake.
    ...(tls === undefined ? {} : { own: tls.facts.own, peer: tls.facts.peer }),
    ...(sent === undefined ? {} : { alert: { number: sent, by: "csms" }, octets }),
  });
  return true;
};

const noHttp = (context: ProxyContext, asker: Asker, csms: Socket, octets: Buffer): void => {
  if (octets.length > 0) {
    passRefusal(context, asker, csms, { head: undefined, octets });
    return;
  }
  csms.on("error", () => undefined).destroy();
  refuse(context, asker, {
    status: 502,
    reason: `the CSMS at ${context.csms.origin} closed the connection without an answer`,
    by: "network",
  });
};

/** The CSMS was reached and answered something else than 101, or nothing. */
export function unanswered(context: ProxyContext, asker: Asker, leg: Leg, arrival: HeadArrival): void {
  const { origin } = context.csms;
  const csms = leg.stream;
  switch (arrival.kind) {
    case "head":
      passRefusal(context, asker, csms, {
        head: arrival.head,
        octets: Buffer.concat([arrival.head.raw, arrival.rest]),
      });
      return;
    case "timeout":
      csms.on("error", () => undefined).destroy();
      refuse(context, asker, {
        status: 504,
        reason: `the CSMS at ${origin} did not answer the upgrade in time`,
        by: "network",
      });
      return;
    case "bad":
    case "ended":
      if (!isAlert(context, asker, leg, arrival)) noHttp(context, asker, csms, arrival.octets);
      return;
    default:
      assertNever(arrival);
  }
}
