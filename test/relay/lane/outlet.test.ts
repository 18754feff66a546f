// The outgoing half of a gate: what is written now, what waits, and in which order it leaves.
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import type { LaneHost } from "../../../src/relay/lane/lane-host.js";
import type { OutgoingMessage } from "../../../src/relay/lane/outgoing-message.js";
import { Outlet } from "../../../src/relay/lane/outlet.js";
import { relayLimits } from "../../../src/relay/limits.js";
import type { RelayCommand } from "../../../src/relay/protocol.js";
import { encodeFrame, type FrameView, readFrame } from "../../../src/wire/websocket/frame.js";
import { shown } from "../../support/worlds/relay-player.js";
import { outgoing } from "./sample.js";

const frame = (opcode: number, body: string): FrameView => {
  const view = readFrame(encodeFrame({ opcode, payload: utf8(body) }));
  if (view === undefined) throw new Error("no frame");
  return view;
};

const words = (out: readonly RelayCommand[]): readonly string[] =>
  out.map((command) => (command.kind === "write" ? shown(command.bytes) : command.kind));

const open = (holdBytes = 10_000): { outlet: Outlet; out: RelayCommand[] } => {
  const frames = { "cp-to-csms": 0, "csms-to-cp": 0 };
  const ways = { direction: "csms-to-cp", to: "charger", other: "cp-to-csms" } as const;
  const host = { limits: { ...relayLimits, holdBytes } } as unknown as LaneHost;
  return { outlet: new Outlet({ connection: 1, ...ways, maxFrame: 100, frames }, host), out: [] };
};

const held = (body: string, delayMs: number, holdsLane = false): OutgoingMessage =>
  outgoing({ writes: [frame(1, body).raw], delayMs, holdsLane });

const ms = 1_000_000;

describe("an outlet", () => {
  test("writes at once what no held message blocks", () => {
    const { outlet, out } = open();
    outlet.send(held("a", 10), 0, out);
    expect(outlet.pass(frame(1, "b").raw, 0, out)).toBe(true);
    expect(outlet.passControl(frame(9, "p"), 0, out)).toBe(true);
    expect(words(out)).toEqual(["text b", "ping p"]);
    expect(outlet.nextAtNs()).toBe(10 * ms);
  });

  test("queues everything after a message that holds the lane, except pings and pongs", () => {
    const { outlet, out } = open();
    outlet.send(held("a", 10, true), 0, out);
    expect(outlet.blocked).toBe(true);
    expect(outlet.pass(frame(1, "b").raw, 0, out)).toBe(false);
    expect(outlet.passControl(frame(11, "reserved"), 0, out)).toBe(false);
    expect(outlet.passControl(frame(10, "p"), 0, out)).toBe(true);
    outlet.sendDue(10 * ms, out);
    expect(words(out)).toEqual(["pong p", "text a", "text b", "opcode 11 reserved"]);
  });

  test("lets nothing overtake a close frame", () => {
    const { outlet, out } = open();
    outlet.send(held("a", 10), 0, out);
    expect(outlet.passControl(frame(8, ""), 0, out)).toBe(false);
    outlet.passControl(frame(9, "p"), 0, out);
    outlet.pass(frame(1, "b").raw, 0, out);
    outlet.end("end", 0, 5, out);
    outlet.sendDue(5, out);
    expect(words(out)).toEqual(["text a", "close", "ping p", "text b", "end"]);
  });

  test("ends at once where nothing is held", () => {
    const { outlet, out } = open();
    outlet.end("reset", 0, 5, out);
    expect(words(out)).toEqual(["reset"]);
  });

  test("pauses the sender beyond its limit, and resumes it when half of that has left or was thrown away", () => {
    for (const relief of [
      (outlet: Outlet, out: RelayCommand[]) => outlet.sendDue(10 * ms, out),
      (outlet: Outlet, out: RelayCommand[]) => outlet.discard(out),
    ]) {
      const { outlet, out } = open(300);
      for (const body of ["a", "b", "c", "d"]) outlet.send(held(body, 10), 0, out);
      expect(out).toEqual([{ kind: "pause", from: "csms" }]);
      relief(outlet, out);
      expect(out.at(-1)).toEqual({ kind: "resume", from: "csms" });
    }
  });

  test("sends what it holds after it was muted", () => {
    const { outlet, out } = open();
    outlet.send(held("a", 10), 0, out);
    outlet.muted = true;
    expect(outlet.pass(frame(1, "b").raw, 0, out)).toBe(false);
    expect(outlet.passControl(frame(9, "p"), 0, out)).toBe(false);
    expect(outlet.passControl(frame(8, ""), 0, out)).toBe(false);
    outlet.hurry(1, out);
    outlet.sendDue(1, out);
    expect(words(out)).toEqual(["text a"]);
  });
});
