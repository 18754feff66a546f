// Running a relay: commands become I/O, in order, and after a failure the connection is a plain pipe.
import { describe, expect, onTestFinished, test } from "vitest";
import { latin1 } from "../../../src/base/bytes.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { startClock } from "../../../src/io/platform/clock.js";
import { type RelayRun, runRelay } from "../../../src/io/proxy/run-relay.js";
import { plainLeg } from "../../../src/io/tls/tls-settings.js";
import type { RelayCommand, RelayEvent } from "../../../src/relay/protocol.js";
import { dialRaw, RawListener, type RawPeer } from "../../support/peers/raw-peer.js";

type Handle = (event: RelayEvent) => readonly RelayCommand[];

/** A relay between two raw peers, with the machine of a test. */
const start = async (handle: Handle, over: Partial<RelayRun> = {}) => {
  const leg = async (): Promise<{ peer: RawPeer; socket: RawPeer["socket"] }> => {
    const listener = await new RawListener().listen();
    onTestFinished(() => listener.close());
    const peer = await dialRaw(listener.port);
    onTestFinished(() => void peer.socket.destroy());
    const { socket } = await listener.accept();
    socket.removeAllListeners().pause();
    return { peer, socket };
  };
  const [charger, csms] = [await leg(), await leg()];
  const entries: Entry[] = [];
  const defects: unknown[] = [];
  let done = 0;
  let tell: () => void = () => undefined;
  const over1 = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const running = runRelay({
    legs: { charger: plainLeg(charger.socket), csms: plainLeg(csms.socket) },
    machine: { handle },
    clock: startClock(),
    record: (entry) => entries.push(entry),
    early: { charger: Buffer.alloc(0), csms: Buffer.alloc(0) },
    onDefect: "pipe",
    reportDefect: (error) => defects.push(error),
    done: () => {
      done++;
      tell();
    },
    ...over,
  });
  return { charger: charger.peer, csms: csms.peer, entries, defects, running, over: over1, done: () => done };
};

const pipe: Handle = (event) => {
  if (!("from" in event)) return [];
  const to = event.from === "charger" ? "csms" : "charger";
  if (event.kind === "bytes") return [{ kind: "write", to, bytes: event.chunk }];
  return [{ kind: event.kind, to }];
};

describe("a running relay", () => {
  test("a relay first handles the bytes that came early", async () => {
    const { csms, charger } = await start(pipe, {
      early: { charger: Buffer.from("a"), csms: Buffer.from("b") },
    });
    charger.send("c");
    await csms.until((peer) => peer.text.length === 2);
    await charger.until((peer) => peer.text.length > 0);
    expect([csms.text, charger.text]).toEqual(["ac", "b"]);
  });

  test("a sent entry has the time of its write", async () => {
    const note: Entry = {
      kind: "frame",
      connection: 1,
      direction: "cp-to-csms",
      rx: 0,
      tx: null,
      seen: 0,
      raw: Buffer.from("x"),
    };
    const run = await start((event) =>
      event.kind === "bytes"
        ? [
            ...pipe(event),
            { kind: "record", entry: { ...note }, sent: true },
            { kind: "record", entry: { ...note }, sent: false },
          ]
        : [],
    );
    run.charger.send("x");
    await run.csms.until((peer) => peer.text === "x");
    expect(run.entries.map((entry) => entry.kind === "frame" && entry.tx !== null)).toEqual([true, false]);
  });

  test("a timer fires, and a new timer replaces one with the same id", async () => {
    const rung: string[] = [];
    const run = await start((event) => {
      if (event.kind === "bytes")
        return [
          { kind: "timer", id: "a", ms: 60_000 },
          { kind: "timer", id: "a", ms: 1 },
        ];
      if (event.kind !== "timer") return [];
      rung.push(event.id);
      return [{ kind: "write", to: "charger", bytes: Buffer.from("rung") }];
    });
    run.charger.send("x");
    await run.charger.until((peer) => peer.text === "rung");
    expect(rung).toEqual(["a"]);
  });

  test("a relay ends once, and its timers stop", async () => {
    const run = await start((event) =>
      event.kind === "bytes" ? [{ kind: "timer", id: "a", ms: 0 }, { kind: "done" }, { kind: "done" }] : [],
    );
    run.charger.send("x");
    await run.over;
    expect(run.done()).toBe(1);
  });

  test("a relay pauses and resumes a side", async () => {
    let heard = "";
    const run = await start((event) => {
      if (event.kind !== "bytes") return [];
      heard += latin1(event.chunk);
      if (event.from === "csms") return [{ kind: "resume", from: "charger" }];
      return [{ kind: "pause", from: "charger" }, ...pipe(event)];
    });
    run.charger.send("1");
    await run.csms.until((peer) => peer.text === "1");
    run.charger.send("2");
    run.csms.send("go on");
    await run.csms.until((peer) => peer.text === "12");
    expect(heard).toBe("1go on2");
  });

  test("after a failure of its machine a relay is a plain pipe and loses no byte", async () => {
    let events = 0;
    const run = await start((event) => {
      if (++events > 1) throw new Error("a bug");
      return pipe(event);
    });
    run.charger.send("1");
    await run.csms.until((peer) => peer.text === "1");
    run.charger.send("2");
    await run.csms.until((peer) => peer.text === "12");
    run.csms.send("3").end();
    await run.charger.untilEnd();
    expect(run.charger.text).toBe("3");
    run.charger.end();
    await run.csms.untilEnd();
    await run.over;
    expect(run.defects).toMatchObject([{ message: "a bug" }]);
  });

  test("after a failure with armed rules a relay closes both sides", async () => {
    const run = await start(
      () => {
        throw new Error("a bug");
      },
      { onDefect: "close" },
    );
    run.charger.send("1");
    await run.charger.untilClosed();
    await run.csms.untilClosed();
    expect([run.charger.closed, run.csms.closed]).toEqual(["reset", "reset"]);
    expect(run.csms.text).toBe("");
  });

  test("a relay sends what it wrote before it resets", async () => {
    const large = Buffer.alloc(200_000, "x");
    const run = await start((event) =>
      event.kind === "bytes" && event.from === "charger"
        ? [
            { kind: "write", to: "csms", bytes: large },
            { kind: "reset", to: "csms" },
          ]
        : [],
    );
    run.charger.send("go");
    await run.csms.untilClosed();
    expect(run.csms.closed).toBe("reset");
    expect(run.csms.bytes.length).toBe(large.length);
  });
});
