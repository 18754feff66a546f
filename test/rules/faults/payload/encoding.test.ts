import { expect, test } from "vitest";
import { hex } from "../../../../src/base/bytes.js";
import { encoding } from "../../../../src/rules/faults/payload/encoding.js";
import { payloadOf, readFrame } from "../../../../src/wire/websocket/frame.js";
import { onTheWire, tried } from "../trial.js";

const payloadBytes = (plain: unknown, message: string): string => {
  const [copy] = tried(encoding, plain, message, { draw: 0 }).copies;
  const frame = copy === undefined ? undefined : readFrame(copy);
  return frame === undefined ? "" : hex(payloadOf(frame));
};

test("Latin-1 has one byte per character, and a question mark for unknown ones", () => {
  expect(payloadBytes("latin-1", '[3,"1",{"a":"ü€𝄞"}]')).toBe(
    hex(Buffer.from('[3,"1",{"a":"ü??"}]', "latin1")),
  );
});

test("encoding adds an é to a text if the message is ASCII", () => {
  expect(payloadBytes("latin-1", '[3,"1",{"a":"b"}]')).toBe(hex(Buffer.from('[3,"1",{"a":"bé"}]', "latin1")));
  expect(tried(encoding, "latin-1", '[3,"1",{}]').outcome).toBe(
    "not applied: there is no text to put an é into",
  );
});

test.each([
  ["utf-16le", "5b003300"],
  ["utf-16be", "005b0033"],
])("%s begins with %s", (form, bytes) => {
  expect(payloadBytes(form, '[3,"1",{}]').slice(0, 8)).toBe(bytes);
});

test("encoding adds a byte order mark if the rule sets it", () => {
  expect(payloadBytes({ form: "utf-16le", bom: true }, "[]")).toBe("fffe5b005d00");
});

test("encoding changes the message on the wire, and the cassette records the change", () => {
  const text = '[2,"1","X",{"a":"b"}]';
  // What is no UTF-8 is shown as a replacement character.
  onTheWire("{ encoding: latin-1 }", text, "encoded latin-1", text.replace("b", "b\uFFFD"));
});
