// One raw connection of a simulated charge point.
import { once } from "node:events";
import type { Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { fromLatin1, latin1 } from "../../../src/base/bytes.js";
import { startClock } from "../../../src/io/platform/clock.js";
import { openStationSocket, type StationSocket } from "../../../src/io/station/station-socket.js";
import type { StationEvent } from "../../../src/replay/protocol.js";
import { type Behaviour, startHostileCsms, switching } from "../../support/peers/hostile-csms.js";

const cleanup: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of cleanup.splice(0)) await end();
});

interface Opened {
  readonly socket: StationSocket;
  readonly upgrades: readonly string[];
  /** The next event that has not been asked for. */
  next(): Promise<StationEvent>;
}

const open = async (behaviour: Behaviour): Promise<Opened> => {
  const csms = await startHostileCsms(behaviour);
  const events: StationEvent[] = [];
  let wake: () => void = () => undefined;
  const socket = openStationSocket(
    {
      connection: 1,
      host: "127.0.0.1",
      port: Number(csms.url.port),
      head: fromLatin1("GET /CP-1 HTTP/1.1\r\nhost: a\r\nX-Odd:  b \r\nHOST: c\r\n\r\n"),
      timeoutMs: 2000,
      clock: startClock(),
      feed: (event) => {
        events.push(event);
        wake();
      },
    },
    (error) => {
      throw error;
    },
  );
  cleanup.push(
    () => socket.release(),
    () => csms.close(),
  );
  const next = async (): Promise<StationEvent> => {
    while (events.length === 0)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    return events.shift() as StationEvent;
  };
  return { socket, upgrades: csms.upgrades, next };
};

describe("a station's socket", () => {
  test("a socket writes the upgrade unchanged and passes on the bytes after the answer's head", async () => {
    const { upgrades, next } = await open((socket) =>
      socket.write(`HTTP/1.1 100 Continue\r\n\r\n${switching}early`),
    );
    const dialled = await next();
    expect(dialled).toMatchObject({ kind: "dialled", connection: 1 });
    expect(upgrades).toEqual(["GET /CP-1 HTTP/1.1\r\nhost: a\r\nX-Odd:  b \r\nHOST: c\r\n\r\n"]);
    const bytes = await next();
    expect(bytes.kind === "bytes" && latin1(bytes.chunk)).toBe("early");
  });

  test("a socket sends, and ends its half of the stream after what was sent", async () => {
    let csmsSide: Socket | undefined;
    const { socket, next } = await open((peer) => {
      csmsSide = peer;
      peer.write(switching);
    });
    await next();
    const received: Buffer[] = [];
    csmsSide?.on("data", (chunk: Buffer) => received.push(chunk));
    socket.send(fromLatin1("abc"));
    socket.end();
    if (csmsSide !== undefined) await once(csmsSide, "end");
    expect(Buffer.concat(received).toString()).toBe("abc");
    expect(await next()).toMatchObject({ kind: "ended", how: "end" });
  });

  test("a reset of the CSMS is reported as the end of the connection", async () => {
    const { next } = await open((peer) => {
      peer.write(switching, () => setImmediate(() => peer.resetAndDestroy()));
    });
    expect((await next()).kind).toBe("dialled");
    // Some network stacks report a reset after data as an end.
    expect(await next()).toMatchObject({ kind: "ended" });
  });

  test("a refusal is passed on with its body", async () => {
    const { next } = await open((peer) =>
      peer.end("HTTP/1.1 503 Busy\r\nRetry-After: 9\r\nContent-Length: 4\r\n\r\nlater"),
    );
    const refused = await next();
    expect(refused).toMatchObject({ kind: "refused", by: "csms", status: 503 });
    expect(refused.kind === "refused" && latin1(refused.body)).toContain("late");
  });

  test("a CSMS that closes without an answer is reported as refused", async () => {
    const { next } = await open((peer) => peer.destroy());
    expect(await next()).toMatchObject({ kind: "refused", by: "network", status: null });
  });
});
