// One charger's upgrade: its head goes to the CSMS with only the target and the value of Host replaced, the
// CSMS's answer comes back as bytes, and at 101 a relay takes over both legs (design 4.2, 4.3).

import { hideUserinfo } from "../../cassette/hide-secrets.js";
import { fieldList, fieldValue, type Head } from "../../wire/http/head.js";
import { requestLine, rewriteHead } from "../../wire/http/request-head.js";
import { statusOf } from "../../wire/http/response-head.js";
import { shownTarget } from "../../wire/http/target.js";
import { readHeadFrom } from "../sockets/read-head.js";
import { dialLeg } from "../tls/tls-dial.js";
import type { Leg } from "../tls/tls-settings.js";
import { loopReason, type Outgoing } from "./loop-watch.js";
import { type Asker, noteGone, refuse } from "./refuse.js";
import type { RunningRelay } from "./run-relay.js";
import { organizationDenial, passwordDenial } from "./tls-admission.js";
import type { ProxyContext } from "./upgrade-context.js";
import { isDown, letPass, type RuledUpgrade, ruleUpgrade } from "./upgrade-faults.js";
import { openConnection } from "./upgrade-opened.js";
import { refuseUndialled, unanswered } from "./upgrade-refused.js";
import { watchCharger } from "./watch-charger.js";

/** A charger that asks for an upgrade; `rest` is what came behind its head. */
export interface Upgrade {
  readonly leg: Leg;
  readonly from: string;
  readonly head: Head;
  readonly rest: Buffer;
}

/** A response head of the CSMS may be longer than a charger's. */
const answerLimits = { bytes: 65_536, fields: 300 };

interface Prepared {
  readonly asker: Asker;
  readonly identity: string;
  readonly headForCsms: Uint8Array;
  readonly extensionsRemoved: boolean;
  readonly passwordReplaced: boolean;
}

const prepare = (context: ProxyContext, upgrade: Upgrade): Prepared => {
  const { head, from, leg } = upgrade;
  const { reach } = context;
  const target = reach.targetOf(context.csms.basePath, requestLine(head)?.target ?? "/");
  const identity = reach.nameOf(head, leg.tls?.peerNames[0]) ?? reach.unknown(from);
  const url = hideUserinfo(`${context.csms.origin}${shownTarget(target)}`);
  const { rules } = context;
  const touched =
    rules !== undefined &&
    (["cp-to-csms", "csms-to-cp"] as const).some((direction) => rules.rules.touches(identity, direction));
  const offered = fieldValue(head, "sec-websocket-extensions") !== undefined;
  const authorization = context.csms.basic?.fieldFor(identity, fieldList(head, "sec-websocket-protocol"));
  const rewrite = { target, host: context.csms.hostField, withoutExtensions: touched, authorization };
  return {
    asker: { socket: leg.stream, from, identity, url, head },
    identity,
    headForCsms: reach.handOn(rewriteHead(head, rewrite), from),
    extensionsRemoved: touched && offered,
    passwordReplaced: authorization !== undefined,
  };
};

/** Carries an upgrade to its end; gives the running relay once the CSMS has answered 101. */
export async function carryUpgrade(
  context: ProxyContext,
  upgrade: Upgrade,
): Promise<RunningRelay | undefined> {
  const prepared = prepare(context, upgrade);
  const { asker, identity } = prepared;
  const { loops } = context.reach;
  const sent = fieldValue(upgrade.head, "sec-websocket-key");
  // A loop brings the same charger back; many chargers with one key are a habit of theirs.
  const key = sent === undefined ? undefined : `${sent} ${identity}`;
  if (loops.isLoop(key, upgrade.leg.raw.remotePort)) {
    refuse(context, asker, { status: 508, reason: loopReason, by: "us" });
    return undefined;
  }
  const denial = organizationDenial(context, upgrade.leg) ?? passwordDenial(context, identity, upgrade.head);
  if (denial !== undefined) {
    refuse(context, asker, { ...denial, by: "us" });
    return undefined;
  }
  if (isDown(context, asker, upgrade.leg.raw)) return undefined;
  const ruled = ruleUpgrade(context, asker, identity);
  const passing = ruled === undefined ? upgrade : await letPass(context, asker, upgrade, ruled);
  if (passing === undefined) return undefined;
  const outgoing = loops.begin(key);
  try {
    return await ask(context, passing, prepared, outgoing, ruled);
  } finally {
    outgoing.over();
    ruled?.record(context.cassettes.ofRefused(identity), 0);
  }
}

const ask = async (
  context: ProxyContext,
  upgrade: Upgrade,
  prepared: Prepared,
  outgoing: Outgoing,
  ruled: RuledUpgrade | undefined,
): Promise<RunningRelay | undefined> => {
  const { asker, identity } = prepared;
  const waiting = watchCharger(upgrade);
  const outcome = await dialLeg(context.csms, identity, context.times.connectMs);
  if (outcome.kind !== "leg") {
    waiting.stop();
    refuseUndialled(context, asker, outcome);
    return undefined;
  }
  const { leg } = outcome;
  const csms = leg.stream;
  outgoing.dialled(leg.raw.localPort);
  csms.write(prepared.headForCsms);
  waiting.onGone(() => csms.destroy());
  let arrival = await readHeadFrom(csms, answerLimits, context.times.answerMs, Buffer.alloc(0));
  while (arrival.kind === "head" && isInterim(statusOf(arrival.head))) {
    asker.socket.write(arrival.head.raw);
    arrival = await readHeadFrom(csms, answerLimits, context.times.answerMs, arrival.rest);
  }
  const early = waiting.stop();
  if (waiting.gone()) {
    csms.on("error", () => undefined).destroy();
    noteGone(context, asker, "the charger went away before the CSMS had answered", undefined);
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
  unanswered(context, asker, leg, arrival);
  return undefined;
};

const isInterim = (status: number | undefined): boolean =>
  status !== undefined && status >= 100 && status < 200 && status !== 101;
