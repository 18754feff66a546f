// CONNECT through an HTTP proxy: the request, and its answers.
import { expect, onTestFinished, test } from "vitest";
import { connectThrough, readCsmsProxy } from "../../../src/io/sockets/connect-proxy.js";
import { RawListener, type RawPeer } from "../../support/peers/raw-peer.js";

const startProxy = async (answer: string): Promise<RawListener> => {
  const proxy = await new RawListener(
    (peer: RawPeer) => void peer.head().then(() => peer.send(answer)),
  ).listen();
  onTestFinished(() => proxy.close());
  return proxy;
};

const through = async (answer: string, user = "") => {
  const proxy = await startProxy(answer);
  const way = readCsmsProxy(`http://${user}127.0.0.1:${proxy.port}`);
  if (way === undefined) throw new Error("no proxy");
  const outcome = await connectThrough(way, "csms.example", 443, 5000);
  if ("socket" in outcome) onTestFinished(() => void outcome.socket.destroy());
  return { outcome, asked: proxy.peers[0]?.text ?? "" };
};

test("CONNECT has the host name and the proxy's password", async () => {
  const { outcome, asked } = await through("HTTP/1.1 200 OK\r\n\r\n", "me:ge%20heim@");
  expect(outcome).toHaveProperty("socket");
  expect(asked).toBe(
    "CONNECT csms.example:443 HTTP/1.1\r\nHost: csms.example:443\r\nProxy-Authorization: Basic bWU6Z2UgaGVpbQ==\r\n\r\n",
  );
});

test("bytes after the proxy's answer belong to the tunnel", async () => {
  const { outcome } = await through("HTTP/1.0 200 Connection established\r\nX: y\r\n\r\nhello");
  if (!("socket" in outcome)) throw outcome.error;
  const chunk = await new Promise<Buffer>((resolve) => outcome.socket.once("data", resolve).resume());
  expect(chunk.toString()).toBe("hello");
});

test.each([
  ["HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", /needs a user name and a password/],
  ["HTTP/1.1 403 Forbidden\r\n\r\n", /does not allow/],
  ["HTTP/1.1 502 Bad Gateway\r\n\r\n", /cannot reach the CSMS/],
  ["HTTP/1.1 418 Teapot\r\n\r\n", /418 Teapot.*refuses/],
  ["SSH-2.0\r\n\r\n", /does not answer like an HTTP proxy/],
])("the proxy's answer %j is reported", async (answer, message) => {
  const { outcome } = await through(answer, "me:geheim@");
  expect("error" in outcome && outcome.error.message).toMatch(message);
  expect("error" in outcome && outcome.error.message).not.toContain("geheim");
});

test("a proxy that cannot be reached is reported as the proxy", async () => {
  const proxy = await startProxy("");
  await proxy.close();
  const way = readCsmsProxy(`http://127.0.0.1:${proxy.port}`);
  const outcome = way === undefined ? undefined : await connectThrough(way, "csms.example", 443, 5000);
  expect(outcome).toMatchObject({ error: { code: "ECONNREFUSED" } });
});

test.each([
  [
    "http://proxy.example",
    { host: "proxy.example", port: 80, authorization: undefined, shown: "http://proxy.example:80" },
  ],
  ["http://[::1]:3128", { host: "::1", port: 3128, authorization: undefined, shown: "http://[::1]:3128" }],
  ["http://a:%zz@p:1", { host: "p", port: 1, authorization: "Basic YToleno=", shown: "http://p:1" }],
  ["https://proxy.example", undefined],
  ["proxy.example:3128", undefined],
])("%s is read as %j", (word, expected) => {
  expect(readCsmsProxy(word)).toEqual(expected);
});
