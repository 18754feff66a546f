// Adding, arming, disarming and replacing rules while traffic runs.
import { describe, expect, test } from "vitest";
import { beat, gets, textsOf, up } from "../../support/worlds/admin-talk.js";
import { type AdminWorld, startAdminWorld } from "../../support/worlds/admin-world.js";

const dropBeat = { id: "gone", when: { action: "Heartbeat" }, then: [{ drop: {} }] };
const file = (...rules: readonly string[]): string =>
  `version: 1\nrules:\n${rules.map((rule) => `  - ${rule}\n`).join("")}`;
const keep = "{ id: keep, when: { action: Authorize, type: CALL }, then: [ { duplicate: {} } ] }";

const armedIn = (world: AdminWorld): readonly string[] => world.rules.active.map(({ rule }) => rule.id);

describe("admin: rules", () => {
  test("new rules are not armed; they act when armed and stop when disarmed, on an open connection", async () => {
    const world = await startAdminWorld();
    const { charger, csms } = await world.connect("/ocpp/CP1");
    const added = await world.ask("POST", "/v1/rules", dropBeat);
    expect([added.status, added.json.rules[0].armed]).toEqual([201, false]);
    charger.send(up(beat("1")));
    await gets(csms, 1);
    expect((await world.ask("POST", "/v1/rules/gone/arm")).json.rules[0].armed).toBe(true);
    charger.send(up(beat("2"))).send(up('[2,"3","Authorize",{}]'));
    await gets(csms, 2);
    expect((await world.ask("POST", "/v1/rules/gone/disarm")).status).toBe(200);
    charger.send(up(beat("4")));
    expect((await gets(csms, 3)).map((text) => (JSON.parse(text) as unknown[])[1])).toEqual(["1", "3", "4"]);
    expect((await world.ask("GET", "/v1/rules/gone")).json).toMatchObject({
      matched: 1,
      applied: 1,
      armed: false,
    });
    const codes = world.entries.flatMap((entry) => (entry.kind === "note" ? [entry.code] : []));
    expect(codes).toEqual(["rules-changed", "rules-armed", "rules-disarmed"]);
  });

  test("replacing rules keeps unchanged ones armed with their counts, and repeating it changes nothing", async () => {
    const world = await startAdminWorld();
    await world.ask("PUT", "/v1/rules", file(keep, "{ id: other, then: [ { delay: 1ms } ] }"));
    await world.ask("POST", "/v1/rules/arm", { ids: ["keep"] });
    const again = await world.ask("PUT", "/v1/rules", file(keep, "{ id: other, then: [ { delay: 2ms } ] }"));
    expect(again.json.rules.map(({ id, armed }: { id: string; armed: boolean }) => [id, armed])).toEqual([
      ["keep", true],
      ["other", false],
    ]);
    const { generation } = world.rules;
    const eventCount = world.events.length;
    expect(
      (await world.ask("PUT", "/v1/rules", file(keep, "{ id: other, then: [ { delay: 2ms } ] }"))).json,
    ).toEqual(again.json);
    await world.ask("POST", "/v1/rules", file(keep));
    expect([world.rules.generation, world.events.length]).toEqual([generation, eventCount]);
    await world.ask("PUT", "/v1/rules", file("{ id: other, then: [ { delay: 2ms } ] }"));
    expect(armedIn(world)).toEqual([]);
  });

  test("rules with errors change nothing, and all errors are reported with their positions", async () => {
    const world = await startAdminWorld();
    await world.ask("PUT", "/v1/rules", file(keep));
    await world.ask("POST", "/v1/rules/keep/arm");
    const wrong = await world.ask(
      "PUT",
      "/v1/rules",
      "version: 1\nrules:\n  - id: x\n    when: { aktion: A }\n    then: [ { dropp: {} } ]\n",
    );
    expect([wrong.status, wrong.json.code]).toEqual([422, "rules-invalid"]);
    expect(wrong.json.issues.map(({ where }: { where: string }) => where.split(":")[0])).toEqual(["4", "5"]);
    expect(armedIn(world)).toEqual(["keep"]);
    expect(world.events.at(-1)?.code).toBe("rules-refused");
    const one = await world.ask("POST", "/v1/rules", { id: "x", then: [{ dropp: {} }] });
    expect(one.json.issues[0].where).toMatch(/^1:/);
  });

  test("one rule can be changed, armed and removed; an unknown rule is not found", async () => {
    const world = await startAdminWorld();
    await world.ask("POST", "/v1/rules", dropBeat);
    expect((await world.ask("PATCH", "/v1/rules/gone", { armed: true, ttl: "1h" })).json).toMatchObject({
      armed: true,
    });
    const changed = await world.ask("PATCH", "/v1/rules/gone", {
      rule: { ...dropBeat, trigger: { nth: 2 } },
    });
    expect(changed.json).toMatchObject({ armed: false, ttlMs: null });
    expect(changed.json.explanation).toContain("2nd");
    expect((await world.ask("PATCH", "/v1/rules/gone", { rule: { ...dropBeat, id: "b" } })).status).toBe(400);
    expect((await world.ask("DELETE", "/v1/rules/gone")).json).toEqual({ removed: true, rules: [] });
    const again = await world.ask("DELETE", "/v1/rules/gone");
    expect([again.status, again.json]).toEqual([200, { removed: false, rules: [] }]);
    for (const [method, path] of [
      ["GET", "/v1/rules/gone"],
      ["PATCH", "/v1/rules/gone"],
      ["POST", "/v1/rules/gone/arm"],
    ] as const)
      expect([path, (await world.ask(method, path, method === "PATCH" ? {} : undefined)).status]).toEqual([
        path,
        404,
      ]);
    expect((await world.ask("POST", "/v1/rules/arm", { ids: ["gone"] })).status).toBe(404);
  });

  test("a rule disarms itself when its ttl is over", async () => {
    const world = await startAdminWorld();
    await world.connect("/ocpp/CP1");
    await world.ask("POST", "/v1/rules", dropBeat);
    await world.ask("POST", "/v1/rules/gone/arm", { ttl: "30ms" });
    let code = "";
    while (code !== "rules-disarmed") code = (await world.entry("note")).code;
    expect(armedIn(world)).toEqual([]);
    expect(world.events.at(-1)).toMatchObject({ code: "rules-disarmed", ids: ["gone"] });
    expect(world.events.at(-1)?.message).toContain("are over");
    for (const ttl of ["soon", "0s", "25h"])
      expect((await world.ask("POST", "/v1/rules/gone/arm", { ttl })).status).toBe(400);
  });

  test("arming rules needs a ttl if the target is marked production", async () => {
    const world = await startAdminWorld({ needsTtl: true });
    await world.ask("POST", "/v1/rules", dropBeat);
    const refused = await world.ask("POST", "/v1/rules/gone/arm");
    expect([refused.status, refused.json.code]).toEqual([409, "needs-ttl"]);
    expect(
      (await world.ask("POST", "/v1/rules/gone/arm", { ttl: "1m" })).json.rules[0].ttlMs,
    ).toBeGreaterThan(0);
  });

  test("rules act only on the charge points of --fault-identities, whatever they match", async () => {
    const world = await startAdminWorld({ fence: ["LAB-*"] });
    await world.ask("POST", "/v1/rules", dropBeat);
    await world.ask("POST", "/v1/rules/arm");
    const [lab, field] = [await world.connect("/ocpp/LAB-1"), await world.connect("/ocpp/CP1")];
    for (const { charger } of [lab, field]) charger.send(up(beat("1"))).send(up('[2,"2","Authorize",{}]'));
    expect(await gets(field.csms, 2)).toHaveLength(2);
    expect(await gets(lab.csms, 1)).toEqual(['[2,"2","Authorize",{}]']);
    expect(textsOf(field.csms)).toEqual([beat("1"), '[2,"2","Authorize",{}]']);
  });

  test("a rule that can destroy billing data has a warning", async () => {
    const world = await startAdminWorld();
    const { json } = await world.ask("POST", "/v1/rules", file("{ id: all, then: [ { drop: {} } ] }", keep));
    expect(json.rules[0].warning).toContain("3.7.1");
    expect(json.rules[1].warning).toBeNull();
  });

  test("near misses name the condition that a message failed", async () => {
    const world = await startAdminWorld();
    const { charger, csms } = await world.connect("/ocpp/CP1");
    await world.ask(
      "POST",
      "/v1/rules",
      file("{ id: near, when: { action: Heartbeat, type: CALLRESULT }, then: [ { drop: {} } ] }"),
    );
    charger.send(up(beat("1")));
    await gets(csms, 1);
    const { json } = await world.ask("GET", "/v1/near-misses?rule=near");
    expect(json.nearMisses).toMatchObject([
      { rule: "near", condition: "type", found: "CALL", message: { id: "1" } },
    ]);
    expect((await world.ask("GET", "/v1/near-misses?rule=none")).status).toBe(404);
  });

  test("a new connection gets a note about armed rules, and reset disarms all of them", async () => {
    const world = await startAdminWorld();
    await world.ask("POST", "/v1/rules", dropBeat);
    await world.ask("POST", "/v1/rules/arm");
    await world.connect("/ocpp/CP1");
    const note = await world.entry("note");
    expect(note.message).toContain("armed when the connection opened: rule gone");
    expect((await world.ask("POST", "/v1/reset")).json).toEqual({ disarmed: 1, resumed: 0 });
    expect((await world.ask("POST", "/v1/reset")).json).toEqual({ disarmed: 0, resumed: 0 });
    expect(armedIn(world)).toEqual([]);
  });
});
