// The client of the admin API: answers, refusals, and servers that are not an admin API.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { AdminClient } from "../../src/admin/client.js";
import { startAdminWorld, token } from "../support/worlds/admin-world.js";

describe("the admin client", () => {
  test("the admin client gives answers and expected statuses, and throws refusals with every error in them", async () => {
    const { server } = await startAdminWorld();
    const client = new AdminClient({ url: new URL(server.url), token });
    expect((await client.ask({ method: "GET", path: "/v1/rules" })).value).toEqual({ rules: [] });
    const query = { timeout: "10ms", action: undefined };
    const waited = await client.ask({ method: "GET", path: "/v1/messages/wait", query, answers: [408] });
    expect(waited.status).toBe(408);
    const rules = "version: 1\nrules:\n  - id: x\n    then: [ { dropp: {} } ]\n";
    await expect(client.ask({ method: "PUT", path: "/v1/rules", rules })).rejects.toMatchObject({
      code: "ADMIN_REFUSED",
      message: expect.stringMatching(/4:\d+: unknown fault/),
    });
    const stranger = new AdminClient({ url: new URL(server.url), token: undefined });
    await expect(stranger.ask({ method: "GET", path: "/v1/rules" })).rejects.toMatchObject({ exitCode: 2 });
    const strangers = new AdminClient({
      url: new URL(server.url),
      token: undefined,
      hintOf: (code) => `about ${code}`,
    });
    await expect(strangers.ask({ method: "GET", path: "/v1/rules" })).rejects.toMatchObject({
      hint: "about no-token",
    });
    const texts: string[] = [];
    for await (const text of client.stream({ method: "GET", path: "/metrics" })) texts.push(text);
    expect(texts.join("")).toContain("ocpp_vcr_connections 0");
  });

  test("the admin client follows no redirect, and recognises a server that is not an admin API", async () => {
    const seen: (string | undefined)[] = [];
    const other = createServer((request, response) => {
      seen.push(request.url);
      if (request.url === "/v1/rules") response.writeHead(302, { Location: "/elsewhere" }).end();
      else response.writeHead(200).end("<html>");
    });
    other.listen(0, "127.0.0.1");
    await once(other, "listening");
    onTestFinished(() => void other.close());
    const url = new URL(`http://127.0.0.1:${(other.address() as AddressInfo).port}`);
    const client = new AdminClient({ url, token });
    await expect(client.ask({ method: "GET", path: "/v1/rules" })).rejects.toMatchObject({ exitCode: 3 });
    await expect(client.ask({ method: "GET", path: "/" })).rejects.toThrow(/not an admin API/);
    expect(seen).toEqual(["/v1/rules", "/"]);
  });
});
