// Refused upgrades: forwarded answers of the CSMS, the proxy's own answers, and their entries.
import { describe, expect, test } from "vitest";
import { latin1 } from "../../../src/base/bytes.js";
import { upgradeHead } from "../../support/peers/raw-peer.js";
import { startWorld } from "../../support/worlds/proxy-world.js";

const refusals = {
  "401 with a length":
    'HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm="a"\r\nContent-Length: 6\r\nX: \xe4\r\n\r\nsorry\n',
  "404 in chunks":
    "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nsorry\r\n1;x=y\r\n!\r\n0\r\nT: 1\r\n\r\n",
  "503 until it closes": "HTTP/1.1 503 Later\r\nRetry-After: 1\r\n\r\nsorry",
  "204 without a body": "HTTP/1.1 204 Nothing\r\n\r\n",
  "301": "HTTP/1.1 301 Elsewhere\r\nLocation: ws://other/\r\nContent-Length: 0\r\n\r\n",
  "426": "HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nContent-Length: 0\r\n\r\n",
  "200": "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
} as const;

describe("a refusal of the CSMS", () => {
  test.each(Object.entries(refusals))(
    "%s reaches the charger unchanged and is recorded",
    async (name, answer) => {
      const world = await startWorld();
      const charger = await world.dial();
      charger.send(upgradeHead("/ocpp/CP1"));
      const csms = await world.csms.accept();
      await csms.head();
      // In two pieces, the first of which ends within the head.
      csms.send(answer.slice(0, 20));
      csms.send(answer.slice(20));
      if (name.includes("closes")) csms.end();
      await charger.untilEnd();
      expect(charger.text).toBe(answer);
      const refused = await world.entry("refused");
      expect(refused).toMatchObject({
        by: "csms",
        identity: "CP1",
        status: Number(/\d{3}/.exec(answer)?.[0]),
      });
      expect(latin1(refused.response?.raw ?? new Uint8Array())).toBe(
        answer.slice(0, answer.indexOf("\r\n\r\n") + 4),
      );
      expect(latin1(refused.body ?? new Uint8Array())).toBe(answer.slice(answer.indexOf("\r\n\r\n") + 4));
      expect(world.cassettes.paths().join()).toContain("~refused");
    },
  );

  test.each([
    [
      "404 in chunks",
      /CP1 from \S+: the CSMS answered HTTP\/1\.1 404 Not Found to ws:\/\/csms\.example:\d+\/ocpp\/CP1, "sorry.*"; likely: the path is wrong/,
    ],
    ["401 with a length", /401 No to .*"sorry"; likely: it wants credentials and got none/],
    ["301", /301 Elsewhere to .*; likely: it redirects to ws:\/\/other\//],
    ["204 without a body", /204 Nothing to \S+$/],
  ] as const)("%s is told with URL, status, body and likely reason", async (name, line) => {
    const world = await startWorld();
    const charger = await world.dial();
    charger.send(upgradeHead("/ocpp/CP1"));
    const csms = await world.csms.accept();
    await csms.head();
    csms.send(refusals[name]);
    await world.entry("refused");
    await charger.untilEnd();
    expect(world.said.join("\n")).toMatch(line);
  });

  test("a refusal ends the connection, so that a second request does not reach the CSMS", async () => {
    const world = await startWorld();
    const charger = await world.dial();
    charger.send(`${upgradeHead("/CP1")}GET /second HTTP/1.1\r\nHost: a\r\n\r\n`);
    const csms = await world.csms.accept();
    await csms.head();
    csms.send(refusals["401 with a length"]);
    await charger.untilEnd();
    charger.send(upgradeHead("/third")).end();
    await csms.untilEnd();
    expect(csms.body).toHaveLength(0);
    expect(world.csms.peers).toHaveLength(1);
  });

  test("an answer that is not HTTP is forwarded too", async () => {
    const world = await startWorld();
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1"));
    const csms = await world.csms.accept();
    await csms.head();
    csms.send("\x16\x03\x01 this is no HTTP").end();
    await charger.untilEnd();
    expect(charger.text).toBe("\x16\x03\x01 this is no HTTP");
    expect(await world.entry("refused")).toMatchObject({ by: "csms", status: null });
  });

  test("an answer with a head of a megabyte is forwarded as it comes, in bounded memory", async () => {
    const world = await startWorld();
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1"));
    const csms = await world.csms.accept();
    await csms.head();
    const answer = `HTTP/1.1 101 Switching Protocols\r\nX: ${"x".repeat(2 ** 20)}\r\n\r\n`;
    csms.send(answer).end();
    await charger.untilEnd();
    expect(charger.text).toBe(answer);
    expect((await world.entry("refused")).body?.length).toBe(65_536);
  });
});

describe("an answer of the proxy", () => {
  test("a CSMS that cannot be reached is a 502 with the reason", async () => {
    const closed = await startWorld();
    const { port } = closed.csms;
    await closed.csms.close();
    const charger = await closed.dial();
    charger.send(upgradeHead("/CP1"));
    await charger.untilEnd();
    expect(charger.text).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/);
    expect(charger.text).toContain(
      `cannot reach the CSMS at ws://csms.example:${port}: nothing listens there`,
    );
    expect(await closed.entry("refused")).toMatchObject({ by: "network", status: 502, identity: "CP1" });
  });

  test("a CSMS that closes without an answer is a 502", async () => {
    const world = await startWorld();
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1"));
    (await world.csms.accept()).end();
    await charger.untilEnd();
    expect(charger.text).toMatch(/^HTTP\/1\.1 502 /);
    expect(await world.entry("refused")).toMatchObject({ by: "network", status: 502 });
  });

  test("a CSMS that does not answer in time is a 504", async () => {
    const world = await startWorld({ times: { answerMs: 50 } });
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1"));
    await charger.untilEnd();
    expect(charger.text).toMatch(/^HTTP\/1\.1 504 /);
    expect(await world.entry("refused")).toMatchObject({ by: "network", status: 504 });
  });
});
