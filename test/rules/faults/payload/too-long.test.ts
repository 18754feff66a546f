import { expect, test } from "vitest";
import { tooLong } from "../../../../src/rules/faults/payload/too-long.js";
import { onTheWire, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

test("too-long makes a text one character longer than its schema allows", () => {
  expect(tried(tooLong, "/idTag", start)).toMatchObject({
    texts: [start.replace("ABC", "ABC".padEnd(21, "x"))],
    outcome: "lengthened /idTag to 21 characters",
  });
});

test("too-long uses the limit of the connection's OCPP version", () => {
  const text = '[2,"1","Authorize",{"idToken":{"idToken":"A","type":"Central"}}]';
  const made = tried(tooLong, {}, text, { message: { version: "2.0.1" } });
  expect(made.outcome).toBe("lengthened /idToken/idToken to 37 characters");
});

test("too-long needs no schema if the rule has a length", () => {
  expect(tried(tooLong, { path: "/a", length: 5 }, '[2,"1","X",{"a":"b"}]').texts).toEqual([
    '[2,"1","X",{"a":"bxxxx"}]',
  ]);
});

test("too-long adds a text with a limit if there is none", () => {
  const made = tried(tooLong, {}, '[3,"1",{"status":"Accepted"}]', {
    message: { action: "DataTransfer", version: "2.0.1" },
  });
  expect(made.outcome).toMatch(/^(?:lengthened|not applied)/);
});

test.each([
  ["/timestamp", "no schema limits /timestamp; say length"],
  ["/meterStart", "there is no text at /meterStart"],
  ["/nothing", "there is no text at /nothing"],
])("%s: %s", (path, why) => {
  expect(tried(tooLong, { path }, start).outcome).toBe(`not applied: ${why}`);
});

test("too-long changes the message on the wire, and the cassette records the change", () => {
  onTheWire(
    "{ too-long: { path: /idTag } }",
    start,
    "lengthened /idTag to 21 characters",
    start.replace("ABC", "ABC".padEnd(21, "x")),
  );
});
