// Envelopes, readable or not.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Envelope, parseEnvelope } from "../../../src/ocpp/envelope/parse-envelope.js";
import { peek } from "../../../src/ocpp/envelope/peek.js";

const codesOf = (envelope: Envelope): readonly string[] =>
  envelope.kind === "unreadable" ? envelope.issues.map((issue) => issue.code) : [];

describe("parseEnvelope", () => {
  test("takes the five kinds of messages apart", () => {
    expect(parseEnvelope('[2,"1","Heartbeat",{}]')).toEqual({
      kind: "call",
      id: "1",
      action: "Heartbeat",
      payload: {},
    });
    expect(parseEnvelope('[3,"1",{"a":1}]')).toEqual({ kind: "call-result", id: "1", payload: { a: 1 } });
    const error = { id: "1", code: "GenericError", description: "no", details: { x: 1 } };
    expect(parseEnvelope('[4,"1","GenericError","no",{"x":1}]')).toEqual({ kind: "call-error", ...error });
    expect(parseEnvelope('[5,"1","GenericError","no",{"x":1}]')).toEqual({
      kind: "call-result-error",
      ...error,
    });
    expect(parseEnvelope('[6,"1","NotifyPeriodicEventStream",{}]')).toEqual({
      kind: "send",
      id: "1",
      action: "NotifyPeriodicEventStream",
      payload: {},
    });
  });

  test("passes over a byte order mark", () => {
    expect(parseEnvelope('\uFEFF[3,"1",{}]').kind).toBe("call-result");
  });

  test("keeps what stands in the place of a payload, and what does not stand there", () => {
    expect(parseEnvelope('[2,"1","Heartbeat",null]')).toMatchObject({ kind: "call", payload: null });
    expect(parseEnvelope('[2,"1","Heartbeat"]')).toMatchObject({ kind: "call", payload: undefined });
  });

  test("fills the missing parts of an error with nothing", () => {
    expect(parseEnvelope('[4,"1"]')).toMatchObject({ kind: "call-error", code: "", description: "" });
    expect(parseEnvelope('[4,"1",7,null]')).toMatchObject({ kind: "call-error", code: "7", description: "" });
  });

  test.each([
    ["", "not-json"],
    ["hello", "not-json"],
    ['[2,"1","Heartbeat",{]', "not-json"],
    ["{}", "not-an-array"],
    ["null", "not-an-array"],
    ['"[2]"', "not-an-array"],
    ["[]", "message-type"],
    ['["2","1","Heartbeat",{}]', "message-type"],
    ['[7,"1",{}]', "message-type"],
    ['[2,1,"Heartbeat",{}]', "message-id"],
    ['[2,null,"Heartbeat",{}]', "message-id"],
    ['[2,"1",{}]', "action"],
    ['[2,"1"]', "action"],
  ])("says of %j: %s", (message, code) => {
    expect(codesOf(parseEnvelope(message))).toEqual([code]);
  });

  test("tells what the beginning of a broken message says", () => {
    expect(parseEnvelope('[2,"1","MeterValues",{"a":')).toMatchObject({
      kind: "unreadable",
      peek: { type: "CALL", id: "1", action: "MeterValues" },
    });
    expect(parseEnvelope("garbage")).toMatchObject({ kind: "unreadable", peek: undefined });
  });

  test("survives members that pretend to be methods", () => {
    const odd = '{"toString":1,"valueOf":1,"toJSON":1}';
    expect(parseEnvelope(`[4,"1",${odd},${odd},${odd}]`)).toMatchObject({
      kind: "call-error",
      code: "",
      description: "",
    });
    expect(codesOf(parseEnvelope(`[${odd}]`))).toEqual(["message-type"]);
  });

  test("survives any depth", () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    expect(codesOf(parseEnvelope(deep))).toEqual(["message-type"]);
    expect(parseEnvelope(`[4,"1",${deep},${deep},${deep}]`).kind).toBe("call-error");
  });

  test("gives an envelope for every text", () => {
    const almost = fc.array(
      fc.constantFrom(
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        '"',
        "\\",
        "2",
        "3",
        "4",
        '"1"',
        '"Heartbeat"',
        " ",
        "\uFEFF",
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.json(),
          almost.map((parts) => parts.join("")),
        ),
        (message) => {
          expect(typeof parseEnvelope(message).kind).toBe("string");
        },
      ),
      { numRuns: 500 },
    );
  });

  test("agrees with what peek says of a readable CALL", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), fc.jsonValue(), (id, action, payload) => {
        const message = JSON.stringify([2, id, action, payload]);
        expect(parseEnvelope(message)).toMatchObject({ kind: "call", id, action });
        expect(peek(message)).toEqual({ type: "CALL", id, action });
      }),
    );
  });
});
