// Rules on upgrades and on the run as a whole, on real sockets: refusals, stalls, subprotocols, outages, kicks.
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { text } from "../../../src/base/bytes.js";
import type { DecisionEntry } from "../../../src/cassette/format/entry.js";
import { createDecider } from "../../../src/rules/deciding/decide.js";
import { LiveRules } from "../../../src/rules/deciding/live-rules.js";
import { rulesOf } from "../../rules/sample.js";
import { switching, upgradeHead } from "../../support/peers/raw-peer.js";
import { settleSockets, stopTimers, untilHolds } from "../../support/runs/stopped-timers.js";
import { startWorld } from "../../support/worlds/proxy-world.js";
import { shown } from "../../support/worlds/relay-player.js";

const file = (...rules: readonly string[]): string =>
  `version: 1\nrules:\n${rules.map((rule) => `  - ${rule}\n`).join("")}`;

describe("an upgrade that a rule refuses", () => {
  test("a refused upgrade is answered with the rule's status, headers and body, and never reaches the CSMS", async () => {
    const then = '{ refuse: { status: 503, retryAfter: 120, headers: { X-Why: test }, body: "later" } }';
    const world = await startWorld({ rules: file(`{ id: r1, when: { identity: CP1 }, then: [ ${then} ] }`) });
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1", "Authorization: Basic c2VjcmV0"));
    await charger.untilEnd();
    expect(charger.text).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n/);
    expect(charger.text).toContain("\r\nRetry-After: 120\r\nX-Why: test\r\n\r\nlater");
    const decision = await world.entry("decision");
    expect(decision).toMatchObject({
      connection: 0,
      type: "upgrade",
      fault: "refuse",
      outcome: "refused 503",
    });
    expect(text(decision.original)).not.toContain("c2VjcmV0");
    expect(decision.sent.map((bytes) => text(bytes).slice(0, 12))).toEqual(["HTTP/1.1 503"]);
    expect(await world.entry("refused")).toMatchObject({ by: "us", status: 503, reason: "rule r1" });
    await world.connect("/CP2");
  });

  test("upgrades are counted for each charge point: the second one is refused, the third accepted", async () => {
    const rules = file("{ id: r1, trigger: { nth: 2, per: identity }, then: [ { refuse: 429 } ] }");
    const world = await startWorld({ rules });
    await world.connect("/CP1");
    await world.connect("/CP2");
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1"));
    await charger.untilEnd();
    expect(charger.text).toMatch(/^HTTP\/1\.1 429 /);
    await world.connect("/CP1");
    expect(world.entries.filter(({ kind }) => kind === "decision")).toMatchObject([{ ordinal: 2 }]);
  });
});

describe("an answer whose subprotocol a rule changes", () => {
  test.each([
    ["none", undefined],
    ["ocpp9.9", "Sec-WebSocket-Protocol: ocpp9.9"],
  ])("a changed subprotocol gives the answer %s, and the cassette holds both", async (answer, line) => {
    const rules = file(`{ id: r1, then: [ { subprotocol: ${answer} } ] }`);
    const world = await startWorld({ rules });
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1"));
    const csms = await world.csms.accept();
    await csms.head();
    const agreed = switching.replace("\r\n\r\n", "\r\nsec-websocket-protocol: ocpp1.6\r\n\r\n");
    csms.send(agreed);
    const head = await charger.head();
    expect(head).toContain("101");
    expect(head).not.toContain("ocpp1.6");
    if (line !== undefined) expect(head).toContain(line);
    expect(await world.entry("connection-opened")).toMatchObject({ subprotocol: "ocpp1.6" });
    const decision = await world.entry("decision");
    expect(decision).toMatchObject({ connection: 1, outcome: `subprotocol ${answer}` });
    expect(decision.sent.map(text)).toEqual([head]);
  });

  test("without a 101 the subprotocol is not changed, and the outcome says so", async () => {
    const world = await startWorld({ rules: file("{ id: r1, then: [ { subprotocol: none } ] }") });
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1"));
    const csms = await world.csms.accept();
    await csms.head();
    csms.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    await charger.untilEnd();
    expect(await world.entry("decision")).toMatchObject({
      connection: 0,
      outcome: "not applied: the CSMS did not agree to the upgrade",
    });
  });
});

describe("an upgrade that a rule stalls", () => {
  test("a stalled upgrade goes on after its time, with what came meanwhile", async () => {
    const world = await startWorld({ rules: file("{ id: r1, then: [ { handshake-stall: 80ms } ] }") });
    const charger = await world.dial();
    const accept = vi.fn();
    const accepted = world.csms.accept().then((peer) => {
      accept();
      return peer;
    });
    stopTimers();
    charger.send(upgradeHead("/CP1")).send("\x89\x80abcd");
    await untilHolds(() => world.context.rules?.rules.list()[0]?.applied === 1);
    vi.advanceTimersByTime(79);
    await settleSockets();
    expect(accept).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    const csms = await accepted;
    await csms.head();
    csms.send(switching);
    await charger.head();
    expect((await csms.bodyOf(6)).length).toBe(6);
    expect(await world.entry("decision")).toMatchObject({ outcome: "stalled 80 ms", connection: 1 });
  });

  test("an upgrade that is stalled without end waits until the charger gives up, and the CSMS is not asked", async () => {
    const world = await startWorld({ rules: file("{ id: r1, then: [ { handshake-stall: {} } ] }") });
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1"));
    await untilHolds(() => world.context.rules?.rules.list()[0]?.applied === 1);
    charger.end();
    expect(await world.entry("refused")).toMatchObject({
      reason: "the charger disconnected while a rule stalled its upgrade",
    });
    expect(await world.entry("decision")).toMatchObject({ outcome: "stalled for ever", connection: 0 });
  });
});

