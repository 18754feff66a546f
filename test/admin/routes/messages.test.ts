// Finding messages by conditions, and waiting for them.
import { describe, expect, test } from "vitest";
import { beat, beatAnswer, down, gets, up } from "../../support/worlds/admin-talk.js";
import { startAdminWorld } from "../../support/worlds/admin-world.js";

describe("admin: messages", () => {
  test("messages are found by direction, type, action, charge point and number; answers have their CALL's action and latency", async () => {
    const world = await startAdminWorld();
    const [one, two] = [await world.connect("/ocpp/CP1"), await world.connect("/ocpp/CP*2")];
    one.charger.send(up(beat("1")));
    await gets(one.csms, 1);
    one.csms.send(down(beatAnswer("1")));
    await gets(one.charger, 1);
    two.charger.send(up("[no json"));
    await gets(two.csms, 1);
    const find = async (query: string): Promise<readonly unknown[]> =>
      (await world.ask("GET", `/v1/messages?${query}`)).json.messages.map(({ seq }: { seq: number }) => seq);
    expect(await find("")).toEqual([1, 2, 3]);
    expect(await find("direction=csms-to-cp")).toEqual([2]);
    expect(await find("type=unreadable")).toEqual([3]);
    expect(await find("action=Heart*")).toEqual([1, 2]);
    expect(await find("identity=CP*2")).toEqual([3]);
    expect(await find("identityLike=CP*")).toEqual([1, 2, 3]);
    expect(await find("since=1&limit=1")).toEqual([3]);
    expect(await find("text=currentTime")).toEqual([2]);
    expect(await find("connection=2")).toEqual([3]);
    const answered = (await world.ask("GET", "/v1/messages?type=CALLRESULT")).json.messages[0];
    expect(answered).toMatchObject({ action: "Heartbeat", id: "1" });
    expect(answered.latencyMs).toBeGreaterThanOrEqual(0);
    for (const wrong of ["direction=up", "type=CAL", "limit=0", "since=-1", "sinse=1"])
      expect([wrong, (await world.ask("GET", `/v1/messages?${wrong}`)).status]).toEqual([wrong, 400]);
  });

  test("a wait counts messages to come, and with since also kept ones", async () => {
    const world = await startAdminWorld();
    const { charger, csms } = await world.connect("/ocpp/CP1");
    charger.send(up(beat("1")));
    await gets(csms, 1);
    const before = await world.ask("GET", "/v1/messages/wait?action=Heartbeat&since=0");
    expect([before.status, before.json.messages.length]).toEqual([200, 1]);
    const waiting = world.ask("GET", "/v1/messages/wait?action=Heartbeat&count=2&timeout=20s");
    await world.ask("GET", "/healthz");
    charger
      .send(up(beat("2")))
      .send(up('[2,"x","Authorize",{}]'))
      .send(up(beat("3")));
    const after = await waiting;
    expect(after.json.messages.map(({ id }: { id: string }) => id)).toEqual(["2", "3"]);
  });

  test("a wait whose time is over answers 408 with near misses", async () => {
    const world = await startAdminWorld();
    const { charger, csms } = await world.connect("/ocpp/CP1");
    charger.send(up(beat("1")));
    await gets(csms, 1);
    const { status, json } = await world.ask(
      "GET",
      "/v1/messages/wait?action=Authorize&type=CALL&since=0&timeout=50ms",
    );
    expect([status, json.code, json.seen]).toEqual([408, "timeout", 1]);
    expect(json.nearMisses).toMatchObject([{ condition: "action", wanted: "Authorize", found: "Heartbeat" }]);
    for (const wrong of ["timeout=soon", "count=0", "timeout=2h"])
      expect((await world.ask("GET", `/v1/messages/wait?${wrong}`)).status).toBe(400);
  });
});
