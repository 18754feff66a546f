// Pushes a lot of data through a recording process to a peer that does not read, and measures the memory of the process.
import { readFile } from "node:fs/promises";
import { setInterval } from "node:timers/promises";
import { onTestFinished } from "vitest";
import type { Side } from "../../../src/base/direction.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { dialRaw, RawListener, switching, upgradeHead } from "../peers/raw-peer.js";
import { chargerMask } from "../worlds/relay-player.js";
import { cassettesIn, ownFolder, startProgram } from "./record-process.js";

/** Whether the memory of another process can be read here. */
export const canMeasure: boolean = process.platform === "linux";

const residentMiB = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
};

/** What happened while the peer did not read, and what it received when it did. */
export interface Stall {
  /** Bytes that the proxy and the kernels took before everything stopped. */
  readonly taken: number;
  readonly grownMiB: number;
  /** Bytes that the reader received in the end. */
  readonly received: number;
  readonly pushed: number;
  readonly exitCode: number | string;
  readonly cassettes: readonly string[];
}

/** Pushes frames of this size until nothing is taken any more, then lets the reader read and the program end. */
export async function pushAtStalled(
  from: Side,
  frameBytes: number,
  total: number,
  ...args: string[]
): Promise<Stall> {
  const folder = await ownFolder();
  const csms = await new RawListener().listen();
  onTestFinished(() => csms.close());
  const listen = ["record", "--csms", `ws://127.0.0.1:${csms.port}`, "--listen", "0", "-o", "cassettes"];
  const program = startProgram(folder, ...listen, ...args);
  const port = Number(/ws:\/\/[^\s:]+:(\d+)/.exec(await program.line("Listening on"))?.[1]);
  const pid = program.child.pid ?? 0;
  const charger = await dialRaw(port);
  onTestFinished(() => void charger.socket.destroy());
  charger.send(upgradeHead("/CP1"));
  const peer = await csms.accept();
  await peer.head();
  peer.send(switching);
  await charger.head();
  const pusher = from === "charger" ? charger : peer;
  const reader = from === "charger" ? peer : charger;
  reader.socket.removeAllListeners("data").pause();
  const mask = from === "charger" ? chargerMask : undefined;
  const frame = encodeFrame({ opcode: 1, payload: new Uint8Array(frameBytes).fill(0x61), mask });
  const before = await residentMiB(pid);
  const pushed = Math.ceil(total / frame.length) * frame.length;
  const { socket } = pusher;
  let left = pushed;
  const push = (): void => {
    while (left > 0) {
      left -= frame.length;
      if (!socket.write(frame)) return;
    }
  };
  socket.on("drain", push);
  push();
  let peak = before;
  let still = 0;
  let taken = 0;
  // There is no event for "nothing happens": the pushing is over when nothing was taken for a second.
  for await (const _ of setInterval(50)) {
    const now = socket.bytesWritten - socket.writableLength;
    still = now === taken ? still + 1 : 0;
    taken = now;
    peak = Math.max(peak, await residentMiB(pid));
    if (still >= 20) break;
  }
  let received = 0;
  const all = new Promise<void>((resolve) => {
    reader.socket.on("data", (chunk: Buffer) => {
      received += chunk.length;
      if (received >= pushed) resolve();
    });
  });
  reader.socket.resume();
  await all;
  program.child.kill("SIGTERM");
  const exitCode = await program.ended;
  return { taken, grownMiB: peak - before, received, pushed, exitCode, cassettes: await cassettesIn(folder) };
}
