import { describe, expect, test } from "vitest";
import type { Entry, Unknowable } from "../../../src/cassette/format/entry.js";
import { limitOf } from "../../../src/relay/rehearse/source-limits.js";
import { ruleSet } from "../../rules/sample.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";

const session = (unknown: readonly Unknowable[]): Entry => ({
  kind: "session",
  format: 1,
  salt: 1,
  startedAt: "2026-01-01T00:00:00Z",
  identity: null,
  capture: "wire",
  source: "import",
  tool: "t",
  csms: null,
  seed: null,
  rules: null,
  unknown,
});

const whyOf = (rule: string, entries: readonly Entry[]): string | undefined => {
  const [only] = ruleSet(rule).rules;
  return only === undefined ? "no rule" : limitOf(only, entries);
};

const opened = dialogueRecording(["1 dial"]);
const knowing = (tls: { charger: null; csms: null }): readonly Entry[] =>
  opened.map((entry) => (entry.kind === "connection-opened" ? { ...entry, tls } : entry));

describe("what a recording cannot show", () => {
  test.each([
    ["{ id: a, then: [ { certificate: expired } ] }", [], "the recording holds no TLS handshake"],
    ["{ id: a, then: [ { certificate: expired } ] }", opened, "the recording does not hold TLS handshakes"],
    [
      "{ id: a, then: [ { certificate: expired } ] }",
      knowing({ charger: null, csms: null }),
      "no charge point connected with TLS",
    ],
    ["{ id: a, then: [ { refuse: 503 } ] }", [], "the recording holds no upgrade"],
    ["{ id: a, then: [ { refuse: 503 } ] }", opened, undefined],
    ["{ id: a, then: [ drop-ping: ] }", [session(["control-frames"])], "does not hold control frames"],
    ["{ id: a, then: [ drop-pong: ] }", [session([])], undefined],
    ["{ id: a, trigger: { idle: 5m }, then: [ close: ] }", [session(["times"])], "does not hold all times"],
    [
      "{ id: a, when: { not: { window: { from: 1s } } }, then: [ drop: ] }",
      [session(["times"])],
      "all times",
    ],
    ["{ id: a, when: { action: A }, then: [ drop: ] }", [session(["times"])], undefined],
  ] as const)("of the rule %s", (rule, entries, expected) => {
    const why = whyOf(rule, entries);
    if (expected === undefined) expect(why).toBeUndefined();
    else expect(why).toContain(expected);
  });
});
