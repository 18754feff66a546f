import { describe, expect, test } from "vitest";
import { exactText } from "../../../../src/base/bytes.js";
import { type MalformedKind, malformed } from "../../../../src/rules/faults/payload/malformed.js";
import { payloadOf, readFrame } from "../../../../src/wire/websocket/frame.js";
import { collector, maskingKey, plainValue, ruledMessage, textFrame } from "../../sample.js";

const json = '[2,"17","MeterValues",{"connectorId":2}]';

describe("malformed", () => {
  test.each<[MalformedKind, string | undefined]>([
    ["invalid-json", '[2,"17","MeterValues","connectorId":2}]'],
    ["truncated", '[2,"17","MeterValues'],
    ["invalid-utf8", undefined],
  ])("%s sends a valid frame with a broken text, the same in every copy", (kind, broken) => {
    const { raw } = textFrame(json);
    const outcome = malformed.apply(
      { kind },
      { message: ruledMessage(json), copies: [raw, raw], draw: () => 0.5 },
    );
    expect(outcome).toMatchObject({ outcome: `malformed ${kind}`, draw: 0.5 });
    const [first, second] = outcome.copies;
    expect(first).toBe(second);
    const frame = first && readFrame(first);
    expect(frame).toMatchObject({ fin: true, rsv: 0, opcode: 1, mask: maskingKey });
    expect(frame && exactText(payloadOf(frame))).toBe(broken);
  });

  test("malformed keeps the frames of the CSMS unmasked", () => {
    const { raw } = textFrame(json, "csms-to-cp");
    const outcome = malformed.apply(
      { kind: "truncated" },
      { message: ruledMessage(json), copies: [raw], draw: () => 0.5 },
    );
    expect(outcome.copies[0] && readFrame(outcome.copies[0])?.mask).toBeUndefined();
  });

  test("malformed needs a valid kind", () => {
    const { report, said } = collector();
    expect(malformed.read(plainValue({ kind: "truncated" }), report)).toEqual({ kind: "truncated" });
    for (const plain of [{}, { kind: "invalid-jsn" }, "truncated"])
      expect(malformed.read(plainValue(plain), report)).toBeUndefined();
    expect(said).toEqual([
      "missing-key: malformed needs kind: invalid-json, truncated, invalid-utf8",
      'unknown-name: kind cannot be "invalid-jsn"; valid: invalid-json, truncated, invalid-utf8; did you mean "invalid-json"?',
      'not-a-map: malformed must be a map, found "truncated"; valid: kind',
    ]);
  });
});
