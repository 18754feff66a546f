import { expect, test } from "vitest";
import { concat, utf8 } from "../../../../src/base/bytes.js";
import { truncated } from "../../../../src/rules/faults/frame/truncated.js";
import { encodeFrame } from "../../../../src/wire/websocket/frame.js";
import { described, meet } from "../../../support/worlds/frame-fault.js";
import { collector, plainValue, ruledMessage } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';
const begin = encodeFrame({ opcode: 1, fin: false, payload: utf8("abc") });
const rest = encodeFrame({ opcode: 0, payload: utf8("de") });

test("truncated stops within a frame, and then this direction stays silent", () => {
  const { world, recorded } = meet(
    "{ truncated: {} }",
    "charger",
    `text ${hi}`,
    `text ${hi}`,
    "ping p",
    "end",
  );
  const sent = world.sentTo("csms");
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.length).toBeLessThan(21);
  expect(recorded).toHaveLength(1);
  expect(recorded[0]).toContain(`truncated truncated ${sent.length} of 21 bytes, silence | `);
  expect(world.ended.csms).toBeUndefined();
  world.perform(`csms text ${hi}`);
  expect(described(world.sentTo("charger"))).toEqual([`fin op 1 7:15 ${hi}`]);
  expect(world.entries.filter(({ kind }) => kind === "frame")).toHaveLength(4);
  expect(world.done).toBe(false);
  world.perform("csms end");
  expect(world.ended).toEqual({ charger: "end", csms: "end" });
  expect(world.done).toBe(true);
});

test("truncated stops within a frame, and then resets both sides", () => {
  const { world, recorded } = meet("{ truncated: reset }", "csms", `text ${hi}`);
  expect(recorded[0]).toMatch(/^truncated truncated [0-9]+ of 17 bytes, reset \| /);
  expect(world.ended).toEqual({ charger: "reset", csms: "reset" });
  expect(world.entries.at(-1)).toMatchObject({
    kind: "connection-closed",
    ends: [{ by: "us", how: "reset" }],
  });
});

test("truncated never stops between two frames", () => {
  for (let place = 0; place < 1; place += 1 / 64) {
    const copies = [concat([begin, rest])];
    const input = { message: ruledMessage(hi), copies, draw: () => place };
    const [sent] = truncated.apply({ then: "silence" }, input).copies;
    expect(sent?.length).toBeGreaterThan(0);
    expect(sent?.length).toBeLessThan(begin.length + rest.length);
    expect(sent?.length).not.toBe(begin.length);
  }
});

test("truncated sends one incomplete copy, and none of the others", () => {
  const { world } = meet("{ duplicate: { times: 3 } }, { truncated: {} }", "csms", `text ${hi}`);
  expect(world.sentTo("charger").length).toBeLessThan(17);
});

test("truncated reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(truncated.read(plainValue({}), report)).toEqual({ then: "silence" });
  expect(truncated.read(plainValue("reset"), report)).toEqual({ then: "reset" });
  expect(said).toEqual([]);
  for (const wrong of [{ then: "close" }, { x: 1 }]) truncated.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
