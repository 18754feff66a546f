// Operator commands for open connections, and their notes on the cassettes.
import { describe, expect, test } from "vitest";
import { beat, beatAnswer, down, gets, textsOf, up } from "../../support/worlds/admin-talk.js";
import { type AdminWorld, startAdminWorld } from "../../support/worlds/admin-world.js";

const notes = (world: AdminWorld): readonly string[] =>
  world.entries.flatMap((entry) => (entry.kind === "note" ? [entry.code] : []));

describe("admin: connections", () => {
  test("open connections are listed with their counts and open CALLs, closed ones are not", async () => {
    const world = await startAdminWorld();
    const { charger, csms } = await world.connect("/ocpp/CP1");
    charger.send(up(beat("1")));
    await gets(csms, 1);
    const { connections } = (await world.ask("GET", "/v1/connections")).json;
    expect(connections).toMatchObject([
      { id: "1", identity: "CP1", ordinal: 1, state: "open", subprotocol: "ocpp1.6", faults: 0 },
    ]);
    expect(connections[0].openCalls).toEqual({ "cp-to-csms": 1, "csms-to-cp": 0 });
    const detail = (await world.ask("GET", "/v1/connections/1")).json;
    expect(detail.openCallsList["cp-to-csms"]).toMatchObject([{ id: "1", action: "Heartbeat" }]);
    expect((await world.ask("GET", "/v1/connections?identity=CP2")).json.connections).toEqual([]);
    charger.reset();
    await world.entry("connection-closed");
    expect((await world.ask("GET", "/v1/connections")).json.connections).toEqual([]);
    expect((await world.ask("POST", "/v1/connections/1/reset")).status).toBe(404);
  });

  test("close sends a close frame with its code to both sides", async () => {
    const world = await startAdminWorld();
    const { charger, csms } = await world.connect("/ocpp/CP1");
    expect((await world.ask("POST", "/v1/connections/1/close", { code: 1 })).status).toBe(400);
    const { status } = await world.ask("POST", "/v1/connections/1/close", { code: 1012, reason: "restart" });
    expect(status).toBe(202);
    expect(await gets(charger, 1)).toEqual(["close 1012"]);
    expect(await gets(csms, 1)).toEqual(["close 1012"]);
    charger.end();
    csms.end();
    await world.entry("connection-closed");
    expect(notes(world)).toContain("closed-by-hand");
  });

  test("reset resets both sides and is recorded as our own", async () => {
    const world = await startAdminWorld();
    const { charger, csms } = await world.connect("/ocpp/CP1");
    await world.ask("POST", "/v1/connections/1/reset");
    await charger.untilClosed();
    await csms.untilClosed();
    expect([charger.closed, csms.closed]).toEqual(["reset", "reset"]);
    expect((await world.entry("connection-closed")).ends[0]).toMatchObject({ by: "us", how: "reset" });
    expect(notes(world)).toContain("reset-by-hand");
  });

  test("a paused connection loses nothing and keeps the order, even if much is sent meanwhile", async () => {
    const world = await startAdminWorld();
    const { charger, csms } = await world.connect("/ocpp/CP1");
    await world.ask("POST", "/v1/connections/1/pause");
    expect((await world.ask("GET", "/v1/connections/1")).json.state).toBe("paused");
    const ids = Array.from({ length: 2000 }, (_, i) => `${i}`);
    const padding = "x".repeat(1000);
    for (const id of ids) charger.send(up(`[2,"${id}","DataTransfer",{"vendorId":"${padding}"}]`));
    csms.send(down('[2,"c","ClearCache",{}]'));
    // Everything that is read is recorded at once, so nothing has been read while it is paused.
    expect(world.entries.filter(({ kind }) => kind === "frame")).toEqual([]);
    expect((await world.ask("POST", "/v1/reset")).json).toEqual({ disarmed: 0, resumed: 1 });
    const got = await gets(csms, ids.length);
    expect(got.map((text) => (JSON.parse(text) as unknown[])[1])).toEqual(ids);
    expect(await gets(charger, 1)).toEqual(['[2,"c","ClearCache",{}]']);
    expect(notes(world).filter((code) => code.endsWith("by-hand"))).toEqual([
      "paused-by-hand",
      "resumed-by-hand",
    ]);
  });

  test("the answer to an injected CALL does not reach the other side; everything else does", async () => {
    const world = await startAdminWorld();
    const { charger, csms } = await world.connect("/ocpp/CP1");
    const text = '[2,"ours","Reset",{"type":"Soft"}]';
    await world.ask("POST", "/v1/connections/1/inject", { direction: "csms-to-cp", text });
    expect(await gets(charger, 1)).toEqual([text]);
    charger
      .send(up(beat("1")))
      .send(up('[3,"ours",{"status":"Accepted"}]'))
      .send(up(beat("2")));
    expect(await gets(csms, 2)).toEqual([beat("1"), beat("2")]);
    const decision = await world.entry("decision");
    expect(decision).toMatchObject({ type: "CALLRESULT", action: "Reset", fault: "inject", sent: [] });
    expect((await world.entry("injected")).by).toBe("the admin API (127.0.0.1)");
    expect((await world.ask("GET", "/v1/messages?id=ours")).json.messages).toMatchObject([
      { type: "CALLRESULT", rules: [{ fault: "inject" }] },
    ]);
  });

  test("release sends the messages that a rule holds until a command, in their order", async () => {
    const world = await startAdminWorld();
    const { charger, csms } = await world.connect("/ocpp/CP1");
    const rules =
      "version: 1\nrules: [ { id: h, when: { action: Heartbeat }, then: [ hold: { until: command } ] } ]";
    expect((await world.ask("POST", "/v1/rules", rules)).status).toBe(201);
    await world.ask("POST", "/v1/rules/arm", {});
    const other = '[2,"3","ClearCache",{}]';
    charger
      .send(up(beat("1")))
      .send(up(beat("2")))
      .send(up(other));
    expect(await gets(csms, 1)).toEqual([other]);
    expect((await world.ask("POST", "/v1/connections/1/release", {})).status).toBe(202);
    expect(await gets(csms, 3)).toEqual([other, beat("1"), beat("2")]);
    expect(notes(world)).toContain("released-by-hand");
  });

  test("an injection waits until no CALL of its direction is open, unless it says now", async () => {
    const world = await startAdminWorld();
    const { charger, csms } = await world.connect("/ocpp/CP1");
    charger.send(up(beat("1")));
    await gets(csms, 1);
    const inject = (id: string, when: string): Promise<unknown> =>
      world.ask("POST", "/v1/connections/1/inject", { direction: "cp-to-csms", text: beat(id), when });
    await inject("now", "now");
    expect(await gets(csms, 2)).toEqual([beat("1"), beat("now")]);
    await inject("idle", "idle");
    csms.send(down(beatAnswer("1")));
    await gets(charger, 1);
    expect(textsOf(csms)).toHaveLength(2);
    csms.send(down(beatAnswer("now")));
    expect(await gets(csms, 3)).toEqual([beat("1"), beat("now"), beat("idle")]);
    expect(textsOf(charger)).toEqual([beatAnswer("1")]);
  });

  test("an injection never comes between the fragments of a message", async () => {
    const world = await startAdminWorld();
    const { charger, csms } = await world.connect("/ocpp/CP1");
    const whole = up(beat("1"));
    charger.send(whole.subarray(0, 9));
    await csms.bodyOf(9);
    await world.ask("POST", "/v1/connections/1/inject", {
      direction: "cp-to-csms",
      text: beat("i"),
      when: "now",
    });
    charger.send(whole.subarray(9));
    expect(await gets(csms, 2)).toEqual([beat("1"), beat("i")]);
  });

  test("an injection without a valid direction, payload or time is refused", async () => {
    const world = await startAdminWorld();
    await world.connect("/ocpp/CP1");
    for (const body of [
      { direction: "cp-to-csms" },
      { direction: "sideways", text: "x" },
      { direction: "cp-to-csms", text: "x", base64: "eA==" },
      { direction: "cp-to-csms", base64: "%" },
      { direction: "cp-to-csms", text: "x", when: "later" },
    ])
      expect((await world.ask("POST", "/v1/connections/1/inject", body)).status).toBe(400);
  });
});
