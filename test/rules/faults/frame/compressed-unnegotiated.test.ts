import { constants, inflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { readFrames } from "../../../../src/rules/faults/edit/frames.js";
import { compressedUnnegotiated } from "../../../../src/rules/faults/frame/compressed-unnegotiated.js";
import { payloadOf } from "../../../../src/wire/websocket/frame.js";
import { meet } from "../../../support/worlds/frame-fault.js";
import { collector, plainValue } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';

test("the message is compressed without an agreement, and inflates to the same text", () => {
  for (const words of [hi, "x".repeat(70_000), ""]) {
    const { world, recorded } = meet("{ compressed-unnegotiated: {} }", "csms", `text ${words}`);
    const [frame] = readFrames(world.sentTo("charger")) ?? [];
    if (frame === undefined) throw new Error("no frame");
    expect(frame).toMatchObject({ fin: true, rsv: 4, opcode: 1 });
    const whole = Buffer.concat([payloadOf(frame), Buffer.from("0000ffff", "hex")]);
    expect(inflateRawSync(whole, { finishFlush: constants.Z_SYNC_FLUSH }).toString()).toBe(words);
    expect(recorded[0]).toContain("compressed-unnegotiated compressed | fin rsv 4 op 1 ");
  }
});

test("a message that is marked as compressed is not changed", () => {
  const { wire, recorded, decisions } = meet("{ compressed-unnegotiated: {} }", "csms", "bytes c10100");
  expect(recorded).toEqual([
    `compressed-unnegotiated not applied: the message is compressed already | ${wire.join(" | ")}`,
  ]);
  expect(decisions[0]?.sent).toEqual([decisions[0]?.original]);
});

test("compressed-unnegotiated reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(compressedUnnegotiated.read(plainValue({}), report)).toEqual({});
  expect(said).toEqual([]);
  for (const wrong of [{ x: 1 }, 7]) compressedUnnegotiated.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
