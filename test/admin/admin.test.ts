// The admin API as a whole: what needs no token, counting of lost entries, and closing.
import { expect, test } from "vitest";
import { allRoutes } from "../../src/admin/routes/all-routes.js";
import { startAdminWorld } from "../support/worlds/admin-world.js";

test("the admin API answers only /healthz without a token, and nothing once it is closed", async () => {
  const world = await startAdminWorld();
  expect(allRoutes.filter(({ isOpen }) => isOpen === true).map(({ path }) => path)).toEqual(["/healthz"]);
  expect((await world.ask("GET", "/healthz")).json).toEqual({ status: "ok" });
  world.admin.onEntriesLost(3);
  expect((await world.ask("GET", "/metrics")).text).toContain("ocpp_vcr_entries_lost_total 3");
  await world.admin.close();
  await expect(world.ask("GET", "/healthz")).rejects.toThrow();
});
