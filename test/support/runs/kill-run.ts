// Kills a recording process while chargers send messages through it, and compares its cassettes with what it forwarded.
import { closeSync, openSync, write } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import type { Direction } from "../../../src/base/direction.js";
import { readCassetteFile } from "../../../src/io/cassette/cassette-file.js";
import { encodeFrame, payloadOf, readFrame } from "../../../src/wire/websocket/frame.js";
import { dialRaw, RawListener, type RawPeer, switching, upgradeHead } from "../peers/raw-peer.js";
import { chargerMask } from "../worlds/relay-player.js";
import { cassettesIn, ownFolder, startRecord } from "./record-process.js";

const digits = 8;
const tickMs = 10;
const numbered = (number: number, mask?: Uint8Array): Uint8Array =>
  encodeFrame({ opcode: 1, payload: utf8(String(number).padStart(digits, "0")), mask });

/** The messages that one peer received, with their times. */
class Arrivals {
  private readonly steps: { readonly at: number; readonly count: number }[] = [];
  private bytes = 0;

  constructor(peer: RawPeer, frameLength: number, onMessage: (number: number) => void) {
    peer.socket.on("data", (chunk: Buffer) => {
      const before = Math.floor(this.bytes / frameLength);
      this.bytes += chunk.length;
      const count = Math.floor(this.bytes / frameLength);
      this.steps.push({ at: performance.now(), count });
      for (let number = before; number < count; number++) onMessage(number);
    });
  }

  until(at: number): number {
    return this.steps.findLast((step) => step.at <= at)?.count ?? 0;
  }
}

const noCassette = { entries: [], state: "missing" } as const;

/** How late the timers and the disk of this machine are, measured by appending to a file every few milliseconds. */
class Lateness {
  private readonly fd: number;
  private readonly timer: NodeJS.Timeout;
  private readonly seen: { readonly at: number; readonly ms: number }[] = [];
  private last = performance.now();
  private writing = 0;
  private stopped = false;

  constructor(folder: string) {
    this.fd = openSync(join(folder, "probe"), "a");
    this.timer = setInterval(() => {
      const start = performance.now();
      this.seen.push({ at: start, ms: start - this.last - tickMs });
      this.last = start;
      this.writing++;
      write(this.fd, "probe\n", () => {
        this.writing--;
        this.seen.push({ at: start, ms: performance.now() - start });
        this.closeIfIdle();
      });
    }, tickMs);
  }

  private closeIfIdle(): void {
    if (this.stopped && this.writing === 0) closeSync(this.fd);
  }

  /** Ends the measuring; returns the worst lateness of the last second, in milliseconds. */
  stop(): number {
    clearInterval(this.timer);
    this.stopped = true;
    this.closeIfIdle();
    const now = performance.now();
    return Math.max(now - this.last, ...this.seen.filter(({ at }) => at > now - 1000).map(({ ms }) => ms));
  }
}

/** What was forwarded and recorded in one direction of one charger. */
export interface Fate {
  readonly identity: string;
  readonly direction: Direction;
  /** Messages that had left the proxy 100 ms before the kill, and earlier if the machine was late. */
  readonly forwarded: number;
  /** Messages on the cassette: 0, 1, 2 ... up to the first one missing. */
  readonly recorded: number;
  readonly state: string;
}

/** Lets chargers send one message at a time each, kills the recorder after so many messages, and reads the cassettes. */
export async function killWhileSending(chargers: number, messages: number): Promise<readonly Fate[]> {
  const folder = await ownFolder();
  let answered = 0;
  let reportEnough: () => void = () => undefined;
  const enough = new Promise<void>((resolve) => {
    reportEnough = resolve;
  });
  const peers: { identity: string; atCsms: Arrivals; atCharger: Arrivals }[] = [];
  const csms = await new RawListener().listen();
  onTestFinished(() => csms.close());
  const { program, port } = await startRecord(folder, csms.port);
  const lateness = new Lateness(folder);
  for (let i = 0; i < chargers; i++) {
    const identity = `CP${i}`;
    const charger = await dialRaw(port);
    onTestFinished(() => void charger.socket.destroy());
    charger.send(upgradeHead(`/${identity}`));
    const peer = await csms.accept();
    await peer.head();
    peer.send(switching);
    await charger.head();
    let sent = 0;
    const atCsms = new Arrivals(peerWithoutHead(peer), 6 + digits, (number) => {
      peer.send(numbered(number));
    });
    const atCharger = new Arrivals(peerWithoutHead(charger), 2 + digits, () => {
      charger.send(numbered(sent++, chargerMask));
      if (++answered >= messages) reportEnough();
    });
    charger.send(numbered(sent++, chargerMask));
    peers.push({ identity, atCsms, atCharger });
  }
  await enough;
  program.child.kill("SIGKILL");
  const killed = performance.now();
  // What the machine itself is late is added to the 100 ms.
  const safe = killed - 100 - lateness.stop();
  await program.ended;
  const paths = await cassettesIn(folder);
  const fates = peers.map(async ({ identity, atCsms, atCharger }) => {
    const path = paths.find((name) => name.includes(`/${identity}/`));
    const { entries, state } = path === undefined ? noCassette : await readCassetteFile(path);
    const recorded: Record<Direction, number> = { "cp-to-csms": 0, "csms-to-cp": 0 };
    for (const { entry } of entries) {
      const frame = entry.kind === "frame" ? readFrame(entry.raw) : undefined;
      if (entry.kind !== "frame" || frame === undefined) continue;
      const number = Number(Buffer.from(payloadOf(frame)).toString());
      if (number === recorded[entry.direction]) recorded[entry.direction]++;
    }
    return [
      {
        identity,
        direction: "cp-to-csms",
        forwarded: atCsms.until(safe),
        recorded: recorded["cp-to-csms"],
        state,
      },
      {
        identity,
        direction: "csms-to-cp",
        forwarded: atCharger.until(safe),
        recorded: recorded["csms-to-cp"],
        state,
      },
    ] as const;
  });
  return (await Promise.all(fates)).flat();
}

/** The peer, after checking that nothing has come after its head. */
const peerWithoutHead = (peer: RawPeer): RawPeer => {
  if (peer.body.length > 0) throw new Error("something came before the first message");
  return peer;
};
