// What a cassette's source could not know, as others ask for it.
import { expect, test } from "vitest";
import type { SessionEntry } from "../../src/cassette/format/entry.js";
import { knows, unknownInWords, unknownOf } from "../../src/cassette/source-capabilities.js";

const session = (parts: Partial<SessionEntry>): SessionEntry => ({
  kind: "session",
  format: 1,
  salt: 1,
  startedAt: "2026-01-01T00:00:00.000Z",
  identity: "CP1",
  capture: "wire",
  source: "record",
  tool: "test",
  csms: null,
  seed: null,
  rules: null,
  ...parts,
});

test("a cassette of the wire knows everything unless it says otherwise", () => {
  expect(unknownOf(session({}))).toEqual([]);
  expect(knows([session({ unknown: ["ends"] })], "ends")).toBe(false);
  expect(knows([session({ unknown: ["ends"] })], "handshake")).toBe(true);
  expect(knows([], "times")).toBe(true);
});

test("an old cassette of messages does not know what no log of messages knows", () => {
  expect(unknownOf(session({ capture: "messages" }))).toEqual(["control-frames", "handshake", "ends"]);
  expect(unknownOf(session({ capture: "messages", unknown: [] }))).toEqual([]);
});

test("what is unknown is told in words", () => {
  expect(unknownInWords(session({}))).toBeUndefined();
  expect(unknownInWords(session({ unknown: ["times", "handshake"] }))).toBe("handshakes, some times");
  expect(unknownInWords(undefined)).toBeUndefined();
});
