// Whatever a frame fault does to a message, it throws nothing, the tape tells what went out, and what comes later passes.
import fc from "fast-check";
import { expect, test } from "vitest";
import { concat, hex, noBytes, utf8 } from "../../src/base/bytes.js";
import { type FaultName, faultNames, faultOf } from "../../src/rules/faults/registry.js";
import { encodeFrame } from "../../src/wire/frame.js";
import { RelayWorld } from "../support/relay-player.js";

const variants: Readonly<Partial<Record<FaultName, readonly string[]>>> = {
  "invalid-utf8": ["invalid-utf8: cut-off", "invalid-utf8: {}"],
  "bad-rsv": ["bad-rsv: all"],
  "reserved-opcode": ["reserved-opcode: 11"],
  "non-minimal-length": ["non-minimal-length: 16"],
  "bad-length": ["bad-length: less", "bad-length: 2^63"],
  "oversized-control": ["oversized-control: { frame: close, size: 70000 }"],
  truncated: ["truncated: reset"],
  fragment: ["fragment: 1"],
  "ping-flood": ["ping-flood: { n: 2, gap: 0 }"],
  close: ["close: { style: no-frame }", "close: { style: reset }", "close: { style: go-on }"],
  "byte-flip": ["byte-flip: { n: 1000, in: frame }"],
};
const uses = faultNames
  .filter((name) => faultOf(name).layer === "frame")
  .flatMap((name) => [faultOf(name).example, ...(variants[name] ?? [])].map((use) => ({ name, use })));

/** Behind these nothing goes out any more. */
const endsIt = (use: string): boolean =>
  use.startsWith("truncated") || (use.startsWith("close") && !use.includes("go-on"));

const octets = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.constantFrom("", '[2,"1","Heartbeat",{}]', "[", '"é"').map(utf8),
);

/** A message in one to four frames of a data opcode, lawful or not in everything else. */
const message = fc
  .record({
    parts: fc.array(octets, { minLength: 1, maxLength: 4 }),
    opcode: fc.constantFrom(0, 1, 1, 1, 2, 3),
    rsv: fc.constantFrom(0, 0, 4, 7),
    mask: fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }), { nil: undefined }),
    lengthForm: fc.constantFrom(undefined, undefined, 64 as const),
    control: fc.boolean(),
  })
  .map(({ parts, opcode, rsv, mask, lengthForm, control }) =>
    concat(
      parts.flatMap((payload, i) => [
        encodeFrame({
          fin: i === parts.length - 1,
          rsv: i === 0 ? rsv : 0,
          opcode: i === 0 ? opcode : 0,
          payload,
          mask,
          lengthForm,
        }),
        ...(control && i < parts.length - 1 ? [encodeFrame({ opcode: 10, payload: noBytes, mask })] : []),
      ]),
    ),
  );

test.each(uses)("$use does no harm to what comes later", ({ name, use }) => {
  const [point] = faultOf(name).points;
  const isMessage = point === "message";
  const opcode = point === "ping" ? 9 : 10;
  const rules = `version: 1\nrules: [ { id: r, trigger: { first: 1 }, then: [ { ${use} } ] } ]`;
  fc.assert(
    fc.property(message, octets, fc.boolean(), (first, words, fromCharger) => {
      const [from, to] = fromCharger ? (["charger", "csms"] as const) : (["csms", "charger"] as const);
      const world = new RelayWorld({ rules });
      const later = encodeFrame({ opcode: 1, payload: words, mask: fromCharger ? utf8("mask") : undefined });
      world.bytes(from, isMessage ? first : encodeFrame({ opcode, payload: words }));
      const [decision] = world.entries.filter((entry) => entry.kind === "decision");
      expect(decision).toBeDefined();
      const sent = hex(concat([noBytes, ...(decision?.sent ?? [])]));
      const before = hex(world.sentTo(to));
      if (isMessage) expect(before).toContain(sent);
      if (world.ended[to] === undefined) world.bytes(from, later);
      world.after(60_000);
      if (!endsIt(use) || decision?.outcome.startsWith("not applied") === true)
        expect(hex(world.sentTo(to)).slice(before.length)).toContain(hex(later));
    }),
    { numRuns: 60 },
  );
});
