// Who may call the admin API: Host and Origin headers and tokens, as hostile web pages and programs send them.
import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { chosenProtocol } from "../../../src/admin/http/guard.js";
import { allRoutes } from "../../../src/admin/routes/all-routes.js";
import { startAdminWorld, token } from "../../support/worlds/admin-world.js";

const statusOf = (
  port: number,
  headers: Record<string, string>,
  path = "/v1/rules",
  method = "GET",
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> =>
  new Promise((resolve, reject) => {
    const asked = request({ port, host: "127.0.0.1", path, method, headers }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asked.on("error", reject);
    asked.end();
  });

const authorization = `Bearer ${token}`;

describe("the guard of the admin API", () => {
  test("the admin API accepts loopback and given Host names with any port, and no others", async () => {
    const { server } = await startAdminWorld();
    const ask = (Host: string): Promise<number> =>
      statusOf(server.port, { Host, Authorization: authorization }).then(({ status }) => status);
    for (const host of ["127.0.0.1", `localhost:${server.port}`, "[::1]:80", "LAB.example", "lab.example:1"])
      expect([host, await ask(host)]).toEqual([host, 200]);
    for (const host of [
      "attacker.example",
      `attacker.example:${server.port}`,
      "127.0.0.1.attacker.example",
      "localhost.attacker.example",
      "attacker.example@127.0.0.1",
      "192.168.0.1",
    ])
      expect([host, await ask(host)]).toEqual([host, 403]);
  });

  test("the admin API refuses foreign and null origins, sends no CORS header and answers no preflight", async () => {
    const { server } = await startAdminWorld();
    const own = `127.0.0.1:${server.port}`;
    const ask = (Origin: string, method = "GET"): ReturnType<typeof statusOf> =>
      statusOf(server.port, { Host: own, Origin, Authorization: authorization }, "/v1/rules", method);
    for (const origin of ["https://attacker.example", "null", `https://${own}`, "http://127.0.0.1:1"]) {
      const { status, headers } = await ask(origin);
      expect([origin, status]).toEqual([origin, 403]);
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
    expect((await ask(`http://${own}`)).status).toBe(200);
    expect((await ask(`http://${own}`, "OPTIONS")).status).toBe(405);
    const site = { Host: own, "Sec-Fetch-Site": "cross-site", Authorization: authorization };
    expect((await statusOf(server.port, site)).status).toBe(403);
  });

  test("every address but /healthz needs the token, and the refusal differs for a wrong and a missing one", async () => {
    const { server } = await startAdminWorld();
    const own = { Host: "127.0.0.1" };
    expect((await statusOf(server.port, own, "/healthz")).status).toBe(200);
    for (const { path, method } of allRoutes.filter((route) => route.isOpen !== true)) {
      const { status } = await statusOf(server.port, own, path.replace("{id}", "1"), method);
      expect([path, status]).toEqual([path, 401]);
    }
    const wrong = await statusOf(server.port, { ...own, Authorization: `Bearer ${token}x` });
    expect(JSON.parse(wrong.body)).toMatchObject({ code: "wrong-token" });
    expect(wrong.headers["www-authenticate"]).toContain("Bearer");
    expect(wrong.body).not.toContain(token);
    expect((await statusOf(server.port, { ...own, Authorization: `Basic ${token}` })).status).toBe(401);
    expect((await statusOf(server.port, own, "/nothing")).status).toBe(401);
  });

  test("a token in a URL is refused", async () => {
    const { ask, server } = await startAdminWorld();
    expect((await statusOf(server.port, { Host: "127.0.0.1" }, `/v1/rules?token=${token}`)).status).toBe(401);
    const answered = await ask("GET", `/v1/rules?access_token=${token}`);
    expect([answered.status, answered.json.code]).toEqual([400, "token-in-url"]);
  });

  test("a WebSocket is checked like a request, and never answered with the subprotocol that holds the token", async () => {
    const { server } = await startAdminWorld();
    const url = `ws://127.0.0.1:${server.port}/v1/events`;
    const outcome = (headers: Record<string, string>, protocols: string[] = []): Promise<string> =>
      new Promise((resolve) => {
        const socket = new WebSocket(url, protocols, { headers });
        socket.on("open", () => {
          resolve(`open ${socket.protocol}`);
          socket.terminate();
        });
        socket.on("unexpected-response", (_request, response) => resolve(`${response.statusCode}`));
        socket.on("error", () => undefined);
      });
    expect(await outcome({})).toBe("401");
    expect(await outcome({ Authorization: authorization, Origin: "https://attacker.example" })).toBe("403");
    expect(await outcome({ Authorization: authorization, Origin: "null" })).toBe("403");
    expect(await outcome({ Authorization: authorization, Host: "attacker.example" })).toBe("403");
    expect(await outcome({ Authorization: authorization })).toBe("open ");
    expect(await outcome({}, ["ocpp-vcr", `bearer.${token}`])).toBe("open ocpp-vcr");
    expect(await outcome({}, ["ocpp-vcr", `bearer.${token}0`])).toBe("401");
    expect(chosenProtocol([`bearer.${token}`])).toBe(false);
  });
});
