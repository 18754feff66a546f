import { expect, test } from "vitest";
import { byteFlip } from "../../../../src/rules/faults/frame/byte-flip.js";
import { meet } from "../../../support/worlds/frame-fault.js";
import { collector, plainValue } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';

const differing = (a: Uint8Array, b: Uint8Array): readonly number[] =>
  [...a].flatMap((byte, i) => (byte === b[i] ? [] : [i]));

test.each([
  ["payload", 3, 6, 21],
  ["header", 2, 0, 6],
  ["frame", 21, 0, 21],
])("bytes in the %s are changed, as many as are asked for", (where, n, from, to) => {
  const { world, decisions, recorded } = meet(
    `{ byte-flip: { n: ${n}, in: ${where} } }`,
    "charger",
    `text ${hi}`,
  );
  const before = decisions[0]?.original ?? new Uint8Array();
  const changed = differing(before, world.sentTo("csms"));
  expect(changed).toHaveLength(n);
  for (const at of changed) expect(at >= from && at < to).toBe(true);
  expect(recorded[0]).toContain(`byte-flip flipped ${n} bytes | `);
});

test("byte-flip changes at most all bytes", () => {
  const { recorded } = meet("{ byte-flip: 1000 }", "csms", "text [2]");
  expect(recorded[0]).toContain("byte-flip flipped 3 bytes | ");
});

test("byte-flip changes the same bytes for the same seed", () => {
  const flip = (): Uint8Array => meet("{ byte-flip: 2 }", "csms", `text ${hi}`).world.sentTo("charger");
  expect(flip()).toEqual(flip());
});

test("byte-flip does not change an empty payload", () => {
  const { wire, recorded, decisions } = meet("{ byte-flip: {} }", "csms", "text ");
  expect(recorded).toEqual([`byte-flip not applied: its payload is empty | ${wire.join(" | ")}`]);
  expect(decisions[0]?.sent).toEqual([decisions[0]?.original]);
});

test("byte-flip reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(byteFlip.read(plainValue({}), report)).toEqual({ n: 1, in: "payload" });
  expect(byteFlip.read(plainValue(3), report)).toEqual({ n: 3, in: "payload" });
  expect(said).toEqual([]);
  for (const wrong of [{ n: 0 }, { in: "tail" }]) byteFlip.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
