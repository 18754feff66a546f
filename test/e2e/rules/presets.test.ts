// The presets in examples/faults/: each is valid, is listed in the reference, and each of its rules acts, on a recording or
// in virtual time.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadRules, presetNames, readRuleFile, ruleFilePath } from "../../../src/app/rule-file.js";
import { utf8 } from "../../../src/base/bytes.js";
import { rehearse } from "../../../src/relay/rehearse/rehearse.js";
import { connectionEvent } from "../../../src/rules/contract/ruled-message.js";
import { createDecider } from "../../../src/rules/deciding/decide.js";
import { faults } from "../../../src/rules/faults/registry.js";
import type { RuleSet } from "../../../src/rules/language/rule-set.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { startWorld } from "../../support/worlds/proxy-world.js";
import { chargerMask } from "../../support/worlds/relay-player.js";

const time = '"2026-01-01T00:00:00Z"';
const meter = `{"connectorId":1,"transactionId":1,"meterValue":[{"timestamp":${time},"sampledValue":[{"value":"1"}]}]}`;
const event = (type: string, seq: number): string =>
  `{"eventType":"${type}","timestamp":${time},"triggerReason":"Authorized","seqNo":${seq},"transactionInfo":{"transactionId":"t"}}`;

/** A charge point that connects four times, the first time for two hours and more. */
const story = (calls: readonly (readonly [action: string, payload: string])[]): readonly string[] => {
  let n = 0;
  const exchange = (connection: number, at: number, action: string, payload: string): readonly string[] => {
    const id = `m${++n}`;
    const ask = `[2,"c${n}","GetConfiguration",{}]`;
    return [
      `@${at} ${connection}> [2,"${id}","${action}",${payload}]`,
      `${connection}< [3,"${id}",{}]`,
      `${connection}< ${ask}`,
      `${connection}> [3,"c${n}",{}]`,
      `${connection}< hex:8900`,
      `${connection}> hex:8a8001020304`,
    ];
  };
  return [1, 2, 3, 4].flatMap((connection) => {
    const start = (connection - 1) * 20_000_000;
    return [
      `@${start} ${connection} dial`,
      ...Array.from({ length: 15 }, (_, i) =>
        calls.flatMap(([action, payload], j) =>
          exchange(connection, start + 1000 + i * 600_000 + j * 15_000, action, payload),
        ),
      ).flat(),
      `${connection} fin`,
      `${connection} gone`,
    ];
  });
};

const cassettes = [
  dialogueRecording(
    story([
      ["BootNotification", '{"chargePointVendor":"V","chargePointModel":"M"}'],
      ["StartTransaction", `{"connectorId":1,"idTag":"A","meterStart":0,"timestamp":${time}}`],
      ["MeterValues", meter],
      ["StopTransaction", `{"transactionId":1,"meterStop":9,"timestamp":${time}}`],
    ]),
  ),
  dialogueRecording(
    story([
      ["TransactionEvent", event("Started", 0)],
      ["TransactionEvent", event("Updated", 1)],
      ["TransactionEvent", event("Ended", 2)],
    ]),
    { subprotocol: "ocpp2.0.1" },
  ),
];

const acted = (ruleSet: RuleSet): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const cassette of cassettes)
    for (const { entry } of rehearse(cassette, createDecider(ruleSet, ruleSet.seed ?? 0)))
      if (entry.kind === "decision") found.add(entry.rule);
  // Upgrades and handshakes are on no cassette: five of each.
  const decider = createDecider(ruleSet, ruleSet.seed ?? 0);
  for (const type of ["upgrade", "tls"] as const)
    for (let i = 0; i < 5; i++) {
      const connection = decider.beforeConnection("CP-1");
      for (const { rule } of connection.decide(connectionEvent(connection, type, i)).applied) found.add(rule);
    }
  return found;
};

describe.each(presetNames())("the preset %s", (name) => {
  test("a preset has no errors, and its head says what happens and what good peers do", () => {
    const { ruleSet, issues } = readRuleFile(`preset:${name}`);
    expect(issues).toEqual([]);
    expect(ruleSet?.seed).toBeDefined();
    const lines = readFileSync(ruleFilePath(`preset:${name}`), "utf8").split("\n");
    const header = lines.slice(0, lines.indexOf("version: 1"));
    expect(header.length).toBeGreaterThanOrEqual(3);
    expect(header.length).toBeLessThanOrEqual(8);
    expect(header.every((line) => line.startsWith("# "))).toBe(true);
    expect(header.join(" ")).toMatch(/good (charge point|receiver)/i);
  });

  test("every rule of a preset acts", () => {
    const ruleSet = loadRules(`preset:${name}`);
    expect([...acted(ruleSet)].sort()).toEqual(ruleSet.rules.map(({ id }) => id).sort());
  });

  test("a preset is listed in the reference of rules", () => {
    expect(readFileSync(new URL("../../../docs/reference/rules.md", import.meta.url), "utf8")).toContain(
      `\`${name}\``,
    );
  });
});

test("malformed-frames contains every frame fault", () => {
  const used = new Set(
    loadRules("preset:malformed-frames").rules.flatMap((rule) => rule.faults.map(({ fault }) => fault.name)),
  );
  expect(faults.filter(({ name, layer }) => layer === "frame" && !used.has(name))).toEqual([]);
});

test("malformed-frames has pongs to damage even if no peer sends pings", async () => {
  const world = await startWorld({ rules: readFileSync(ruleFilePath("preset:malformed-frames"), "utf8") });
  const { charger, csms } = await world.connect("/CP1");
  for (let i = 1; i <= 4; i++) {
    const call = { opcode: 1, payload: utf8(`[2,"m${i}","Heartbeat",{}]`), mask: chargerMask };
    const bytes = encodeFrame(call);
    const before = csms.body.length;
    charger.send(bytes);
    await csms.bodyOf(before + bytes.length + (i % 2 > 0 ? 0 : 1));
    if (i % 2 > 0) continue;
    csms.send(encodeFrame({ opcode: 10, payload: utf8("flood") }));
    await world.entry("decision");
    if (i === 4) await world.entry("decision");
    await world.entry("decision");
  }
  const seen = world.entries.flatMap((entry) =>
    entry.kind === "decision" ? [`${entry.rule} ${entry.type}`] : [],
  );
  expect(seen).toEqual([
    "ping-for-wrong-pong CALL",
    "wrong-pong pong",
    "fragment CALL",
    "ping-for-drop-pong CALL",
    "drop-pong pong",
  ]);
});

test("an unknown preset is refused with the most similar name", () => {
  expect(() => loadRules("preset:flaky-4")).toThrow(
    expect.objectContaining({ code: "RULES_INVALID", hint: "Did you mean preset:flaky-4g?" }),
  );
});
