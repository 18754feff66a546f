// What a sweep tries: every fault of the catalogue in a rule of its own, set so that it acts once, soon, and on a
// message that matters; or every rule of a file alone. What tests nothing of a CSMS is left out, with the reason.
// Knows nothing of replays and outcomes.

import type { Direction } from "../base/direction.js";
import { type FaultName, faultNames, faultOf } from "../rules/faults/registry.js";
import { readRules } from "../rules/language/read-rules.js";
import type { Rule, RuleSet } from "../rules/language/rule-set.js";
import { broughtForward } from "./bring-forward.js";
import { type TriedDialogue, transactionActions, whyUnmet } from "./tried-dialogue.js";

/** One fault, or one rule, that a recording is replayed through. */
export interface Trial {
  /** The fault's name, or the rule's id. */
  readonly name: string;
  /** Its only rule. */
  readonly ruleSet: RuleSet;
  /** Whether a peer must fail the connection on what the rule sends to the CSMS (RFC 6455 section 7.1.7). */
  readonly mustClose: boolean;
  /** Whether the charger must not wait for answers, because nothing else would come to overtake what is held back. */
  readonly needsCrowd: boolean;
  /** Whether it acts on two connections at once, of which a replay may have none. */
  readonly needsTwo: boolean;
  /** Why it acted on nothing, if it did. */
  readonly unmet: string;
  /** Whether the rule acts sooner than its file says. */
  readonly isForward: boolean;
  /** The same rule brought forward, for where its own moment does not come. */
  readonly sooner?: Trial;
}

/** Something that is not tried, and why. */
export interface LeftOut {
  readonly name: string;
  readonly why: string;
}

/** What is tried, and what is not. */
export interface Trials {
  readonly trials: readonly Trial[];
  readonly leftOut: readonly LeftOut[];
}

/** `again`: where an earlier message of the same action went by; a direction: of frames that are no messages. */
type Moment = "start" | "running" | "again" | "metered" | "connection" | Direction;

/** What is set differently than in the fault's example: shorter times, other places, and when it acts. */
interface Setting {
  readonly then?: string;
  /** For OCPP 2.x, where the places have other names. */
  readonly then2?: string;
  readonly when?: Moment;
}

const settings: Partial<Readonly<Record<FaultName, Setting>>> = {
  delay: { then: "delay: { ms: 300ms }" },
  reorder: { then: "reorder: { gap: 1, within: 500ms }" },
  hold: { then: "hold: { within: 500ms }" },
  "replay-earlier": { when: "again" },
  "type-changed": { when: "running" },
  "action-changed": { when: "running" },
  "late-response": { then: "late-response: { after: 500ms }" },
  "out-of-order-calls": { then: "out-of-order-calls: { within: 500ms }" },
  inject: { then: "inject: { direction: cp-to-csms, action: Heartbeat, payload: {} }" },
  set: { then2: "set: { path: /idToken/idToken, value: UNKNOWN }" },
  remove: { then2: "remove: { path: /seqNo }" },
  rename: { then2: "rename: { path: /seqNo, to: seqno }" },
  patch: { then2: "patch: [ { op: replace, path: /seqNo, value: 99 } ]" },
  "type-swap": { then2: "type-swap: { path: /seqNo }" },
  "null-optional": { then: "null-optional: {}" },
  "too-long": { then2: "too-long: { path: /idToken/idToken }" },
  "number-form": { then2: 'number-form: { path: /seqNo, form: "9223372036854775808" }' },
  "unit-swap": { when: "metered" },
  "meter-backwards": { when: "metered" },
  encoding: { then: "encoding: { form: utf-16le }" },
  "ping-flood": { then: "ping-flood: { n: 100, gap: 1ms }" },
  "drop-ping": { when: "csms-to-cp" },
  "drop-pong": { when: "cp-to-csms" },
  "wrong-pong": { when: "cp-to-csms" },
  latency: { then: "latency: { ms: 100ms, jitter: 50ms }", when: "connection" },
  bandwidth: { then: "bandwidth: { rate: 8 }", when: "connection" },
  slicer: { when: "connection" },
  "slow-close": { then: "slow-close: { delay: 300ms }", when: "connection" },
  blackhole: { when: "running" },
  "half-open": { when: "running" },
  "reset-peer": { then: "reset-peer: {}", when: "running" },
  "limit-data": { then: "limit-data: { bytes: 1500, direction: cp-to-csms }", when: "connection" },
  down: { then: "down: { for: 500ms }", when: "running" },
  refuse: { then: "refuse: { status: 503 }" },
  "handshake-stall": { then: "handshake-stall: { ms: 300ms }" },
};

const leftOutReasons: Partial<Readonly<Record<FaultName, string>>> = {
  respond: "it answers in the CSMS's place, and the charger repeats nothing: no CSMS could recover",
  kick: "it acts on two connections of the charge point at once, and a replay has one after the other",
  subprotocol: "it changes what the charger is answered; the CSMS sees nothing of it",
};

