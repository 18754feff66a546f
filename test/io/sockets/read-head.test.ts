// Request heads from raw sockets: bounded, and no byte after them lost.
import { describe, expect, onTestFinished, test } from "vitest";
import { readHeadFrom } from "../../../src/io/sockets/read-head.js";
import { headLimits } from "../../../src/wire/http/head.js";
import { dialRaw, RawListener } from "../../support/peers/raw-peer.js";

const pair = async () => {
  const listener = await new RawListener().listen();
  onTestFinished(() => listener.close());
  const sender = await dialRaw(listener.port);
  onTestFinished(() => void sender.socket.destroy());
  const { socket } = await listener.accept();
  socket.removeAllListeners().pause();
  return { sender, socket };
};

const nothing = Buffer.alloc(0);

describe("readHeadFrom", () => {
  test("a head is given with the bytes after it, and the socket is paused", async () => {
    const { sender, socket } = await pair();
    const reading = readHeadFrom(socket, headLimits, 5000, nothing);
    sender.send("GET / HTTP/1.1\r\nHo");
    sender.send("st: a\r\n\r\n\x81\x00");
    const arrival = await reading;
    expect(arrival).toMatchObject({ kind: "head", head: { startLine: "GET / HTTP/1.1" } });
    expect(arrival.kind === "head" && arrival.rest.length).toBeLessThanOrEqual(2);
    expect(socket.isPaused()).toBe(true);
    expect(socket.listenerCount("data")).toBe(0);
  });

  test("a head that was read before needs no further byte", async () => {
    const { socket } = await pair();
    const first = Buffer.from("HTTP/1.1 101 x\r\n\r\nrest");
    const arrival = await readHeadFrom(socket, headLimits, 5000, first);
    expect(arrival.kind === "head" && arrival.rest.toString()).toBe("rest");
  });

  test.each([
    ["what is no HTTP", "\x16\x03\x01", false],
    ["what is too long", `GET / HTTP/1.1\r\nX: ${"x".repeat(20_000)}`, true],
  ])("%s is reported", async (_name, bytes, tooLarge) => {
    const { sender, socket } = await pair();
    sender.send(bytes);
    expect(await readHeadFrom(socket, headLimits, 5000, nothing)).toMatchObject({ kind: "bad", tooLarge });
  });

  test("reading a head times out", async () => {
    const { socket } = await pair();
    expect(await readHeadFrom(socket, headLimits, 5, Buffer.from("GET"))).toMatchObject({
      kind: "timeout",
      bytes: Buffer.from("GET"),
    });
  });

  test("a stream that ends or breaks within the head is reported", async () => {
    const ending = await pair();
    ending.sender.send("GET").end();
    expect(await readHeadFrom(ending.socket, headLimits, 5000, nothing)).toMatchObject({
      kind: "ended",
      bytes: Buffer.from("GET"),
    });
    const breaking = await pair();
    const reading = readHeadFrom(breaking.socket, headLimits, 5000, nothing);
    breaking.sender.reset();
    expect(await reading).toMatchObject({ kind: "ended", error: { code: "ECONNRESET" } });
    breaking.socket.on("error", () => undefined);
  });
});
