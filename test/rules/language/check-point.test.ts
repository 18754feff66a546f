import { describe, expect, test } from "vitest";
import { readRules } from "../../../src/rules/language/read-rules.js";

const issuesOf = (when: string, then: string): readonly string[] =>
  readRules(`version: 1\nrules:\n  - { id: a, when: ${when}, then: [ ${then} ] }\n`).issues.map(
    ({ code, message }) => `${code}: ${message}`,
  );

describe("a rule that acts before there is a connection", () => {
  test.each([
    ["{ identity: CP1 }", "refuse: 503"],
    ["{ identity: CP1, state: { booted: true } }", "handshake-stall: 1s"],
    ["{ clock: { from: '22:00', to: '06:00' } }", "certificate: expired"],
    ["{ action: Heartbeat }", "down: 1s"],
    ["{ connection: 2 }", "latency: 1s"],
  ])("may ask %s for %s", (when, then) => {
    expect(issuesOf(when, then)).toEqual([]);
  });

  test.each([
    ["{ identity: CP1 }", "certificate: expired", /identity: certificate acts on TLS handshakes.*trigger/],
    ["{ any: [ { identity: CP1 } ] }", "tls-alert: {}", /identity/],
    ["{ action: Heartbeat }", "refuse: 503", /action: refuse acts on upgrades.*identity or clock/],
    ["{ not: { version: 1.6 }, connection: 2 }", "subprotocol: none", /connection, version/],
    ["{ window: { to: 1s } }", "handshake-stall: 1s", /window/],
  ])("cannot ask %s for %s", (when, then, why) => {
    const issues = issuesOf(when, then);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatch(/^too-early: /);
    expect(issues[0]).toMatch(why);
  });
});