/** Frames that a receiver must answer with the end of the connection. */
const fatal: ReadonlySet<FaultName> = new Set<FaultName>([
  "invalid-utf8",
  "bad-rsv",
  "compressed-unnegotiated",
  "reserved-opcode",
  "unmasked",
  "oversized-control",
  "fragmented-control",
  "orphan-continuation",
  "interleaved-messages",
]);

const mustClose = ({ faults }: Rule): boolean => faults.some(({ kind }) => fatal.has(kind));

const noTls = "it acts on the TLS handshake between charger and proxy, which is plain in a sweep";
const toCharger = "it acts on what the CSMS says, and so tests the charger";

const whyLeftOut = (name: FaultName): string | undefined => {
  const { layer, only } = faultOf(name);
  if (layer === "tls") return noTls;
  return only === "csms-to-cp" ? toCharger : leftOutReasons[name];
};

const whenOf = (moment: Moment, dialogue: TriedDialogue): string => {
  if (moment === "csms-to-cp" || moment === "cp-to-csms") return `{ direction: ${moment} }`;
  const wanted = transactionActions(moment === "start" ? "start" : "running", dialogue);
  const isSecond = moment === "again" || (moment === "running" && wanted.includes("TransactionEvent"));
  const meant = wanted.length > 0 ? `, action: [${wanted.join(", ")}]` : "";
  const metered =
    moment === "metered" && wanted.length > 0 ? ", path: { /meterValue: { exists: true } }" : "";
  const trigger = `trigger: { nth: ${isSecond ? 2 : 1}, per: identity }`;
  return `{ direction: cp-to-csms, type: CALL${meant}${metered} }\n    ${trigger}`;
};

const ruleText = (name: FaultName, dialogue: TriedDialogue): string => {
  const { example, points } = faultOf(name);
  const { then, then2, when = points[0] === "message" ? "start" : "connection" } = settings[name] ?? {};
  const own = dialogue.version === "1.6" ? then : (then2 ?? then);
  const lines = ["version: 1", "rules:", `  - id: ${name}`];
  // Without a `when` a fault acts where it acts usually: on connections, upgrades, control frames.
  if (when !== "connection") lines.push(`    when: ${whenOf(when, dialogue)}`);
  return `${[...lines, `    then: [ { ${own ?? example} } ]`].join("\n")}\n`;
};

const crowded: ReadonlySet<FaultName> = new Set<FaultName>(["reorder", "out-of-order-calls"]);

const trialOf = (ruleSet: RuleSet, rule: Rule, dialogue: TriedDialogue): Trial => ({
  name: rule.id,
  ruleSet: { ...ruleSet, rules: [rule] },
  mustClose: rule.when.direction !== "csms-to-cp" && mustClose(rule),
  needsCrowd: rule.when.direction !== "csms-to-cp" && rule.faults.some(({ kind }) => crowded.has(kind)),
  needsTwo: rule.faults.every(({ kind }) => kind === "kick"),
  unmet: whyUnmet(rule, dialogue),
  isForward: false,
});

/** Every fault of the catalogue that can disturb a CSMS. */
export function catalogueTrials(dialogue: TriedDialogue): Trials {
  const trials: Trial[] = [];
  const leftOut: LeftOut[] = [];
  for (const name of faultNames) {
    const why = whyLeftOut(name);
    const { ruleSet } = readRules(ruleText(name, dialogue));
    const [rule] = ruleSet?.rules ?? [];
    if (why !== undefined) leftOut.push({ name, why });
    else if (ruleSet !== undefined && rule !== undefined) trials.push(trialOf(ruleSet, rule, dialogue));
  }
  return { trials, leftOut };
}

const waits = ({ faults }: Rule): boolean =>
  faults.some((use) => use.kind === "reset-peer" && use.settings.after > 0);

const trialsOf = (ruleSet: RuleSet, rule: Rule, dialogue: TriedDialogue): Trial => {
  const trial = trialOf(ruleSet, rule, dialogue);
  const forward = broughtForward(ruleSet, rule, dialogue);
  const [own] = forward?.rules ?? [];
  if (forward === undefined || own === undefined) return trial;
  const sooner = { ...trialOf(forward, own, dialogue), isForward: true };
  // A reset that waits would come behind the replay, though its rule has acted.
  return waits(rule) ? sooner : { ...trial, sooner };
};

/** Every rule of a file, each alone. */
export function ruleTrials(ruleSet: RuleSet, dialogue: TriedDialogue): Trials {
  const isTls = ({ point }: Rule): boolean => point === "tls";
  return {
    trials: ruleSet.rules.filter((rule) => !isTls(rule)).map((rule) => trialsOf(ruleSet, rule, dialogue)),
    leftOut: ruleSet.rules.filter(isTls).map(({ id }) => ({ name: id, why: noTls })),
  };
}
