// What ajv says, as rules and places. That every step out of every schema is found is tested with `validate`.
import { describe, expect, test } from "vitest";
import { readJson } from "../../../src/ocpp/json/tree.js";
import { checkPayload } from "../../../src/ocpp/validation/check-payload.js";

const check = (action: string, text: string, size = 10) => {
  const { root } = readJson(text);
  if (root === undefined) throw new Error("no JSON");
  return checkPayload(root, size, { version: "1.6", action, role: "request", demand: "schema", base: "/3" });
};

const told = (action: string, text: string): string[] =>
  check(action, text).breaches.map(
    ({ code, pointer, start, end, expected }) =>
      `${code} ${pointer} ${text.slice(start, end)} => ${expected}`,
  );

describe("checkPayload", () => {
  test("has nothing to say where there is no schema", () => {
    expect(check("Nope", "{}").breaches).toEqual([]);
  });

  test("names the object that lacks a member", () => {
    expect(told("Authorize", "{ }")).toEqual(["missing-member /3/idTag { } => idTag"]);
  });

  test("names a surplus member with the comma that joins it", () => {
    expect(told("Authorize", '{"idTag":"A", "x":1}')).toEqual([
      'unknown-member /3/x , "x":1 => no such member',
    ]);
    expect(told("Authorize", '{"x":1, "idTag":"A"}')).toEqual([
      'unknown-member /3/x "x":1,  => no such member',
    ]);
    expect(told("Heartbeat", '{ "x":1 }')).toEqual(['unknown-member /3/x "x":1 => no such member']);
  });

  test("guesses which member was meant, unless that one is there", () => {
    expect(told("Authorize", '{"idtag":"A"}')).toContain('unknown-member /3/idtag "idtag":"A" => idTag');
    expect(told("Authorize", '{"idTag":"A","idtag":"A"}')).toEqual([
      'unknown-member /3/idtag ,"idtag":"A" => no such member',
    ]);
  });

  test("says of a value of the wrong type nothing else", () => {
    expect(told("Reset", '{"type":7}')).toEqual(["wrong-type /3/type 7 => a text"]);
  });

  test("tells null for what may be left out from null for what may not", () => {
    expect(told("Authorize", '{"idTag":null}')).toEqual(["wrong-type /3/idTag null => a text"]);
    expect(told("ClearChargingProfile", '{"id":null}')).toEqual([
      "null-member /3/id null => an integer, or no such member",
    ]);
  });

  test("guesses the word of an enumeration", () => {
    expect(told("Reset", '{"type":"hard"}')).toEqual([
      'unknown-value /3/type "hard" => Hard or another of Hard, Soft',
    ]);
  });

  test("concludes nothing from a value that cannot be told", () => {
    expect(told("UnlockConnector", '{"connectorId":}')).toEqual([]);
    expect(told("UnlockConnector", '{"connectorId":None}')).toEqual([]);
  });

  test("tells the first breach alone where there could be too many", () => {
    const text = '{"listVersion":1,"updateType":"Full","localAuthorizationList":[1,2,3]}';
    expect(check("SendLocalList", text).breaches).toHaveLength(3);
    expect(check("SendLocalList", text, 1_000_000)).toMatchObject({
      breaches: { length: 1 },
      isPartial: true,
    });
  });
});
