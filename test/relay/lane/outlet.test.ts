// The outgoing half of a gate: what is written now, what waits, and in which order it leaves.
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import { createOutlet, type Outlet } from "../../../src/relay/lane/outlet.js";
import type { RelayCommand } from "../../../src/relay/protocol.js";
import { encodeFrame, type FrameView, readFrame } from "../../../src/wire/websocket/frame.js";
import { shown } from "../../support/worlds/relay-player.js";

const frame = (opcode: number, body: string): FrameView => {
  const view = readFrame(encodeFrame({ opcode, payload: utf8(body) }));
  if (view === undefined) throw new Error("no frame");
  return view;
};

const words = (out: readonly RelayCommand[]): readonly string[] =>
  out.map((command) => (command.kind === "write" ? shown(command.bytes) : command.kind));

const open = (holdBytes = 10_000): { outlet: Outlet; out: RelayCommand[] } => {
  const frames = { "cp-to-csms": 0, "csms-to-cp": 0 };
  const place = {
    connection: 1,
    direction: "csms-to-cp",
    to: "charger",
    maxFrame: 100,
    frames,
    other: "cp-to-csms",
  } as const;
  return { outlet: createOutlet(place, holdBytes, () => undefined), out: [] };
};

const hold = (body: string, releaseAt: number, holdsLane = false) => ({
  bytes: [frame(1, body).raw],
  releaseAt,
  holdsLane,
  then: "nothing" as const,
});

describe("an outlet", () => {
  test("writes now what nothing holds up", () => {
    const { outlet, out } = open();
    outlet.hold(hold("a", 10), out);
    expect(outlet.pass(frame(1, "b").raw, 0, out)).toBe(true);
    expect(outlet.passControl(frame(9, "p"), 0, out)).toBe(true);
    expect(words(out)).toEqual(["text b", "ping p"]);
    expect(outlet.nextAt()).toBe(10);
  });

  test("queues behind a held lane everything but pings and pongs", () => {
    const { outlet, out } = open();
    outlet.hold(hold("a", 10, true), out);
    expect(outlet.blocked).toBe(true);
    expect(outlet.pass(frame(1, "b").raw, 0, out)).toBe(false);
    expect(outlet.passControl(frame(11, "reserved"), 0, out)).toBe(false);
    expect(outlet.passControl(frame(10, "p"), 0, out)).toBe(true);
    outlet.release(10, out);
    expect(words(out)).toEqual(["pong p", "text a", "text b", "opcode 11 reserved"]);
  });

  test("lets nothing overtake a close frame", () => {
    const { outlet, out } = open();
    outlet.hold(hold("a", 10), out);
    expect(outlet.passControl(frame(8, ""), 0, out)).toBe(false);
    outlet.passControl(frame(9, "p"), 0, out);
    outlet.pass(frame(1, "b").raw, 0, out);
    outlet.end("end", 0, 5, out);
    outlet.release(5, out);
    expect(words(out)).toEqual(["text a", "close", "ping p", "text b", "end"]);
  });

  test("ends at once where nothing is held", () => {
    const { outlet, out } = open();
    outlet.end("reset", 0, 5, out);
    expect(words(out)).toEqual(["reset"]);
  });

  test("pauses the sender beyond its limit, and resumes it when half of that has left or was thrown away", () => {
    for (const relief of [
      (outlet: Outlet, out: RelayCommand[]) => outlet.release(10, out),
      (outlet: Outlet, out: RelayCommand[]) => outlet.discard(out),
    ]) {
      const { outlet, out } = open(300);
      for (const body of ["a", "b", "c", "d"]) outlet.hold(hold(body, 10), out);
      expect(out).toEqual([{ kind: "pause", from: "csms" }]);
      relief(outlet, out);
      expect(out.at(-1)).toEqual({ kind: "resume", from: "csms" });
    }
  });

  test("muted, still lets go what it holds", () => {
    const { outlet, out } = open();
    outlet.hold(hold("a", 10), out);
    outlet.mute();
    expect(outlet.pass(frame(1, "b").raw, 0, out)).toBe(false);
    expect(outlet.passControl(frame(9, "p"), 0, out)).toBe(false);
    expect(outlet.passControl(frame(8, ""), 0, out)).toBe(false);
    outlet.hurry(1, out);
    outlet.release(1, out);
    expect(words(out)).toEqual(["text a"]);
  });
});
