// Entries as lines of JSON: the shape that scripts rely on, and that nothing is lost.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import type { Entry, FrameEntry } from "../../../src/cassette/format/entry.js";
import { entryFromJson, entryToJson } from "../../../src/cassette/format/entry-json.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { cassetteBytes } from "../../support/cassettes/cassette-bytes.js";
import { anyEntry, fromCharger, fromCsms } from "../../support/cassettes/entries.js";

const line = (entry: Entry): string => JSON.stringify(entryToJson(entry));
const frame = (raw: Uint8Array, over: Partial<FrameEntry> = {}): FrameEntry =>
  fromCharger("", { raw, ...over });
const mask = new Uint8Array(4);

describe("entryToJson", () => {
  test("tells a frame with its text, and its header where that is not the canonical one", () => {
    expect(entryToJson(fromCsms("[3]"))).toEqual({
      kind: "frame",
      connection: 1,
      direction: "csms-to-cp",
      rx: 3000,
      tx: 4000,
      seen: 1,
      opcode: 1,
      fin: true,
      text: "[3]",
    });
    expect(entryToJson(fromCharger("[3]"))).toMatchObject({ text: "[3]", wire: "gYMBAgME" });
    expect(entryToJson(frame(encodeFrame({ opcode: 1, payload: utf8("[]"), mask })))).not.toHaveProperty(
      "wire",
    );
    expect(entryToJson(frame(encodeFrame({ opcode: 1, payload: utf8("[]") })))).toHaveProperty("wire");
  });

  test("tells bytes that are no UTF-8 in Base64", () => {
    const raw = encodeFrame({ opcode: 2, rsv: 4, fin: false, payload: Uint8Array.of(0xff, 0), mask });
    expect(entryToJson(frame(raw))).toMatchObject({ opcode: 2, rsv: 4, fin: false, base64: "/wA=" });
  });
});

describe("entryFromJson", () => {
  test("gives back every entry, byte for byte", () => {
    fc.assert(
      fc.property(anyEntry, (entry) => {
        const built = entryFromJson(line(entry));
        expect("ok" in built && cassetteBytes([built.ok])).toEqual(cassetteBytes([entry]));
      }),
      { numRuns: 500 },
    );
  });

  test("gives back every frame, legal or not", () => {
    const parts = fc.record({
      fin: fc.boolean(),
      rsv: fc.nat(7),
      opcode: fc.nat(15),
      payload: fc.uint8Array({ maxLength: 300 }),
      mask: fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }), { nil: undefined }),
      lengthForm: fc.constantFrom(undefined, 16 as const, 64 as const),
    });
    fc.assert(
      fc.property(parts, fc.boolean(), (frameParts, toCsms) => {
        const entry = frame(encodeFrame(frameParts), toCsms ? {} : { direction: "csms-to-cp" });
        const built = entryFromJson(line(entry));
        expect("ok" in built && built.ok.kind === "frame" && built.ok.raw).toEqual(entry.raw);
      }),
      { numRuns: 500 },
    );
  });

  test("reads a frame with the fewest members", () => {
    const built = entryFromJson(
      '{"kind":"frame","connection":1,"direction":"cp-to-csms","rx":null,"tx":null,"seen":0,"opcode":1,"fin":true,"text":"x"}',
    );
    expect(built).toMatchObject({ ok: { raw: encodeFrame({ opcode: 1, payload: utf8("x"), mask }) } });
  });

  test.each([
    ["not JSON", "{", /no JSON object/],
    ["no object", "[]", /no JSON object/],
    ["nesting beyond any stack", "[".repeat(200_000), /no JSON object/],
    ["an unknown kind", '{"kind":"constructor"}', /there is no kind/],
    ["a missing member", '{"kind":"marker","at":1}', /text is missing/],
    ["a member of a prototype", '{"kind":"marker","at":1,"__proto__":{"text":"x"}}', /text is missing/],
    ["a wrong member", '{"kind":"marker","at":"1","text":""}', /at is not a number/],
    ["a frame without content", '{"kind":"frame","opcode":1}', /text or base64/],
    [
      "a frame with an opcode that is none",
      '{"kind":"frame","opcode":99,"fin":true,"text":""}',
      /text or base64/,
    ],
    ["a header that is no Base64", '{"kind":"frame","text":"","wire":"*"}', /text or base64/],
    [
      "no direction",
      '{"kind":"frame","opcode":1,"fin":true,"text":"","connection":1}',
      /direction is missing/,
    ],
  ])("tells a line with %s", (_, text, why) => {
    expect(entryFromJson(text)).toEqual({ why: expect.stringMatching(why) });
  });
});
