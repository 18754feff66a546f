// What rules make of an upgrade before there is a connection: it is refused, stalled, answered with another subprotocol,
// or meets no listener. Rules decide; this asks them, does it, and puts the decisions on the cassette.

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
import { type Asker, cutOff, noteGone, refuse } from "./refuse.js";
import { type Outage, runStateOf } from "./run-state.js";
import type { ProxyContext } from "./upgrade-context.js";
import { type Waiting, watchCharger } from "./watch-charger.js";

/** What rules made of one upgrade. */
export interface RuledUpgrade {
  readonly decision: Decision;
  readonly actions: readonly UpgradeAction[];
  /** The answer of the CSMS as the charger is to see it. */
  answerOf(head: Head): Uint8Array;
  /** Puts the decisions on the cassette; the first time counts. */
  record(cassette: Cassette, connection: number): void;
}

type Refusal = Extract<UpgradeAction, { kind: "refuse" }>;

const msPerNs = 1e-6;

class Ruling implements RuledUpgrade {
  readonly decision: Decision;
  readonly actions: readonly UpgradeAction[];
  private readonly at: number;
  private readonly original: Uint8Array;
  private readonly hideHead: HideHead;
  private answer: Uint8Array | undefined;
  private isRecorded = false;

  constructor(decision: Decision, at: number, original: Uint8Array, hideHead: HideHead) {
    this.decision = decision;
    this.at = at;
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
    const base = { kind: "decision", connection, at: this.at, ...about, original: this.original } as const;
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

/** Asks the rules about an upgrade; undefined where none acts. */
export function ruleUpgrade(
  context: ProxyContext,
  { head }: Asker,
  identity: string,
): RuledUpgrade | undefined {
  const { rules, clock, hideHead } = context;
  if (rules?.rules.active.some(({ rule }) => rule.point === "upgrade") !== true) return undefined;
  const at = clock.now();
  // There is no connection yet: rules count for the charge point.
  const decider = rules.beforeConnection(identity);
  const decision = decider.decide(connectionEvent(decider, "upgrade", at));
  if (decision.applied.length === 0) return undefined;
  const original = head === undefined ? noBytes : hideHead(head.raw).raw;
  return new Ruling(decision, at, original, hideHead);
}

/** An upgrade whose head was read. */
interface Waiter {
  readonly leg: Leg;
  readonly rest: Buffer;
}

/** Does what rules want before the CSMS is asked; undefined where the upgrade goes no further. */
export async function letPass<Upgrade extends Waiter>(
  context: ProxyContext,
  asker: Asker,
  upgrade: Upgrade,
  ruled: RuledUpgrade,
): Promise<Upgrade | undefined> {
  const refusedCassette = context.cassettes.ofRefused(asker.identity);
  for (const { action, rule, fault } of ruled.decision.actions) {
    if (action.kind !== "down") continue;
    ruled.record(refusedCassette, 0);
    const identity = asker.identity ?? "";
    runStateOf(context).down(identity, { action, rule, fault }, context.clock.now(), mayTouch(context));
    isDown(context, asker, upgrade.leg.raw);
    return undefined;
  }
  let passing = upgrade;
  const stalled = stallOf(ruled.decision);
  if (stalled !== undefined) {
    const rest = await stall(context, upgrade, stalled);
    if (rest === undefined) {
      ruled.record(refusedCassette, 0);
      noteGone(context, asker, "the charger went away while a rule let its upgrade wait", undefined);
      return undefined;
    }
    passing = { ...upgrade, rest };
  }
  for (const { action, rule } of ruled.decision.actions) {
    if (action.kind !== "upgrade" || action.upgrade.kind !== "refuse") continue;
    ruled.record(refusedCassette, 0);
    const answer = answerText(action.upgrade);
    refuse(context, asker, { status: action.upgrade.status, reason: `rule ${rule}`, by: "us", answer });
    return undefined;
  }
  return passing;
}

/** The fence around charge points that rules may touch. */
export function mayTouch({ rules }: Pick<ProxyContext, "rules">): (identity: string | undefined) => boolean {
  return (identity) => rules?.rules.mayTouch(identity) ?? true;
}

/** Cuts a connection off where a rule has taken the listener away; false where none has. */
export function isDown(context: ProxyContext, asker: Asker, raw: Socket): boolean {
  if (context.rules === undefined) return false;
  const outage = outageOf(context, asker.identity);
  if (outage === undefined) return false;
  const left = Math.ceil((outage.until - context.clock.now()) * msPerNs);
  cutOff(context, asker, raw, `rule ${outage.rule}: down for another ${left} ms`);
  return true;
}

/** The outage that a rule asks for; a rule that is disarmed asks for none. */
export function outageOf(
  { rules, clock, cassettes }: Pick<ProxyContext, "rules" | "clock" | "cassettes">,
  identity: string | undefined,
): Outage | undefined {
  const fence = mayTouch({ rules });
  const isArmed = (id: string): boolean => rules?.rules.active.some(({ rule }) => rule.id === id) === true;
  return runStateOf({ cassettes }).outage(identity, clock.now(), fence, isArmed);
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

/** Waits, at most until the rule is disarmed; gives what came meanwhile, undefined where the charger has left. */
const stall = (
  { rules }: Pick<ProxyContext, "rules">,
  upgrade: Waiter,
  { ms, rule }: Stall,
): Promise<Buffer | undefined> =>
  new Promise((resolve) => {
    const { stream } = upgrade.leg;
    const waiting: Waiting = watchCharger(upgrade);
    let forget = (): void => undefined;
    const settle = (isGone: boolean): void => {
      timer?.stop();
      forget();
      stream.off("end", leave);
      const rest = waiting.stop();
      resolve(isGone ? undefined : rest);
    };
    // Who ends its stream while it waits has given up.
    const leave = (): void => settle(true);
    const timer = ms === 0 ? undefined : startTimer(() => settle(false), ms);
    stream.once("end", leave);
    waiting.onGone(leave);
    if (rules !== undefined) forget = rules.rules.onceDisarmed(rule, () => settle(false));
  });

/** The answer of a refusal; fields that the rule names take the place of ours. */
export function answerText({ status, headers, retryAfter, body }: Refusal): string {
  const usual: Record<string, string> = {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": String(Buffer.byteLength(body)),
    Connection: "close",
    ...(retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) }),
  };
  const named = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const fields = [
    ...Object.entries(usual).filter(([name]) => !named.has(name.toLowerCase())),
    ...Object.entries(headers),
  ].map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Refused"}\r\n${fields.join("")}\r\n${body}`;
}
