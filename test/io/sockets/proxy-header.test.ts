// PROXY headers on a socket: taken, in pieces, broken, and missing.
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { takeProxyHeader } from "../../../src/io/sockets/proxy-header.js";

const pair = async (): Promise<{ near: Socket; far: Socket }> => {
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const accepted = new Promise<Socket>((resolve) => server.once("connection", resolve));
  const far = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const near = await accepted;
  onTestFinished(() => {
    near.destroy();
    far.destroy();
    server.close();
  });
  return { near, far };
};

const readOn = (socket: Socket, length: number): Promise<string> =>
  new Promise((resolve) => {
    let text = "";
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      if (text.length >= length) resolve(text);
    });
    socket.resume();
  });

const header = "PROXY TCP4 203.0.113.9 10.0.0.1 50000 443\r\n";

test("a PROXY header is taken, and the bytes after it stay", async () => {
  const { near, far } = await pair();
  far.write(`${header}GET /`);
  expect(await takeProxyHeader(near, 5000)).toEqual({ kind: "taken", from: "203.0.113.9:50000" });
  far.write("CP1");
  expect(await readOn(near, 8)).toBe("GET /CP1");
});

test("a PROXY header may come in two pieces", async () => {
  const { near, far } = await pair();
  far.setNoDelay(true);
  far.write(header.slice(0, 10));
  const taken = takeProxyHeader(near, 5000);
  await new Promise<void>((resolve) => near.once("readable", () => resolve()));
  far.write(header.slice(10));
  expect(await taken).toEqual({ kind: "taken", from: "203.0.113.9:50000" });
});

test("bytes without a PROXY header stay as they are", async () => {
  const { near, far } = await pair();
  far.write("GET / HTTP/1.1\r\n");
  expect(await takeProxyHeader(near, 5000)).toEqual({ kind: "taken", from: undefined });
  expect(await readOn(near, 16)).toBe("GET / HTTP/1.1\r\n");
});

test("a broken PROXY header is reported", async () => {
  const { near, far } = await pair();
  far.write("PROXY nonsense\r\n");
  expect(await takeProxyHeader(near, 5000)).toMatchObject({ kind: "bad" });
});

test("a silent connection is passed on, and one that ends is reported", async () => {
  const silent = await pair();
  expect(await takeProxyHeader(silent.near, 1)).toEqual({ kind: "taken", from: undefined });
  const ended = await pair();
  ended.far.end("PRO");
  expect(await takeProxyHeader(ended.near, 5000)).toEqual({ kind: "ended", bytes: Buffer.from("PRO") });
});
