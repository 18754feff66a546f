// Messages and rules for the tests of rules: each from the least that a test wants to say.
import { utf8 } from "../../src/base/bytes.js";
import type { Direction } from "../../src/base/direction.js";
import { peek } from "../../src/ocpp/envelope/peek.js";
import type { MessageView } from "../../src/rules/contract/effect.js";
import type { RuledMessage } from "../../src/rules/contract/ruled-message.js";
import { type Prepared, slotsOf } from "../../src/rules/deciding/fault-chain.js";
import { LiveRules } from "../../src/rules/deciding/live-rules.js";
import { readRules } from "../../src/rules/language/read-rules.js";
import type { RuleSet } from "../../src/rules/language/rule-set.js";
import { encodeFrame, type FrameView, readFrame } from "../../src/wire/websocket/frame.js";
import type { IssueReporter, Value } from "../../src/yaml/value.js";

export const maskingKey: Uint8Array = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

/** One text frame, masked as the direction wants it. */
export function textFrame(text: string, direction: Direction = "cp-to-csms"): FrameView {
  const mask = direction === "cp-to-csms" ? maskingKey : undefined;
  const frame = readFrame(encodeFrame({ opcode: 1, payload: utf8(text), mask }));
  if (frame === undefined) throw new Error("the encoder made no frame");
  return frame;
}

/** A message of one text frame. */
export function message(text: string, direction: Direction = "cp-to-csms"): MessageView {
  return { direction, frames: [textFrame(text, direction)] };
}

/** A message as rules see it; of answers, the action must be given. */
export function ruledMessage(text: string, more: Partial<RuledMessage> = {}): RuledMessage {
  const seen = peek(text);
  return {
    at: 0,
    version: "1.6",
    identity: "CP1",
    ordinal: 1,
    direction: "cp-to-csms",
    type: seen?.type ?? "unreadable",
    id: seen?.id,
    action: seen?.action,
    payload: () => {
      const parts: unknown[] = JSON.parse(text);
      return parts[0] === 3 ? parts[2] : parts[3];
    },
    ...more,
  };
}

/** The rules of a text that must be right. */
export function rulesOf(yamlText: string): RuleSet {
  const { ruleSet, issues } = readRules(yamlText);
  if (ruleSet === undefined) throw new Error(JSON.stringify(issues));
  return ruleSet;
}

/** The rules of these one-line rules. */
export function ruleSet(...rules: readonly string[]): RuleSet {
  return rulesOf(["version: 1", "rules:", ...rules.map((rule) => `  - ${rule}`)].join("\n"));
}

/** One-line rules as a decider prepares them, all armed. */
export function prepared(...rules: readonly string[]): readonly Prepared[] {
  return LiveRules.armed(ruleSet(...rules)).active.map((live) => ({
    live,
    rule: live.rule,
    slots: slotsOf(live.rule.faults),
    recalls: live.rule.faults.some(({ fault }) => fault.usesHistory),
  }));
}

/** A plain value as a value of a rule file. */
export function plainValue(plain: unknown): Value {
  const where = "1:1";
  if (Array.isArray(plain)) return { kind: "list", where, items: plain.map(plainValue) };
  if (typeof plain === "object" && plain !== null) {
    const members = Object.entries(plain).map(([key, value]) => ({ key, where, value: plainValue(value) }));
    return { kind: "map", where, members };
  }
  return { kind: "scalar", where, value: plain as string | number | boolean | null, source: String(plain) };
}

/** Collects reports as `code: message`. */
export function collector(): { readonly report: IssueReporter; readonly said: string[] } {
  const said: string[] = [];
  return { said, report: (_where, code, text) => said.push(`${code}: ${text}`) };
}
