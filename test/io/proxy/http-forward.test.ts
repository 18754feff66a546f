// Plain HTTP on the charger's port: forwarded to the CSMS's host by http-proxy, and recorded.
import { once } from "node:events";
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { latin1 } from "../../../src/base/bytes.js";
import type { CsmsTls } from "../../../src/io/tls/tls-settings.js";
import { switching, upgradeHead } from "../../support/peers/raw-peer.js";
import { chargerTls, csmsTls, dialTls, pairs, testStore } from "../../support/peers/tls-peers.js";
import { startWorld } from "../../support/worlds/proxy-world.js";

const listen = async (serve: (request: IncomingMessage, answer: ServerResponse) => void): Promise<number> => {
  const server: Server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
};

const ask = (
  port: number,
  path: string,
  body?: string,
): Promise<{ status: number; headers: readonly string[]; body: string }> =>
  new Promise((resolve, reject) => {
    const headers = { Authorization: "Basic Z2VoZWlt", "X-Dup": ["a", "b"] };
    const request = httpRequest({
      port,
      path,
      method: body === undefined ? "GET" : "POST",
      headers,
      agent: false,
    });
    request.on("error", reject);
    request.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (chunk: Buffer) => parts.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.rawHeaders,
          body: Buffer.concat(parts).toString(),
        }),
      );
    });
    request.end(body);
  });

