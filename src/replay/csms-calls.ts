// Calls of the CSMS: matched with the recorded ones, answered as those were, else by the passive station. They
// hold nothing back: that a call came before something in the recording does not make it the cause.

import { type Comparison, compareMessages } from "../analyse/compare.js";
import { flatten } from "../analyse/compare-values.js";
import { utf8 } from "../base/bytes.js";
import { type Envelope, parseEnvelope } from "../ocpp/parse-envelope.js";
import { opcodes } from "../wire/frame.js";
import { keyOfCall } from "./call-key.js";
import { octetsWith, ownFrame } from "./outgoing.js";
import { isLearned, type Prepared } from "./own-calls.js";
import type { Expectation, Plan } from "./plan.js";
import type { Compared } from "./protocol.js";
import { memberOf } from "./responders/json-member.js";
import { PassiveStation } from "./responders/station-passive.js";
import { StationTriggers, type Triggered } from "./responders/station-triggers.js";
import { idLeaf, withId } from "./slots.js";

/** A CALL or SEND of the CSMS that could be read. */
export type CallEnvelope = Envelope & { readonly kind: "call" | "send" };

/** What became of a call of the CSMS. */
export interface Answered {
  readonly compared: Compared;
  /** What to send; undefined for a SEND, which has no answer. */
  readonly reply: Prepared | undefined;
  /** Whether what was accepted has no effect in the plan. */
  readonly unfulfilled: boolean;
  /** The step of which the CSMS was promised a copy, with the status Idle or its own. */
  readonly triggered: { readonly step: number; readonly idle: boolean } | undefined;
}

/** Recorded calls that a live one is compared with at most. */
const mostCandidates = 100;

/** Stands for the live message id in texts that are digested. */
const idSlot = '"{{id}}"';

/** Actions by which a CSMS asks for a message. */
const asking: readonly string[] = ["TriggerMessage", "ExtendedTriggerMessage"];

interface Match {
  readonly index: number;
  readonly expectation: Expectation;
  readonly comparison: Comparison;
}

const payloadOf = (text: string): unknown => {
  const envelope = parseEnvelope(text);
  return "payload" in envelope ? envelope.payload : undefined;
};

/** Answers the CSMS's calls. */
export class CsmsCalls {
  private readonly plan: Plan;
  private readonly liveValue: (slot: number) => string | undefined;
  /** Recorded calls that have not come yet, per action, in their order. */
  private readonly waiting = new Map<string, number[]>();
  private readonly strays: Set<number>;
  private readonly passive = new PassiveStation();
  private readonly triggers: StationTriggers;
  /** Recorded calls that came. */
  private readonly come = new Set<number>();

  constructor(plan: Plan, liveValue: (slot: number) => string | undefined) {
    this.plan = plan;
    this.liveValue = liveValue;
    this.strays = new Set(plan.strays.keys());
    this.triggers = new StationTriggers(plan);
    for (const [index, expectation] of plan.expectations.entries()) {
      const list = this.waiting.get(expectation.action);
      if (list === undefined) this.waiting.set(expectation.action, [index]);
      else list.push(index);
      if (expectation.answer?.text !== undefined)
        this.passive.learn(expectation.action, payloadOf(expectation.answer.text));
    }
  }

  /** Whether recorded calls of this connection have not come yet. */
  isExpecting(connection: number): boolean {
    for (const list of this.waiting.values())
      if (list.some((index) => this.plan.expectations[index]?.connection === connection)) return true;
    return false;
  }

  /** Whether a recorded call has come. */
  hasCome(expectation: number): boolean {
    return this.come.has(expectation);
  }

  /** Takes a call; `next` is the step that the station does next, `mayAsk` whether it would send a message more. */
  take(connection: number, envelope: CallEnvelope, text: string, next = 0, mayAsk = false): Answered {
    const match = envelope.kind === "send" ? undefined : this.match(connection, envelope, text);
    if (match !== undefined) this.consume(match);
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
    const unfulfilled = match?.expectation.unfulfilled === true;
    const place = match === undefined ? {} : { expectation: match.index };
    const compared: Compared = { ...base, ...comparison, ...place, why: whyOf(match?.expectation) };
    if (envelope.kind === "send") return { compared, reply: undefined, unfulfilled, triggered: undefined };
    const isAsked = match?.expectation.answer?.text === undefined && asking.includes(envelope.action);
    const found = isAsked && mayAsk ? this.triggers.find(envelope.payload, next) : undefined;
    const reply = this.reply(connection, envelope, text, match?.expectation, found);
    const triggered = found?.kind === "step" ? found : undefined;
    return { compared, reply, unfulfilled, triggered };
  }

