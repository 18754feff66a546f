// The HTTP server of the admin API: refusals as JSON, types and sizes of bodies, methods without side effects.
import { describe, expect, test } from "vitest";
import { startAdminServer } from "../../../src/admin/http/server.js";
import { allRoutes } from "../../../src/admin/routes/all-routes.js";
import { startAdminWorld } from "../../support/worlds/admin-world.js";

describe("the admin server", () => {
  test("an unknown path and a wrong method are refused as JSON with a hint", async () => {
    const { ask } = await startAdminWorld();
    const missing = await ask("GET", "/v1/nothing");
    expect([missing.status, missing.json.code]).toEqual([404, "no-such-address"]);
    const wrong = await ask("DELETE", "/v1/rules");
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, POST, PUT"]);
    expect(wrong.headers.get("content-type")).toBe("application/problem+json");
    expect(wrong.json.mend).not.toBe("");
    expect((await ask("GET", "/v1/rules?nope=1")).json.code).toBe("unknown-parameter");
    expect((await ask("GET", "/v1/connections/%ff")).status).toBe(400);
  });

  test("a body that is not JSON is refused: a form or plain text, as a foreign web page can send", async () => {
    const { ask } = await startAdminWorld();
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "application/yaml",
    ]) {
      const { status } = await ask("POST", "/v1/reset", "{}", { "Content-Type": type });
      expect([type, status]).toEqual([type, 415]);
    }
    expect((await ask("POST", "/v1/reset", {})).status).toBe(200);
    expect((await ask("POST", "/v1/reset")).status).toBe(200);
    expect((await ask("POST", "/v1/reset", { more: 1 })).json.code).toBe("unknown-member");
    expect((await ask("POST", "/v1/reset", [])).status).toBe(400);
    expect((await ask("POST", "/v1/reset", "{", { "Content-Type": "application/json" })).json.code).toBe(
      "bad-body",
    );
  });

  test("a body above 2 MiB is refused", async () => {
    const { ask } = await startAdminWorld();
    const { status } = await ask("POST", "/v1/rules", "x".repeat(3_000_000));
    expect(status).toBe(413);
  });

  test("GET and HEAD change nothing, whatever the address", async () => {
    const { ask, controller } = await startAdminWorld();
    controller.add("version: 1\nrules: [ { id: a, then: [ { drop: {} } ] } ]\n", "a test");
    const acts = allRoutes
      .filter(({ method }) => method === "POST")
      .map(({ path }) => path.replace("{id}", "a"));
    for (const path of new Set(acts)) {
      const { status } = await ask("GET", path);
      expect([path, [200, 404, 405].includes(status)]).toEqual([path, true]);
      await ask("HEAD", path);
    }
    expect(controller.list().map(({ armed }) => armed)).toEqual([false]);
  });

  test("a port in use is reported as LISTEN_FAILED", async () => {
    const { server } = await startAdminWorld();
    const options = {
      host: "127.0.0.1",
      port: server.port,
      token: "x",
      names: [],
      routes: [],
      run: undefined,
      onDefect: () => undefined,
    };
    await expect(startAdminServer(options)).rejects.toMatchObject({ code: "LISTEN_FAILED" });
  });
});
