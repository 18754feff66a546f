// Calls of the CSMS: each is matched with a recorded one and answered like that, else answered by the passive station.
// No step waits for a call only because it came earlier in the recording: causes are found in the plan.

import { type Comparison, compareMessages, type IsBound } from "../../../analyse/compare/compare.js";
import { type Ignores, nothingIgnored } from "../../../analyse/compare/ignore-rules.js";
import { utf8 } from "../../../base/bytes.js";
import { formatCodeOf } from "../../../ocpp/envelope/error-codes.js";
import { payloadIn } from "../../../ocpp/envelope/parse-envelope.js";
import { textAt } from "../../../ocpp/payload.js";
import { assumedVersion } from "../../../ocpp/version.js";
import { opcodes } from "../../../wire/websocket/frame.js";
import { keyOfCall } from "../../plan/call-key.js";
import { bytesWith, ownFrame } from "../../plan/outgoing.js";
import type { Expectation, Plan } from "../../plan/plan.js";
import { withId } from "../../plan/values/slots.js";
import type { Compared, ComparedExchange } from "../../protocol.js";
import type { ReceivedCall } from "../../received-message.js";
import { PassiveStation } from "../passive/passive.js";
import { StationTriggers, type Triggered } from "../passive/triggers.js";
import { Values } from "../values/values.js";
import type { PreparedMessage } from "./station-calls.js";

/** What follows from a call of the CSMS. */
export interface CsmsCallOutcome {
  readonly compared: Compared;
  /** What to send; undefined for a SEND, which has no answer. */
  readonly reply: PreparedMessage | undefined;
  /** Whether the call was accepted and no step of the plan is its effect. */
  readonly unfulfilled: boolean;
  /** The step whose message the CSMS was promised, with the status Idle or its own. */
  readonly triggered: { readonly step: number; readonly idle: boolean } | undefined;
}

/** How far the run is when a call comes. */
export interface RunProgress {
  /** The step that comes next. */
  readonly next: number;
  /** Whether the station would send an extra message. */
  readonly maySendExtra: boolean;
}

const notBegun: RunProgress = { next: 0, maySendExtra: false };

/** The most recorded calls that a live one is compared with. */
const maxCandidates = 100;

/** Replaces the live message id in texts for the fingerprint. */
const idSlot = '"{{id}}"';

/** Actions by which a CSMS asks for a message. */
const triggerActions: readonly string[] = ["TriggerMessage", "ExtendedTriggerMessage"];

/** A message of the CSMS that is no call and no answer; its text is undefined where it is none. */
export interface StrayMessage {
  readonly connection: number;
  readonly text: string | undefined;
  readonly atNs: number;
}

interface Match {
  readonly index: number;
  readonly expectation: Expectation;
  readonly comparison: Comparison;
}

const isAccepted = (result: unknown): boolean => textAt(result, "status") === "Accepted";

/** Answers the CSMS's calls. */
export class CsmsCalls {
  private readonly plan: Plan;
  private readonly values: Values;
  /** Recorded calls that have not come yet, by action, in their order. */
  private readonly waiting = new Map<string, number[]>();
  /** Recorded stray messages that have not come yet. */
  private readonly strays: Set<number>;
  private readonly passive = new PassiveStation();
  private readonly triggers: StationTriggers;
  /** Recorded calls that have come. */
  private readonly come = new Set<number>();
  private readonly ignores: Ignores;

  constructor(plan: Plan, values: Values = new Values(plan), ignores: Ignores = nothingIgnored) {
    this.plan = plan;
    this.ignores = ignores;
    this.values = values;
    this.strays = new Set(plan.strays.keys());
    this.triggers = new StationTriggers(plan);
    for (const [index, expectation] of plan.expectations.entries()) {
      const list = this.waiting.get(expectation.action);
      if (list === undefined) this.waiting.set(expectation.action, [index]);
      else list.push(index);
      if (expectation.answer?.text !== undefined) this.learn(expectation, expectation.answer.text);
    }
  }