describe("plain HTTP", () => {
  test("plain HTTP is forwarded to the CSMS's host with its base path, and recorded", async () => {
    const csmsPort = await listen((request, answer) => {
      const parts: Buffer[] = [];
      request.on("data", (chunk: Buffer) => parts.push(chunk));
      request.on("end", () => {
        answer.writeHead(201, "Made", {
          "X-From": `${request.method} ${request.url} ${request.headers.host}`,
        });
        answer.end(Buffer.concat(parts));
      });
    });
    const world = await startWorld({ csmsPort, basePath: "/base" });
    const answer = await ask(world.proxy.port, "/firmware/%zz?x=1", "a body");
    expect(answer).toMatchObject({ status: 201, body: "a body" });
    expect(answer.headers.join()).toContain("POST /base/firmware/%zz?x=1");
    const exchange = await world.entry("http-exchange");
    expect(exchange).toMatchObject({ status: 201, requestLength: 6, responseLength: 6 });
    expect(exchange.url).toBe(`http://csms.example:${csmsPort}/base/firmware/%zz?x=1`);
    expect(latin1(exchange.requestBody)).toBe("a body");
    expect(latin1(exchange.request.raw)).toContain("POST /firmware/%zz?x=1 HTTP/1.1\r\n");
    expect(latin1(exchange.request.raw)).not.toContain("Z2VoZWlt");
    expect(latin1(exchange.response?.raw ?? new Uint8Array())).toMatch(/^HTTP\/1\.1 201 Made\r\n/);
    expect(world.cassettes.paths().join()).toContain("~http");
  });

  test("a large body is forwarded completely and recorded up to a limit", async () => {
    const large = "x".repeat(300_000);
    const csmsPort = await listen((_request, answer) => answer.end(large));
    const world = await startWorld({ csmsPort });
    expect((await ask(world.proxy.port, "/a")).body).toBe(large);
    const exchange = await world.entry("http-exchange");
    expect([exchange.responseBody.length, exchange.responseLength]).toEqual([65_536, 300_000]);
  });

  test("a connection is kept for a second request, and upgrades are relayed meanwhile", async () => {
    const world = await startWorld();
    const charger = await world.dial();
    const get = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";
    for (const round of [1, 2]) {
      charger.send(get);
      const csms = await world.csms.accept();
      await csms.head();
      csms.send(`HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n${round}\n`);
      await charger.until((peer) => peer.text.endsWith(`\r\n\r\n${round}\n`));
      await world.entry("http-exchange");
    }
    const other = await world.dial();
    other.send(upgradeHead("/CP1"));
    expect(await (await world.csms.accept()).head()).toContain("Upgrade: websocket");
  });

  test("an upgrade after a plain request on the same connection is relayed", async () => {
    const world = await startWorld();
    const charger = await world.dial();
    charger.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
    const first = await world.csms.accept();
    await first.head();
    const plain = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    first.send(plain);
    await charger.until((peer) => peer.text.endsWith("ok"));
    const passed = charger.text.length;
    charger.send(`${upgradeHead("/CP1")}\x89\x00`);
    const csms = await world.csms.accept();
    const host = `csms.example:${world.csms.port}`;
    expect(await csms.head()).toBe(upgradeHead("/CP1").replace("proxy.example:1", host));
    csms.send(`${switching}\x8a\x00`);
    expect(latin1(await csms.bodyOf(2))).toBe("\x89\x00");
    await charger.until((peer) => peer.text.length === passed + switching.length + 2);
    expect(charger.text.slice(passed)).toBe(`${switching}\x8a\x00`);
    charger.end();
    csms.end();
    expect(await world.entry("connection-closed")).toMatchObject({ connection: 1 });
  });

  test("a plain request ends if the CSMS switches protocols", async () => {
    const world = await startWorld({
      attend: (csms) =>
        void csms
          .head()
          .then((head) =>
            csms.send(head.includes("/CP1") ? switching : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"),
          ),
    });
    const charger = await world.dial();
    charger.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
    await charger.until((peer) => peer.text.endsWith("ok"));
    charger.send(upgradeHead("/CP1").replace("Connection: Upgrade\r\n", ""));
    await charger.untilEnd();
    expect(charger.text).toContain("HTTP/1.1 502 ");
  });

  test("a plain request gets a 502 if the CSMS cannot be reached, and is recorded", async () => {
    const gone = await startWorld();
    const csmsPort = gone.csms.port;
    await gone.csms.close();
    const world = await startWorld({ csmsPort });
    const answer = await ask(world.proxy.port, "/a");
    expect(answer.status).toBe(502);
    expect(answer.body).toContain("nothing listens there");
    expect(await world.entry("http-exchange")).toMatchObject({ status: null, response: null });
  });

  test("an answer that cannot be forwarded does not stop the proxy", async () => {
    const answers = [
      "HTTP/1.1 200 O\x01K\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.1 200 \xe4\r\nX: \xe4\r\nContent-Length: 0\r\n\r\n",
      "nonsense\r\n\r\n",
      "",
    ];
    const world = await startWorld();
    for (const answer of answers) {
      const charger = await world.dial();
      charger.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      const csms = await world.csms.accept();
      await csms.head();
      csms.send(answer).end();
      await charger.untilEnd();
      expect(charger.text).toMatch(/^HTTP\/1\.1 (200|502) /);
      await world.entry("http-exchange");
    }
  });

  test.each(["*", "/\xe4\xff", "//[::1", "http://[::1", "/a\\b", "foo:bar", "//a@b:c/d"])(
    "survives the target %j",
    async (target) => {
      const world = await startWorld({
        attend: (csms) =>
          void csms.head().then(() => csms.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")),
      });
      const charger = await world.dial();
      charger.send(`GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
      await charger.untilEnd();
      expect(charger.text).toMatch(/^HTTP\/1\.1 (200|400|502) /);
    },
  );

  test("a plain request is recorded if the charger disconnects before the answer", async () => {
    const world = await startWorld();
    const charger = await world.dial();
    charger.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    await (await world.csms.accept()).head();
    charger.reset();
    expect(await world.entry("http-exchange")).toMatchObject({ status: null });
  });

  test("a request that Node cannot read is refused with 400 and recorded", async () => {
    const world = await startWorld();
    const charger = await world.dial();
    charger.send("GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: abc\r\n\r\n");
    await charger.untilEnd();
    expect(charger.text).toMatch(/^HTTP\/1\.1 400 /);
    expect(await world.entry("refused")).toMatchObject({ by: "us", status: 400 });
  });

  test("an incomplete second head times out", async () => {
    const world = await startWorld({
      times: { headMs: 50 },
      attend: (csms) =>
        void csms.head().then(() => csms.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")),
    });
    const charger = await world.dial();
    charger.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    await charger.head();
    charger.send("GET /b HTTP/1.1\r\nHo");
    await charger.untilEnd();
    expect(charger.text).toContain("HTTP/1.1 408 ");
  });
});

describe("plain HTTP with TLS on both legs", () => {
  const firmware = async (over: Partial<CsmsTls>) => {
    const hosts: (string | undefined)[] = [];
    const server = createSecureServer(
      pairs(testStore().serverCredentials("csms.example.com")),
      (request, answer) => {
        hosts.push(request.headers.host);
        answer.end("firmware");
      },
    ).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const csmsPort = (server.address() as AddressInfo).port;
    const world = await startWorld({ csmsPort, csmsTls: csmsTls(over), tls: chargerTls() });
    const charger = await dialTls(world.proxy.port);
    charger.send("GET /fw.bin HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    await charger.untilEnd();
    return { text: charger.text, hosts, exchange: await world.entry("http-exchange"), csmsPort };
  };

  test("plain HTTP reaches a verified CSMS, with the CSMS's name", async () => {
    const { text, hosts, exchange, csmsPort } = await firmware({});
    expect(text).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*firmware/);
    expect(hosts).toEqual([`csms.example:${csmsPort}`]);
    expect(exchange).toMatchObject({ status: 200, url: `https://csms.example:${csmsPort}/fw.bin` });
  });

  test("plain HTTP does not reach a CSMS with an invalid certificate, unless --csms-insecure allows it", async () => {
    const refused = await firmware({ name: "other.example.com" });
    expect(refused.text).toMatch(/^HTTP\/1\.1 502 /);
    expect(refused.hosts).toEqual([]);
    const insecure = await firmware({ name: "other.example.com", insecure: true });
    expect(insecure.text).toMatch(/^HTTP\/1\.1 200 /);
  });
});
