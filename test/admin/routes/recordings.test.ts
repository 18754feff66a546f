// Stopping and starting recording, markers, and the export of the cassettes so far.
import { describe, expect, test } from "vitest";
import { beat, gets, up } from "../../support/worlds/admin-talk.js";
import { startAdminWorld } from "../../support/worlds/admin-world.js";

describe("admin: recordings", () => {
  test("a stopped recording leaves traffic out, and gets a gap with the count when it starts again", async () => {
    const world = await startAdminWorld();
    const { charger, csms } = await world.connect("/ocpp/CP1");
    charger.send(up(beat("1")));
    await gets(csms, 1);
    expect(
      (await world.ask("POST", "/v1/recordings/stop", { identity: "CP1" })).json.recordings,
    ).toMatchObject([{ identity: "CP1", state: "stopped" }]);
    charger.send(up(beat("2")));
    await gets(csms, 2);
    expect((await world.ask("GET", "/v1/messages?id=2")).json.messages).toHaveLength(1);
    await world.ask("POST", "/v1/recordings/start", { identity: "CP1" });
    charger.send(up(beat("3")));
    await gets(csms, 3);
    expect((await world.ask("POST", "/v1/recordings/marker", { text: "gun stuck" })).json).toEqual({
      marked: 1,
    });
    const { text, headers } = await world.ask("GET", "/v1/recordings/export?identity=CP1");
    expect(headers.get("content-type")).toBe("application/x-ndjson");
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { kind: string; text?: string; entries?: number; code?: string });
    expect(lines.filter(({ kind }) => kind === "frame").map((line) => line.text)).toEqual([
      beat("1"),
      beat("3"),
    ]);
    expect(lines.find(({ kind }) => kind === "gap")?.entries).toBe(1);
    expect(lines.flatMap(({ code }) => code ?? [])).toEqual(["recording-stopped", "recording-started"]);
    expect(lines.find(({ kind }) => kind === "marker")?.text).toBe("gun stuck");
  });

  test("stopping all recordings includes charge points that connect later, until all are started", async () => {
    const world = await startAdminWorld();
    await world.ask("POST", "/v1/recordings/stop");
    await world.connect("/ocpp/CP1");
    expect((await world.ask("GET", "/v1/recordings")).json.recordings).toMatchObject([{ state: "stopped" }]);
    expect((await world.ask("POST", "/v1/recordings/start")).json.recordings).toMatchObject([
      { state: "recording" },
    ]);
    expect((await world.ask("POST", "/v1/recordings/stop", { identity: "CP9" })).status).toBe(404);
    expect((await world.ask("POST", "/v1/recordings/marker", {})).status).toBe(400);
  });
});