  private learn({ action, text, isPrologue }: Expectation, answer: string): void {
    const result = payloadIn(answer);
    this.passive.learn(action, result);
    if (isPrologue === true && isAccepted(result)) this.passive.accepted(action, payloadIn(text));
  }

  /** Whether recorded calls of this connection have not come yet. */
  isExpecting(connection: number): boolean {
    const isOpen = (index: number): boolean => {
      const expectation = this.plan.expectations[index];
      return expectation?.connection === connection && expectation.isPrologue !== true;
    };
    return [...this.waiting.values()].some((list) => list.some(isOpen));
  }

  /** Whether a recorded call has come. */
  hasCome(expectation: number): boolean {
    return this.come.has(expectation);
  }

  /** Takes a call; gives its comparison and the answer to it. */
  receive(call: ReceivedCall, progress: RunProgress = notBegun): CsmsCallOutcome {
    const { connection, envelope, text } = call;
    const match = envelope.kind === "send" ? undefined : this.match(call);
    if (match !== undefined) {
      this.consume(match);
      this.values.learn(match.expectation, call);
    }
    const type = envelope.kind === "send" ? "SEND" : "CALL";
    const base = {
      kind: "compared",
      connection,
      direction: "csms-to-cp",
      type,
      action: envelope.action,
      id: envelope.id,
    } as const;
    const comparison = match?.comparison ?? { result: "unexpected" as const, differences: [] };
    const expectation = match?.expectation;
    const isTrigger =
      progress.maySendExtra &&
      expectation?.answer?.text === undefined &&
      triggerActions.includes(envelope.action);
    const found = isTrigger ? this.triggers.find(envelope.payload, progress.next) : undefined;
    const reply = envelope.kind === "send" ? undefined : this.reply(call, expectation, found);
    const live = { call: text, answer: reply?.text };
    const exchange = exchangeOf(match?.index, expectation, call.atNs, live);
    return {
      compared: { ...base, ...comparison, why: whyOf(expectation), exchange },
      reply,
      unfulfilled: expectation?.unfulfilled === true,
      triggered: found?.kind === "step" && reply !== undefined ? found : undefined,
    };
  }

  /** Takes a message that is no call and no answer; gives its comparison. */
  receiveStray({ connection, text, atNs }: StrayMessage): Compared {
    const found = [...this.strays].find(
      (index) => text !== undefined && this.plan.strays[index]?.text === text,
    );
    if (found !== undefined) this.strays.delete(found);
    const exchange = exchangeOf(undefined, undefined, atNs, { call: text, answer: undefined });
    const recorded = { call: found === undefined ? undefined : text, answer: undefined };
    const result = found === undefined ? "unexpected" : "equal";
    return { ...unreadable(connection, result, ""), exchange: { ...exchange, recorded } };
  }

  /** The recorded calls and strays that have not come. */
  missing(): readonly Compared[] {
    const indexes = [...this.waiting.values()].flat().sort((a, b) => a - b);
    const calls = indexes.flatMap((index): Compared[] => {
      const expectation = this.plan.expectations[index];
      if (expectation === undefined) return [];
      const { connection, action, id, isPrologue } = expectation;
      const about = { connection, direction: "csms-to-cp", type: "CALL", action, id } as const;
      const exchange = exchangeOf(index, expectation, null, { call: undefined, answer: undefined });
      const base = { kind: "compared", ...about, differences: [], exchange } as const;
      if (isPrologue === true)
        return [{ ...base, result: "ignorable", why: "the call is part of the prologue" }];
      return [{ ...base, result: "missing", why: "the CSMS did not call" }];
    });
    const strays = [...this.strays].map((index) =>
      unreadable(this.plan.strays[index]?.connection ?? 0, "missing", "the CSMS did not send it"),
    );
    return [...calls, ...strays];
  }

  private consume(match: Match): void {
    this.come.add(match.index);
    const list = this.waiting.get(match.expectation.action) ?? [];
    const left = list.filter((index) => index !== match.index);
    if (left.length === 0) this.waiting.delete(match.expectation.action);
    else this.waiting.set(match.expectation.action, left);
  }

