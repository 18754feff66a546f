// Applies rules to an upgrade, before there is a connection: it is refused, stalled, answered with another subprotocol, or
// reset because the listener is down. The decisions are written to the cassette.

import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { noBytes, utf8 } from "../../base/bytes.js";
import type { DecisionEntry } from "../../cassette/format/entry.js";
import type { HideHead } from "../../cassette/hide-secrets.js";
import type { Action } from "../../rules/contract/action.js";
import { type Applied, actionsBy, type Decision } from "../../rules/contract/decision.js";
import type { UpgradeAction } from "../../rules/contract/handshake-action.js";
import { connectionEvent } from "../../rules/contract/ruled-message.js";
import type { Head } from "../../wire/http/head.js";
import { withSubprotocol } from "../../wire/http/response-head.js";
import type { Cassette } from "../cassette/run-cassettes.js";
import { startTimer } from "../platform/timers.js";
import type { Leg } from "../tls/tls-settings.js";
import { type ChargerRequest, recordGone, refuseCharger, resetCharger } from "./refuse.js";
import { type Outage, runStateOf } from "./run-state.js";
import type { ProxyContext } from "./upgrade-context.js";
import { type WatchedCharger, watchCharger } from "./watch-charger.js";

/** What rules want of one upgrade. */
export interface RuledUpgrade {
  readonly decision: Decision;
  readonly actions: readonly UpgradeAction[];
  /** The CSMS's answer as the charger gets it. */
  answerOf(head: Head): Uint8Array;
  /** Writes the decisions to the cassette, the first time it is called. */
  record(cassette: Cassette, connection: number): void;
}

type RefuseAction = Extract<UpgradeAction, { kind: "refuse" }>;

const msPerNs = 1e-6;

class Ruling implements RuledUpgrade {
  readonly decision: Decision;
  readonly actions: readonly UpgradeAction[];
  private readonly atNs: number;
  private readonly original: Uint8Array;
  private readonly hideHead: HideHead;
  private answer: Uint8Array | undefined;
  private isRecorded = false;

  constructor(decision: Decision, atNs: number, original: Uint8Array, hideHead: HideHead) {
    this.decision = decision;
    this.atNs = atNs;
    this.original = original;
    this.hideHead = hideHead;
    this.actions = upgradesIn(decision.actions.map(({ action }) => action));
  }

  answerOf(head: Head): Uint8Array {
    const named = this.actions.find((action) => action.kind === "subprotocol");
    if (named === undefined) return head.raw;
    this.answer = withSubprotocol(head, named.answer);
    return this.answer;
  }

  record(cassette: Cassette, connection: number): void {
    if (this.isRecorded) return;
    this.isRecorded = true;
    for (const applied of this.decision.applied) cassette.record(this.entry(applied, connection));
  }

  private entry(applied: Applied, connection: number): DecisionEntry {
    const about = { direction: "cp-to-csms", type: "upgrade", action: null } as const;
    const base = { kind: "decision", connection, at: this.atNs, ...about, original: this.original } as const;
    const own = upgradesIn(actionsBy(this.decision, applied));
    if (!own.some(({ kind }) => kind === "subprotocol"))
      return { ...base, ...applied, sent: refusalIn(own, this.hideHead) };
    if (this.answer === undefined)
      return { ...base, ...applied, outcome: "not applied: the CSMS did not agree to the upgrade" };
    return { ...base, ...applied, sent: [this.hideHead(this.answer).raw] };
  }
}

const upgradesIn = (actions: readonly Action[]): readonly UpgradeAction[] =>
  actions.flatMap((action) => (action.kind === "upgrade" ? [action.upgrade] : []));

const refusalIn = (actions: readonly UpgradeAction[], hideHead: HideHead): readonly Uint8Array[] => {
  const refusal = actions.find((action) => action.kind === "refuse");
  return refusal === undefined ? [] : [hideHead(utf8(answerText(refusal))).raw];
};

/** Asks the rules about an upgrade; undefined if none acts. */
export function ruleUpgrade(
  context: ProxyContext,
  { head }: ChargerRequest,
  identity: string,
): RuledUpgrade | undefined {
  const { rules, clock, hideHead } = context;
  if (rules?.rules.active.some(({ rule }) => rule.point === "upgrade") !== true) return undefined;
  const atNs = clock.now();
  // There is no connection yet, so rules count for the charge point.
  const decider = rules.beforeConnection(identity);
  const decision = decider.decide(connectionEvent(decider, "upgrade", atNs));
  if (decision.applied.length === 0) return undefined;
  const original = head === undefined ? noBytes : hideHead(head.raw).raw;
  return new Ruling(decision, atNs, original, hideHead);
}

/** An upgrade whose head was read. `rest` are the bytes after it. */
interface ReadUpgrade {
  readonly leg: Leg;
  readonly rest: Buffer;
}

