// The admin API put together: what is open to everybody, and its end.
import { expect, test } from "vitest";
import { startAdminWorld } from "../support/worlds/admin-world.js";

test("only healthz is open, and after its end nobody answers", async () => {
  const world = await startAdminWorld();
  expect(world.admin.routes.filter(({ isOpen }) => isOpen === true).map(({ path }) => path)).toEqual([
    "/healthz",
  ]);
  expect((await world.ask("GET", "/healthz")).json).toEqual({ status: "ok" });
  world.admin.lost(3);
  expect((await world.ask("GET", "/metrics")).text).toContain("ocpp_vcr_entries_lost_total 3");
  await world.admin.close();
  await expect(world.ask("GET", "/healthz")).rejects.toThrow();
});