  /**
   * The recorded call with the same action and payload, else the first with the same action about the same thing; on
   * this connection or an earlier one. An answer about one thing does not fit a call about another.
   */
  private match(call: ReceivedCall): Match | undefined {
    const { connection, envelope } = call;
    const candidates = (this.waiting.get(envelope.action) ?? [])
      .flatMap((index) => {
        const expectation = this.plan.expectations[index];
        return expectation === undefined || expectation.connection > connection
          ? []
          : [{ index, expectation }];
      })
      .sort((a, b) => b.expectation.connection - a.expectation.connection || a.index - b.index)
      .slice(0, maxCandidates);
    const key = keyOfCall(envelope.payload);
    let second: Match | undefined;
    for (const { index, expectation } of candidates) {
      const match: Match = { index, expectation, comparison: this.compare(expectation, call) };
      if (match.comparison.result !== "different") return match;
      if (expectation.key === key) second ??= match;
    }
    return second;
  }

  private compare(expectation: Expectation, call: ReceivedCall): Comparison {
    const isBound: IsBound = (pointer, recorded, live) =>
      this.values.isLiveValue(expectation, expectation.connection, pointer, recorded, live);
    const place = { action: expectation.action, type: "CALL", direction: "csms-to-cp" } as const;
    return compareMessages("call", expectation.text, call, isBound, this.ignores(place));
  }

  private reply(
    call: ReceivedCall,
    expectation: Expectation | undefined,
    found: Triggered | undefined,
  ): PreparedMessage {
    const { connection, envelope, payload } = call;
    const id = call.idSource ?? JSON.stringify(envelope.id);
    const recorded = expectation?.answer;
    if (recorded?.text !== undefined) {
      if (isAccepted(payloadIn(recorded.text))) this.passive.accepted(envelope.action, payload);
      const { text: words, named } = this.values.write(recorded, expectation?.connection ?? connection) ?? {
        text: recorded.text,
        named: recorded.text,
      };
      const answer = withId(words, id);
      return { bytes: bytesWith(recorded, answer), named: withId(named, idSlot), text: answer };
    }
    const words =
      found === undefined || found.kind === "unknown"
        ? this.passiveWords(call)
        : { type: 3, rest: JSON.stringify({ status: found.kind === "step" ? "Accepted" : "Rejected" }) };
    const answer = (source: string): string => `[${words.type},${source},${words.rest}]`;
    const live = answer(id);
    return { bytes: ownFrame(opcodes.text, utf8(live)), named: answer(idSlot), text: live };
  }

  private passiveWords(call: ReceivedCall): { type: 3 | 4; rest: string } {
    const { connection, envelope, payload } = call;
    const version = this.plan.versions.get(connection) ?? assumedVersion;
    // A payload that nests too deep to be compared must not be repeated in an answer.
    if (call.values([[3, ""]]) === undefined) {
      const code = formatCodeOf(version);
      return { type: 4, rest: `"${code}","The payload is missing, too long or nested too deep.",{}` };
    }
    const answer = this.passive.answer(version, envelope.action, payload);
    if (answer.kind === "result") return { type: 3, rest: JSON.stringify(answer.payload) };
    return { type: 4, rest: `"${answer.code}",${JSON.stringify(answer.description)},{}` };
  }
}

const exchangeOf = (
  index: number | undefined,
  expectation: Expectation | undefined,
  liveAt: number | null,
  live: ComparedExchange["live"],
): ComparedExchange => ({
  step: undefined,
  expectation: index,
  recordedAtNs: expectation?.atNs ?? null,
  liveAtNs: liveAt,
  recorded: { call: expectation?.text, answer: expectation?.answer?.text },
  live,
});
const whyOf = (expectation: Expectation | undefined): string => {
  if (expectation === undefined) return "not in the recording";
  return expectation.unfulfilled === true
    ? "accepted as recorded, but the recording does not have its effect"
    : "";
};

const unreadable = (connection: number, result: Compared["result"], why: string): Compared => ({
  kind: "compared",
  result,
  connection,
  direction: "csms-to-cp",
  type: "unreadable",
  action: null,
  id: null,
  differences: [],
  why,
});
