// Messages and rules for the tests of rules: each from the least that a test wants to say.
import { utf8 } from "../../src/base/bytes.js";
import type { Direction } from "../../src/base/direction.js";
import { peek } from "../../src/ocpp/envelope/peek.js";
import type { OcppVersion } from "../../src/ocpp/version.js";
import type { Decision } from "../../src/rules/contract/decision.js";
import { type RuledConnection, RuledMessage } from "../../src/rules/contract/ruled-message.js";
import type { ConnectionDecider } from "../../src/rules/deciding/connection-decider.js";
import type { Decider } from "../../src/rules/deciding/decide.js";
import { LiveRules } from "../../src/rules/deciding/live-rules.js";
import { RuleIndex } from "../../src/rules/deciding/rule-index.js";
import { readRules } from "../../src/rules/language/read-rules.js";
import type { RuleSet } from "../../src/rules/language/rule-set.js";
import { FollowedStation } from "../../src/rules/matching/station-state.js";
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

/** What a message of a test has instead of the usual. */
export interface MessageParts extends Partial<Pick<RuledMessage, "type" | "id" | "action">> {
  readonly identity?: string;
  readonly ordinal?: number;
  readonly version?: OcppVersion | undefined;
  readonly direction?: Direction;
  readonly frames?: readonly FrameView[];
  readonly atNs?: number;
  readonly heldBack?: number;
  readonly payload?: () => unknown;
}

/** A connection whose charge point has not sent anything. */
export const connectionOf = (parts: Partial<RuledConnection> = {}): RuledConnection => ({
  identity: "CP1",
  ordinal: 1,
  version: "1.6",
  compresses: false,
  openedAtNs: 0,
  sessionStartMs: 0,
  station: new FollowedStation(),
  ...parts,
});

/** A message of one text frame, as rules see it; the action of an answer must be given. */
export function ruledMessage(
  text: string,
  parts: MessageParts = {},
  connection: RuledConnection = connectionOf(onlyGiven(parts, ["identity", "ordinal", "version"])),
): RuledMessage {
  const { direction = "cp-to-csms", frames = [textFrame(text, direction)], atNs = 0, heldBack = 0 } = parts;
  const name = { type: "unreadable", id: undefined, action: undefined, ...peek(text) } as const;
  const lane = { connection, direction, heldBack };
  const message = new RuledMessage(
    lane,
    { ...name, ...onlyGiven(parts, ["type", "id", "action"]) },
    frames,
    atNs,
  );
  return parts.payload === undefined ? message : Object.assign(message, { payload: parts.payload });
}

const onlyGiven = <Parts extends object, Key extends keyof Parts>(
  parts: Parts,
  keys: readonly Key[],
): Pick<Parts, Key> =>
  Object.fromEntries(keys.filter((key) => key in parts).map((key) => [key, parts[key]])) as Pick<Parts, Key>;

const connections = new WeakMap<Decider, Map<string, ConnectionDecider>>();

/** What a decider makes of a message; its connection is opened by the first one. */
export function decide(decider: Decider, text: string, parts: MessageParts = {}): Decision {
  const { identity = "CP1", ordinal = 1 } = parts;
  const open = connections.get(decider) ?? new Map<string, ConnectionDecider>();
  connections.set(decider, open);
  const key = `${identity} ${ordinal}`;
  const connection = open.get(key) ?? decider.open({ version: "1.6", identity, ordinal });
  open.set(key, connection);
  return connection.decide(ruledMessage(text, parts, connection));
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

/** The index of these one-line rules, all armed. */
export function indexOf(...rules: readonly string[]): RuleIndex {
  return new RuleIndex(LiveRules.armed(ruleSet(...rules)));
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
