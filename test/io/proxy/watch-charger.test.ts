import { once } from "node:events";
import { describe, expect, onTestFinished, test } from "vitest";
import { watchCharger } from "../../../src/io/proxy/watch-charger.js";
import { plainLeg } from "../../../src/io/tls/tls-settings.js";
import { dialRaw, RawListener } from "../../support/peers/raw-peer.js";

const pair = async () => {
  const listener = await new RawListener().listen();
  const charger = await dialRaw(listener.port);
  const ours = await listener.accept();
  onTestFinished(() => listener.close());
  return { charger, socket: ours.socket };
};

describe("a charger that is watched", () => {
  test("bytes of a waiting charger are kept after those that came before", async () => {
    const { charger, socket } = await pair();
    const waiting = watchCharger({ leg: plainLeg(socket), rest: Buffer.from("a") });
    charger.send("b");
    await once(socket, "data");
    expect(waiting.stop().toString()).toBe("ab");
    expect(waiting.gone()).toBe(false);
    expect(socket.isPaused()).toBe(true);
    socket.destroy();
  });

  test("a disconnect of a waiting charger is reported, also to late listeners", async () => {
    const { charger, socket } = await pair();
    const waiting = watchCharger({ leg: plainLeg(socket), rest: Buffer.alloc(0) });
    const told = new Promise<void>((resolve) => waiting.onGone(resolve));
    charger.reset();
    await told;
    expect(waiting.gone()).toBe(true);
    await new Promise<void>((resolve) => waiting.onGone(resolve));
  });
});
