// A charger's upgrade: its request head goes to the CSMS with the target and the Host value replaced, the CSMS's answer comes
// back as bytes, and after a 101 a relay takes over both legs.

import { hideUserinfo } from "../../cassette/hide-secrets.js";
import { fieldList, fieldValue, type Head } from "../../wire/http/head.js";
import { requestLine, rewriteHead } from "../../wire/http/request-head.js";
import { statusOf } from "../../wire/http/response-head.js";
import { shownTarget } from "../../wire/http/target.js";
import { readHeadFrom } from "../sockets/read-head.js";
import { dialLeg } from "../tls/tls-dial.js";
import type { Leg } from "../tls/tls-settings.js";
import { loopReason, type TrackedUpgrade } from "./loop-watch.js";
import { type ChargerRequest, recordGone, refuseCharger } from "./refuse.js";
import type { RunningRelay } from "./run-relay.js";
import { organizationDenial, passwordDenial } from "./tls-admission.js";
import type { ProxyContext } from "./upgrade-context.js";
import { applyUpgradeFaults, isDown, type RuledUpgrade, ruleUpgrade } from "./upgrade-faults.js";
import { openConnection } from "./upgrade-opened.js";
import { refuseUnanswered, refuseUnreached } from "./upgrade-refused.js";
import { watchCharger } from "./watch-charger.js";

/** A charger's request for an upgrade. `rest` are the bytes after its head. */
export interface Upgrade {
  readonly leg: Leg;
  readonly from: string;
  readonly head: Head;
  readonly rest: Buffer;
}

/** The CSMS's response head may be longer than a charger's request head. */
const answerLimits = { bytes: 65_536, fields: 300 };

interface PreparedUpgrade {
  readonly request: ChargerRequest;
  readonly identity: string;
  readonly headForCsms: Uint8Array;
  readonly extensionsRemoved: boolean;
  readonly passwordReplaced: boolean;
}

const prepare = (context: ProxyContext, upgrade: Upgrade): PreparedUpgrade => {
  const { head, from, leg } = upgrade;
  const { addressing } = context;
  const target = addressing.targetOf(context.csms.basePath, requestLine(head)?.target ?? "/");
  const identity = addressing.identityOf(head, leg.tls?.peerNames[0]) ?? addressing.unknownIdentity(from);
  const url = hideUserinfo(`${context.csms.origin}${shownTarget(target)}`);
  const { rules } = context;
  const isRuled =
    rules !== undefined &&
    (["cp-to-csms", "csms-to-cp"] as const).some((direction) => rules.rules.touches(identity, direction));
  const offersExtensions = fieldValue(head, "sec-websocket-extensions") !== undefined;
  const authorization = context.csms.basic?.authorizationFor(
    identity,
    fieldList(head, "sec-websocket-protocol"),
  );
  const rewrite = { target, host: context.csms.hostField, withoutExtensions: isRuled, authorization };
  return {
    request: { socket: leg.stream, from, identity, url, head },
    identity,
    headForCsms: addressing.headForCsms(rewriteHead(head, rewrite), from),
    extensionsRemoved: isRuled && offersExtensions,
    passwordReplaced: authorization !== undefined,
  };
};

/** Runs an upgrade. Gives the running relay if the CSMS answers with 101. */
export async function runUpgrade(context: ProxyContext, upgrade: Upgrade): Promise<RunningRelay | undefined> {
  const prepared = prepare(context, upgrade);
  const { request, identity } = prepared;
  const { loops } = context.addressing;
  const sent = fieldValue(upgrade.head, "sec-websocket-key");
  // Many chargers share one key, so the identity is part of it.
  const key = sent === undefined ? undefined : `${sent} ${identity}`;
  if (loops.isLoop(key, upgrade.leg.raw.remotePort)) {
    refuseCharger(context, request, { status: 508, reason: loopReason, by: "us" });
    return undefined;
  }
  const denial = organizationDenial(context, upgrade.leg) ?? passwordDenial(context, identity, upgrade.head);
  if (denial !== undefined) {
    refuseCharger(context, request, { ...denial, by: "us" });
    return undefined;
  }
  if (isDown(context, request, upgrade.leg.raw)) return undefined;
  const ruled = ruleUpgrade(context, request, identity);
  const going = ruled === undefined ? upgrade : await applyUpgradeFaults(context, request, upgrade, ruled);
  if (going === undefined) return undefined;
  const outgoing = loops.trackUpgrade(key);
  try {
    return await askCsms(context, going, prepared, outgoing, ruled);
  } finally {
    outgoing.end();
    ruled?.record(context.cassettes.ofRefused(identity), 0);
  }
}

const askCsms = async (
  context: ProxyContext,
  upgrade: Upgrade,
  prepared: PreparedUpgrade,
  outgoing: TrackedUpgrade,
  ruled: RuledUpgrade | undefined,
): Promise<RunningRelay | undefined> => {
  const { request, identity } = prepared;
  const waiting = watchCharger(upgrade);
  const outcome = await dialLeg(context.csms, identity, context.times.connectMs);
  if (outcome.kind !== "leg") {
    waiting.stop();
    refuseUnreached(context, request, outcome);
    return undefined;
  }
  const { leg } = outcome;
  const csms = leg.stream;
  outgoing.sentFrom(leg.raw.localPort);
  csms.write(prepared.headForCsms);
  waiting.onGone(() => csms.destroy());
  let arrival = await readHeadFrom(csms, answerLimits, context.times.answerMs, Buffer.alloc(0));
  while (arrival.kind === "head" && isInterim(statusOf(arrival.head))) {
    request.socket.write(arrival.head.raw);
    arrival = await readHeadFrom(csms, answerLimits, context.times.answerMs, arrival.rest);
  }
  const early = waiting.stop();
  if (waiting.gone()) {
    csms.on("error", () => undefined).destroy();
    recordGone(context, request, "the charger disconnected before the CSMS answered", undefined);
    return undefined;
  }
  if (arrival.kind === "head" && statusOf(arrival.head) === 101)
    return openConnection(context, {
      ...prepared,
      ruled,
      charger: upgrade.leg,
      csms: leg,
      head: arrival.head,
      rest: arrival.rest,
      early,
    });
  refuseUnanswered(context, request, leg, arrival);
  return undefined;
};

const isInterim = (status: number | undefined): boolean =>
  status !== undefined && status >= 100 && status < 200 && status !== 101;
