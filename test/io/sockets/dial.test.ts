// TCP connections to the CSMS, and their errors.
import { describe, expect, test } from "vitest";
import { dial, dialReason } from "../../../src/io/sockets/dial.js";
import { RawListener } from "../../support/peers/raw-peer.js";

describe("dial", () => {
  test("dial gives a paused socket that keeps the bytes that come", async () => {
    const listener = await new RawListener((peer) => peer.send("hello")).listen();
    const outcome = await dial("127.0.0.1", listener.port, 5000);
    if ("error" in outcome) throw outcome.error;
    const { socket } = outcome;
    expect(socket.isPaused()).toBe(true);
    const came = new Promise<string>((resolve) => socket.once("data", (chunk) => resolve(chunk.toString())));
    socket.resume();
    expect(await came).toBe("hello");
    socket.destroy();
    await listener.close();
  });

  test("dial gives the reason in words", async () => {
    const listener = await new RawListener().listen();
    const { port } = listener;
    await listener.close();
    const outcome = await dial("127.0.0.1", port, 5000);
    expect("error" in outcome && dialReason(outcome.error)).toBe("nothing listens there (ECONNREFUSED)");
  });

  test("dial gives up after its timeout", async () => {
    // A timeout so short that nothing can answer.
    const outcome = await dial("192.0.2.1", 9, 0);
    expect("error" in outcome && ["ETIMEDOUT", "ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH"]).toContain(
      "error" in outcome && outcome.error.code,
    );
  });

  test("an unknown error has the system's text", () => {
    expect(dialReason(new Error("odd"))).toBe("odd");
  });
});