describe("a stall without an end", () => {
  test("a stalled upgrade goes on when its rule is disarmed", async () => {
    const world = await startWorld({ rules: file("{ id: r1, then: [ { handshake-stall: {} } ] }") });
    const rules = world.context.rules?.rules;
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1"));
    await vi.waitFor(() => expect(rules?.list()[0]?.applied).toBe(1));
    rules?.disarmAll();
    const csms = await world.csms.accept();
    await csms.head();
    csms.send(switching);
    expect(await charger.head()).toContain("101");
  });
});

describe("an outage", () => {
  test("an outage resets open and new connections, and ends after its time", async () => {
    const rules = file(
      "{ id: r1, when: { direction: cp-to-csms, identity: CP2 }, trigger: { times: 1, per: all }, then: [ { down: 300ms } ] }",
    );
    const world = await startWorld({ rules });
    const first = await world.connect("/CP1");
    const second = await world.connect("/CP2");
    second.charger.send("\x81\x80abcd");
    await first.charger.untilClosed();
    await second.csms.untilClosed();
    // The reset may come before the connect event.
    const late = await world.dial().catch(() => undefined);
    await late?.untilClosed();
    expect(late?.text ?? "").toBe("");
    const closed = world.entries.filter(({ kind }) => kind === "connection-closed");
    expect(closed).toMatchObject([
      { ends: [{ by: "us", how: "reset" }] },
      { ends: [{ by: "us", how: "reset" }] },
    ]);
    expect(await world.entry("refused")).toMatchObject({
      by: "us",
      status: null,
      reason: expect.stringMatching(/^rule r1: down for another \d+ ms$/) as string,
    });
    await wait(320);
    await world.connect("/CP1");
  });

  test("an outage can close the port, which opens again after its time", async () => {
    const rules = file(
      "{ id: r1, when: { direction: cp-to-csms }, trigger: { times: 1, per: all }, then: [ { down: { for: 400ms, port: closed } } ] }",
    );
    const world = await startWorld({ rules });
    const { charger } = await world.connect("/CP1");
    charger.send("\x81\x80abcd");
    await charger.untilClosed();
    await expect(world.dial()).rejects.toThrow("ECONNREFUSED");
    await vi.waitFor(() => world.connect("/CP1"), { timeout: 5000, interval: 50 });
  });

  test("an outage ends as soon as its rule is disarmed", async () => {
    const live = LiveRules.armed(
      rulesOf(file("{ id: r1, when: { direction: cp-to-csms }, then: [ { down: 1h } ] }")),
    );
    const world = await startWorld({ decider: createDecider(live, 0) });
    const { charger } = await world.connect("/CP1");
    charger.send("\x81\x80abcd");
    await charger.untilClosed();
    live.disarm("r1");
    await world.connect("/CP1");
  });

  test("an outage for one charge point does not affect others", async () => {
    const then = "{ down: { for: 60s, scope: identity } }";
    const rules = file(
      `{ id: r1, when: { identity: CP1 }, trigger: { nth: 1, per: identity }, then: [ ${then} ] }`,
    );
    const world = await startWorld({ rules });
    for (let i = 0; i < 2; i++) {
      const charger = await world.dial();
      charger.send(upgradeHead("/CP1"));
      await charger.untilClosed();
      expect(charger.text).toBe("");
    }
    await world.connect("/CP2");
    const decisions = world.entries.filter((entry): entry is DecisionEntry => entry.kind === "decision");
    expect(decisions).toMatchObject([{ type: "upgrade", outcome: "down 60000 ms" }]);
  });
});

describe("a charge point that connects twice under a kick", () => {
  test("a kick can keep the new connection", async () => {
    const world = await startWorld({ rules: file("{ id: r1, then: [ { kick: { keep: new } } ] }") });
    const old = await world.connect("/CP1");
    const other = await world.connect("/CP2");
    const next = await world.connect("/CP1");
    await old.charger.untilEnd();
    await old.csms.untilEnd();
    expect(shown(old.charger.body)).toBe("close 1008 duplicate connection");
    next.csms.send("\x89\x00");
    other.csms.send("\x89\x00");
    expect(shown(await next.charger.bodyOf(2))).toBe("ping");
    expect(shown(await other.charger.bodyOf(2))).toBe("ping");
    expect(await world.entry("injected")).toMatchObject({ by: "r1", connection: 1 });
  });

  test("a kick can keep the old connection", async () => {
    const world = await startWorld({
      rules: file("{ id: r1, then: [ { kick: { keep: old, code: 4001 } } ] }"),
    });
    const old = await world.connect("/CP1");
    const next = await world.connect("/CP1");
    await next.charger.untilEnd();
    expect(shown(next.charger.body)).toBe("close 4001 duplicate connection");
    old.csms.send("\x89\x00");
    expect(shown(await old.charger.bodyOf(2))).toBe("ping");
  });
});
