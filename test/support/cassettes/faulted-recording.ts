// Makes recordings of a relay with rules.
import type { Entry, SessionEntry } from "../../../src/cassette/format/entry.js";
import { RelayWorld } from "../worlds/relay-player.js";
import { dialogueRecording } from "./dialogue-recording.js";

/** A rule file of one-line rules. */
export const rulesOf = (...lines: readonly string[]): string =>
  ["version: 1", "rules:", ...lines.map((line) => `  - ${line}`)].join("\n");

/** The recording of this world: a session entry, the opening of the connection, its entries. */
const taped = (world: RelayWorld, rules: string): readonly Entry[] => {
  const [session, opened] = dialogueRecording(["1 dial"], { identity: "CP1" });
  const header = { ...(session as SessionEntry), rules, seed: 7 };
  return [header, { ...opened, at: 1_000_000_000 } as Entry, ...world.entries];
};

/** A heartbeat. */
export const beat = (id: number): string => `[2,"${id}","Heartbeat",{}]`;

/** Plays a script to a relay with rules; returns the recording. */
export const recorded = (
  rules: string,
  script: readonly string[],
): { world: RelayWorld; recording: readonly Entry[] } => {
  const world = new RelayWorld({ rules });
  for (const line of script) world.perform(line);
  return { world, recording: taped(world, rules) };
};

/** Rules of every kind. */
export const someRules = rulesOf(
  "{ id: slow, when: { action: Heartbeat, direction: cp-to-csms }, trigger: { probability: 0.5 }, then: [ { delay: { ms: 200, jitter: 300 } } ] }",
  "{ id: gone, when: { action: Heartbeat, direction: cp-to-csms }, trigger: { probability: 0.3 }, then: [ drop: ] }",
  "{ id: twice, when: { action: Boot*, type: CALL }, trigger: { probability: 0.5 }, then: [ duplicate: ] }",
  "{ id: bad, when: { action: Boot*, type: CALL }, trigger: { every: 3 }, then: [ { malformed: { kind: truncated } } ] }",
  "{ id: deaf, when: { direction: csms-to-cp }, trigger: { every: 4 }, then: [ drop: ] }",
);
