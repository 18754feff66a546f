// A frame fault on a relay with simulated sockets: what one side sends, what the other gets, what is recorded.
import { concat, noBytes, text } from "../../../src/base/bytes.js";
import type { Side } from "../../../src/base/direction.js";
import type { DecisionEntry } from "../../../src/cassette/format/entry.js";
import { applyMask, readHeader } from "../../../src/wire/websocket/frame.js";
import { RelayWorld } from "./relay-player.js";

/** A rule file with one rule, which acts on everything, or on what `when` names. */
export const oneFault = (then: string, when = "", more = ""): string =>
  `version: 1\nrules:\n  - { id: r1, when: { ${when} }, ${more}then: [ ${then} ] }\n`;

/** What a fault did in a relay. */
export interface Met {
  readonly world: RelayWorld;
  /** What the other side got, frame by frame. */
  readonly wire: readonly string[];
  readonly decisions: readonly DecisionEntry[];
  /** The recorded outcomes, each with what its fault sent. */
  readonly recorded: readonly string[];
}

/** Sends lines of one side (`text [2,...]`, `ping x`) through a relay with this fault. */
export function meet(then: string, from: Side, ...lines: readonly string[]): Met {
  const direction = from === "charger" ? "cp-to-csms" : "csms-to-cp";
  const world = new RelayWorld({ rules: oneFault(then, `direction: ${direction}`) });
  for (const line of lines) world.perform(`${from} ${line}`);
  return met(world, from === "charger" ? "csms" : "charger");
}

/** What a side got in a world, and what was recorded. */
export function met(world: RelayWorld, to: Side): Met {
  const decisions = world.entries.filter((entry): entry is DecisionEntry => entry.kind === "decision");
  const recorded = decisions.map(({ fault, outcome, sent }) =>
    [`${fault} ${outcome}`, ...described(concat([noBytes, ...sent]))].join(" | "),
  );
  return { world, wire: described(world.sentTo(to)), decisions, recorded };
}

/** Frames in words, legal or not: `fin op 1 masked 7:2 hi`; what is missing of the last one shows by its length. */
export function described(bytes: Uint8Array): readonly string[] {
  const words: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const header = readHeader(bytes, at);
    if (header === undefined) return [...words, `${bytes.length - at} bytes of a header`];
    const { fin, rsv, opcode, mask, lengthForm, declaredLength, headerLength } = header;
    const body = bytes.subarray(at + headerLength, at + headerLength + declaredLength);
    const payload = text(mask === undefined ? body : applyMask(body, mask));
    const flags = `${fin ? "fin" : "more"}${rsv === 0 ? "" : ` rsv ${rsv}`}`;
    const masked = mask === undefined ? "" : " masked";
    words.push(`${flags} op ${opcode}${masked} ${lengthForm}:${declaredLength} ${payload}`.trimEnd());
    at += headerLength + declaredLength;
  }
  return words;
}
