// The metrics for Prometheus. No peer can make them grow without bound.
import { describe, expect, test } from "vitest";
import { Metrics } from "../../../src/admin/live/metrics.js";
import { beat, beatAnswer, down, gets, up } from "../../support/worlds/admin-talk.js";
import { startAdminWorld } from "../../support/worlds/admin-world.js";

describe("metrics", () => {
  test("metrics count connections, messages, faults, latencies and the bytes of cassettes", async () => {
    const world = await startAdminWorld();
    const { charger, csms } = await world.connect("/ocpp/CP1");
    await world.ask("POST", "/v1/rules", { id: "r", when: { action: "Authorize" }, then: [{ drop: {} }] });
    await world.ask("POST", "/v1/rules/r/arm");
    charger
      .send(up(beat("1")))
      .send(up('[2,"2","Authorize",{}]'))
      .send(up('[2,"3","Evil\\"Action",{}]'));
    await gets(csms, 2);
    csms.send(down(beatAnswer("1")));
    await gets(charger, 1);
    const { text, headers } = await world.ask("GET", "/metrics");
    expect(headers.get("content-type")).toContain("text/plain");
    for (const line of [
      "ocpp_vcr_connections 1",
      "ocpp_vcr_connections_total 1",
      'ocpp_vcr_messages_total{action="Heartbeat",direction="cp-to-csms",type="CALL"} 1',
      'ocpp_vcr_messages_total{action="other",direction="cp-to-csms",type="CALL"} 1',
      'ocpp_vcr_faults_total{rule="r",fault="drop"} 1',
      'ocpp_vcr_answer_seconds_count{action="Heartbeat",direction="cp-to-csms"} 1',
      "ocpp_vcr_gaps_total 0",
    ])
      expect(text).toContain(`${line}\n`);
    expect(text).toMatch(/^ocpp_vcr_tape_octets \d+$/m);
  });

  test("metrics label the first 200 rules and count all others as other", async () => {
    const metrics = new Metrics(
      () => 0,
      () => [],
    );
    const entry = {
      kind: "decision",
      connection: 1,
      direction: "cp-to-csms",
      at: 0,
      fault: "drop",
      type: "CALL",
      action: null,
      ordinal: 1,
      draw: null,
      outcome: "dropped",
      original: new Uint8Array(0),
      sent: [],
    } as const;
    for (let i = 0; i < 1000; i++) metrics.count({ ...entry, rule: `r${i}` }, undefined);
    metrics.countGap(5);
    const text = await metrics.text();
    expect(text.match(/^ocpp_vcr_faults_total\{/gm)?.length).toBe(201);
    expect(text).toContain('rule="other",fault="drop"} 800\n');
    expect(text).toContain("ocpp_vcr_entries_lost_total 5\n");
  });
});