/** Applies the rules before the CSMS is asked. Gives undefined if the upgrade ends here. */
export async function applyUpgradeFaults<Upgrade extends ReadUpgrade>(
  context: ProxyContext,
  request: ChargerRequest,
  upgrade: Upgrade,
  ruled: RuledUpgrade,
): Promise<Upgrade | undefined> {
  const refusedCassette = context.cassettes.ofRefused(request.identity);
  for (const { action, rule, fault } of ruled.decision.actions) {
    if (action.kind !== "down") continue;
    ruled.record(refusedCassette, 0);
    const identity = request.identity ?? "";
    runStateOf(context).down(identity, { action, rule, fault }, context.clock.now(), mayTouch(context));
    isDown(context, request, upgrade.leg.raw);
    return undefined;
  }
  let passing = upgrade;
  const stalled = stallOf(ruled.decision);
  if (stalled !== undefined) {
    const rest = await stall(context, upgrade, stalled);
    if (rest === undefined) {
      ruled.record(refusedCassette, 0);
      recordGone(context, request, "the charger disconnected while a rule stalled its upgrade", undefined);
      return undefined;
    }
    passing = { ...upgrade, rest };
  }
  for (const { action, rule } of ruled.decision.actions) {
    if (action.kind !== "upgrade" || action.upgrade.kind !== "refuse") continue;
    ruled.record(refusedCassette, 0);
    const answer = answerText(action.upgrade);
    refuseCharger(context, request, {
      status: action.upgrade.status,
      reason: `rule ${rule}`,
      by: "us",
      answer,
    });
    return undefined;
  }
  return passing;
}

/** Whether rules may act on a charge point (--fault-identities). */
export function mayTouch({ rules }: Pick<ProxyContext, "rules">): (identity: string | undefined) => boolean {
  return (identity) => rules?.rules.mayTouch(identity) ?? true;
}

/** Resets a connection if a rule has taken the listener down; false if none has. */
export function isDown(context: ProxyContext, request: ChargerRequest, raw: Socket): boolean {
  if (context.rules === undefined) return false;
  const outage = outageOf(context, request.identity);
  if (outage === undefined) return false;
  const leftMs = Math.ceil((outage.untilNs - context.clock.now()) * msPerNs);
  resetCharger(context, request, raw, `rule ${outage.rule}: down for another ${leftMs} ms`);
  return true;
}

/** The outage that an armed rule has caused; undefined if there is none. */
export function outageOf(
  { rules, clock, cassettes }: Pick<ProxyContext, "rules" | "clock" | "cassettes">,
  identity: string | undefined,
): Outage | undefined {
  const isAllowed = mayTouch({ rules });
  const isArmed = (id: string): boolean => rules?.rules.active.some(({ rule }) => rule.id === id) === true;
  return runStateOf({ cassettes }).outage(identity, clock.now(), isAllowed, isArmed);
}

interface Stall {
  readonly ms: number;
  readonly rule: string;
}

const stallOf = ({ actions }: Decision): Stall | undefined => {
  for (const { action, rule } of actions)
    if (action.kind === "upgrade" && action.upgrade.kind === "stall") return { ms: action.upgrade.ms, rule };
  return undefined;
};

/** Waits, at most until the rule is disarmed. Gives what came meanwhile, or undefined if the charger disconnected. */
const stall = (
  { rules }: Pick<ProxyContext, "rules">,
  upgrade: ReadUpgrade,
  { ms, rule }: Stall,
): Promise<Buffer | undefined> =>
  new Promise((resolve) => {
    const { stream } = upgrade.leg;
    const waiting: WatchedCharger = watchCharger(upgrade);
    let stopWatching = (): void => undefined;
    const settle = (isGone: boolean): void => {
      timer?.stop();
      stopWatching();
      stream.off("end", leave);
      const rest = waiting.stop();
      resolve(isGone ? undefined : rest);
    };
    // A charger that ends its stream while it waits has given up.
    const leave = (): void => settle(true);
    const timer = ms === 0 ? undefined : startTimer(() => settle(false), ms);
    stream.once("end", leave);
    waiting.onGone(leave);
    if (rules !== undefined) stopWatching = rules.rules.onceDisarmed(rule, () => settle(false));
  });

/** The answer of a refusal. Headers of the rule replace the standard ones. */
export function answerText({ status, headers, retryAfter, body }: RefuseAction): string {
  const standard: Record<string, string> = {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": String(Buffer.byteLength(body)),
    Connection: "close",
    ...(retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) }),
  };
  const named = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const fields = [
    ...Object.entries(standard).filter(([name]) => !named.has(name.toLowerCase())),
    ...Object.entries(headers),
  ].map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Refused"}\r\n${fields.join("")}\r\n${body}`;
}