  /** Takes a message that is no call and no answer. */
  takeStray(connection: number, text: string | undefined): Compared {
    const found = [...this.strays].find(
      (index) => text !== undefined && this.plan.strays[index]?.text === text,
    );
    if (found !== undefined) this.strays.delete(found);
    return unreadable(connection, found === undefined ? "unexpected" : "equal", "");
  }

  /** What the recording has and the run had not. */
  missing(): readonly Compared[] {
    const indexes = [...this.waiting.values()].flat().sort((a, b) => a - b);
    const calls = indexes.flatMap((index): Compared[] => {
      const expectation = this.plan.expectations[index];
      if (expectation === undefined) return [];
      const { connection, action, id } = expectation;
      const base = { kind: "compared", result: "missing", connection, direction: "csms-to-cp" } as const;
      const told = { action, id, differences: [], why: "the CSMS did not call", expectation: index } as const;
      return [{ ...base, type: "CALL", ...told }];
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
   * Same action and payload, else same action about the same thing; of this connection or an earlier one. What was
   * answered about one thing says nothing about another.
   */
  private match(connection: number, envelope: CallEnvelope, text: string): Match | undefined {
    const candidates = (this.waiting.get(envelope.action) ?? [])
      .flatMap((index) => {
        const expectation = this.plan.expectations[index];
        return expectation === undefined || expectation.connection > connection
          ? []
          : [{ index, expectation }];
      })
      .sort((a, b) => b.expectation.connection - a.expectation.connection || a.index - b.index)
      .slice(0, mostCandidates);
    const key = keyOfCall(envelope.payload);
    let second: Match | undefined;
    for (const { index, expectation } of candidates) {
      const match: Match = { index, expectation, comparison: this.compare(expectation, text) };
      if (match.comparison.result !== "different") return match;
      if (expectation.key === key) second ??= match;
    }
    return second;
  }

  private compare(expectation: Expectation, text: string): Comparison {
    return compareMessages("call", expectation.text, text, (pointer, recorded, live) => {
      const slot = expectation.bound.get(pointer);
      if (slot === undefined) return false;
      return isLearned(recorded, live, this.plan.slots[slot]?.recorded ?? "", this.liveValue(slot));
    });
  }

  private reply(
    connection: number,
    envelope: CallEnvelope,
    text: string,
    expectation: Expectation | undefined,
    found: Triggered | undefined,
  ): Prepared {
    const id = idLeaf(text)?.source ?? JSON.stringify(envelope.id);
    const recorded = expectation?.answer;
    if (recorded?.text !== undefined) {
      if (memberOf(payloadOf(recorded.text), "status") === "Accepted")
        this.passive.accepted(envelope.action, envelope.payload);
      return {
        octets: octetsWith(recorded, withId(recorded.text, id)),
        named: withId(recorded.text, idSlot),
      };
    }
    const words =
      found === undefined || found.kind === "unknown"
        ? this.passiveWords(connection, envelope, text)
        : { type: 3, rest: JSON.stringify({ status: found.kind === "step" ? "Accepted" : "Rejected" }) };
    const answer = (source: string): string => `[${words.type},${source},${words.rest}]`;
    return { octets: ownFrame(opcodes.text, utf8(answer(id))), named: answer(idSlot) };
  }

  private passiveWords(
    connection: number,
    envelope: CallEnvelope,
    text: string,
  ): { type: 3 | 4; rest: string } {
    const version = this.plan.versions.get(connection) ?? "1.6";
    // What nests too deep to be looked at must not be repeated in an answer either.
    if (flatten(text, [[3, ""]]) === undefined) {
      const code = version === "1.6" ? "FormationViolation" : "FormatViolation";
      return { type: 4, rest: `"${code}","The payload is missing, too long or nested too deep.",{}` };
    }
    const answer = this.passive.answer(version, envelope.action, envelope.payload);
    if (answer.kind === "result") return { type: 3, rest: JSON.stringify(answer.payload) };
    return { type: 4, rest: `"${answer.code}",${JSON.stringify(answer.description)},{}` };
  }
}

const whyOf = (expectation: Expectation | undefined): string => {
  if (expectation === undefined) return "not in the recording";
  return expectation.unfulfilled === true ? "accepted as recorded; its effect is not in the recording" : "";
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
