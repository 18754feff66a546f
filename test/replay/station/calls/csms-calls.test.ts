// Calls of the CSMS, matched with the recorded ones and answered.
import { describe, expect, test } from "vitest";
import { ignoresOf } from "../../../../src/analyse/compare/ignore-rules.js";
import { text } from "../../../../src/base/bytes.js";
import type { Entry } from "../../../../src/cassette/format/entry.js";
import { compilePlan } from "../../../../src/replay/plan/compile-plan.js";
import { CsmsCalls } from "../../../../src/replay/station/calls/csms-calls.js";
import { payloadOf, readFrame } from "../../../../src/wire/websocket/frame.js";
import { dialogueRecording } from "../../../support/cassettes/dialogue-recording.js";
import { receivedCall } from "../../../support/worlds/received.js";

const change = (id: string, key: string, value: string): string =>
  `[2,"${id}","ChangeConfiguration",{"key":"${key}","value":"${value}"}]`;

const recorded = dialogueRecording([
  "1 dial",
  `1< ${change("1", "A", "1")}`,
  '1> [3,"1",{"status":"Rejected", "n":1.0}]',
  `1< ${change("2", "B", "1")}`,
  '1> [3,"2",{"status":"Accepted"}]',
  `1< ${change("3", "B", "2")}`,
  '1> [4,"3","InternalError","",{}]',
  '1< [2,"4","Reset",{"type":"Hard"}]',
]);

const station = (): ((message: string) => string) => {
  const calls = new CsmsCalls(compilePlan(recorded));
  return (message) => {
    const { compared, reply } = calls.receive(receivedCall(message));
    const frame = reply === undefined ? undefined : readFrame(reply.bytes);
    return `${compared.result}: ${frame === undefined ? "no answer" : text(payloadOf(frame))}`;
  };
};

describe("a call of the CSMS", () => {
  test("a call gets the answer of the recorded call with the same payload, else about the same thing", () => {
    const take = station();
    expect(take(change("x", "B", "2"))).toBe('equal: [4,"x","InternalError","",{}]');
    expect(take(change("y", "B", "9"))).toBe('different: [3,"y",{"status":"Accepted"}]');
    expect(take(change("z", "A", "9"))).toBe('different: [3,"z",{"status":"Rejected", "n":1.0}]');
  });

  test("a call never gets the recorded answer about another thing", () => {
    const take = station();
    expect(take(change("z", "C", "9"))).toBe('unexpected: [3,"z",{"status":"NotSupported"}]');
    expect(take('[2,"r","Reset",{"type":"Soft"}]')).toBe('different: [3,"r",{"status":"Rejected"}]');
  });

  test("each recorded call is used once, then the passive station answers", () => {
    const take = station();
    for (const key of ["A", "B", "B"]) take(change("x", key, "1"));
    // B was accepted before, so the station knows it.
    expect(take(change("y", "B", "3"))).toBe('unexpected: [3,"y",{"status":"Accepted"}]');
    expect(take(change("z", "Z", "3"))).toBe('unexpected: [3,"z",{"status":"NotSupported"}]');
  });

  test("a call without a recorded answer is answered by the passive station", () => {
    expect(station()('[2,"r","Reset",{"type":"Hard"}]')).toBe('equal: [3,"r",{"status":"Rejected"}]');
  });

  test("the answer keeps the spelling of the message id", () => {
    expect(station()(change("\\u0041\\/", "A", "1"))).toBe(
      'equal: [3,"\\u0041\\/",{"status":"Rejected", "n":1.0}]',
    );
  });

  test("a call that nests too deep is refused, and a SEND is not answered", () => {
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    expect(station()(`[2,"d","DataTransfer",${deep}]`)).toContain("FormationViolation");
    expect(station()('[6,"s","NotifyPeriodicEventStream",{}]')).toBe("unexpected: no answer");
  });
});

test("recorded calls that do not come are missing, in the recorded order", () => {
  const calls = new CsmsCalls(compilePlan(recorded));
  expect(calls.isExpecting(1)).toBe(true);
  expect(calls.isExpecting(2)).toBe(false);
  expect(calls.missing().map(({ id }) => id)).toEqual(["1", "2", "3", "4"]);
});

test("a stray message is equal if the recording has the same, else unexpected", () => {
  const recording = dialogueRecording(["1 dial", "1< odd"]);
  const calls = new CsmsCalls(compilePlan(recording));
  expect(
    ["odd", "odd", undefined].map((text) => calls.receiveStray({ connection: 1, text, atNs: 0 })),
  ).toMatchObject([{ result: "equal" }, { result: "unexpected" }, { result: "unexpected" }]);
});

describe("a call of the prologue", () => {
  const end: Entry = { kind: "note", connection: 1, at: null, code: "prologue-end", message: "" };
  const calls = (): CsmsCalls =>
    new CsmsCalls(compilePlan([...recorded.slice(0, 6), end, ...recorded.slice(6)]));

  test("a call of the prologue that does not come is neither missing nor awaited", () => {
    expect(calls().missing()).toMatchObject([
      { id: "1", result: "ignorable", why: "the call is part of the prologue" },
      { id: "2", result: "ignorable" },
      { id: "3", result: "missing" },
      { id: "4", result: "missing" },
    ]);
    const alone = new CsmsCalls(compilePlan([...recorded.slice(0, 6), end]));
    expect(alone.isExpecting(1)).toBe(false);
  });

  test("a call of the prologue is in force: the station knows what was set", () => {
    const text16 = '[2,"g","GetConfiguration",{"key":["B"]}]';
    const { reply } = calls().receive(receivedCall(text16));
    const frame = reply === undefined ? undefined : readFrame(reply.bytes);
    expect(frame && text(payloadOf(frame))).toContain('"value":"1"');
  });
});

test("ignored differences do not count when the recorded call is found", () => {
  const ignores = ignoresOf([{ action: "ChangeConfiguration", pointer: "/value" }]);
  const calls = new CsmsCalls(compilePlan(recorded), undefined, ignores);
  const message = change("x", "B", "77");
  const { compared } = calls.receive(receivedCall(message, 1, 5));
  expect(compared).toMatchObject({
    result: "ignorable",
    exchange: {
      expectation: 1,
      liveAtNs: 5,
      recorded: { call: change("2", "B", "1") },
      live: { call: message },
    },
  });
});
