// A message that is parsed at most once.
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { parseEnvelope } from "../../../src/ocpp/envelope/parse-envelope.js";
import { ParsedMessage } from "../../../src/ocpp/envelope/parsed-message.js";
import { flatten } from "../../../src/ocpp/json/flat-values.js";

test("a parsed message parses its text when something is read of it, and once", () => {
  const text = '[3,"a\\u0041",{"n":1.50,"t":{"id":9007199254740993},"n":2}]';
  const parse = vi.spyOn(JSON, "parse");
  const message = new ParsedMessage(text);
  expect(parse).not.toHaveBeenCalled();
  expect(message.envelope).toMatchObject({ kind: "call-result", id: "aA" });
  expect(message.payload).toMatchObject({ n: 2 });
  expect(message.idSource).toBe('"a\\u0041"');
  expect([...message.payloadSources]).toEqual([
    ["/n", "2"],
    ["/t/id", "9007199254740993"],
  ]);
  expect(message.values([[2, ""]])).toEqual(message.values([[2, ""]]));
  expect(parse).toHaveBeenCalledTimes(1);
  parse.mockRestore();
});

test("a parsed message gives what the single readers give, of any text", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json().map((json) => `\uFEFF[2,"i","A",${json}]`),
      ),
      (text) => {
        const message = new ParsedMessage(text);
        expect(message.envelope).toEqual(parseEnvelope(text));
        expect(message.values([[3, ""]])).toEqual(flatten(text, [[3, ""]]));
      },
    ),
  );
});
