// Steps that a call of the CSMS causes: they wait for it for a limited time.
import { describe, expect, test } from "vitest";
import type { FlowOptions } from "../../../../src/replay/station/run/flow.js";
import { usualFlow } from "../../../../src/replay/station/run/flow.js";
import { dialogueRecording } from "../../../support/cassettes/dialogue-recording.js";
import { play, played } from "../../../support/worlds/playbook.js";
import { stationPlayer } from "../../../support/worlds/station-player.js";

const remote = '[2,"r","RemoteStartTransaction",{"idTag":"T"}]';
const authorize = '[2,"a","Authorize",{"idTag":"T"}]';
const start = '[2,"s","StartTransaction",{"connectorId":1,"idTag":"T"}]';
const meter = '[2,"m","MeterValues",{"connectorId":1,"transactionId":7,"meterValue":[]}]';
const beat = '[2,"h","Heartbeat",{}]';

const charging = dialogueRecording([
  "1 dial",
  `1< ${remote}`,
  '1> [3,"r",{"status":"Accepted"}]',
  `1> ${authorize}`,
  '1< [3,"a",{"idTagInfo":{"status":"Accepted"}}]',
  `1> ${start}`,
  '1< [3,"s",{"transactionId":7,"idTagInfo":{"status":"Accepted"}}]',
  `1> ${meter}`,
  '1< [3,"m",{}]',
  `1> ${beat}`,
  '1< [3,"h",{}]',
  "1 reset",
]);

const with_ = (changes: Partial<FlowOptions>): { readonly flow: FlowOptions } => ({
  flow: { ...usualFlow, ...changes },
});

const begin = [">> 0 start", "<< dial 1", "<< timer 30000", ">> 1 dialled 1"];
const waits = ['<< waiting RemoteStartTransaction {"idTag":"T"}', "<< timer 10000"];

const rest = (from: number): readonly string[] => [
  `<< send 1 ${authorize}`,
  "<< timer 30000",
  `>> ${from} says 1 [3,"a",{"idTagInfo":{"status":"Accepted"}}]`,
  `<< send 1 ${start}`,
  "<< timer 30000",
  `>> ${from + 1} says 1 [3,"s",{"transactionId":7,"idTagInfo":{"status":"Accepted"}}]`,
  `<< send 1 ${meter}`,
  "<< timer 30000",
  `>> ${from + 2} says 1 [3,"m",{}]`,
  `<< send 1 ${beat}`,
  "<< timer 30000",
];

describe("a step whose call has not come", () => {
  test("a step waits for the call that causes it, and the call is reported", () => {
    play(stationPlayer(charging), [
      ...begin,
      ...waits,
      '>> 5000 says 1 [2,"x","RemoteStartTransaction",{"idTag":"T"}]',
      '<< send 1 [3,"x",{"status":"Accepted"}]',
      ...rest(5001),
      '>> 5010 says 1 [3,"h",{}]',
      "<< reset 1",
      "<< finish pass",
    ]);
  });

  test("a step is sent without its call after the wait; nothing else waits for that call, and the verdict is partial at best", () => {
    play(stationPlayer(charging), [
      ...begin,
      ...waits,
      ">> 10001 timer",
      "<< note call-missing",
      ...rest(10_002),
      '>> 10010 says 1 [3,"h",{}]',
      "<< timer 1000",
      ">> 11010 timer",
      "<< reset 1",
      "<< missing < RemoteStartTransaction",
      "<< finish partial",
    ]);
  });

  test("a step without its call is left out with all that depends on it, with the policy skip", () => {
    play(stationPlayer(charging, with_({ onMissingCall: "skip" })), [
      ...begin,
      ...waits,
      ">> 10001 timer",
      "<< note call-missing",
      "<< missing > Authorize",
      "<< missing > StartTransaction",
      "<< missing > MeterValues",
      `<< send 1 ${beat}`,
      "<< timer 30000",
      '>> 10002 says 1 [3,"h",{}]',
      "<< timer 1000",
      ">> 11002 timer",
      "<< reset 1",
      "<< missing < RemoteStartTransaction",
      "<< finish partial",
    ]);
  });

  test("a step without its call ends the run, with the policy fail", () => {
    play(stationPlayer(charging, with_({ onMissingCall: "fail", callTimeoutMs: 70 })), [
      ...begin,
      waits[0] ?? "",
      "<< timer 70",
      ">> 71 timer",
      "<< note call-missing",
      "<< send 1 close 1000",
      "<< end 1",
      "<< finish fail",
    ]);
  });

  test("the operator decides about a step without its call in any time, unless the call comes first", () => {
    const asked = [...begin, ...waits, ">> 10001 timer", "<< ask RemoteStartTransaction"];
    play(stationPlayer(charging, with_({ onMissingCall: "ask", patient: true })), [
      ...asked,
      ">> 90000 operator send",
      "<< note call-missing",
      `<< send 1 ${authorize}`,
      "<< timer 30000",
    ]);
    play(stationPlayer(charging, with_({ onMissingCall: "ask", patient: true })), [
      ...asked,
      `>> 95000 says 1 ${remote}`,
      '<< send 1 [3,"r",{"status":"Accepted"}]',
      `<< send 1 ${authorize}`,
      "<< timer 30000",
      ">> 95001 operator fail",
    ]);
  });
});

test("no step waits for a call that came earlier than recorded", () => {
  play(stationPlayer(charging), [
    ">> 0 start",
    "<< dial 1",
    "<< timer 30000",
    `>> 1 dialled 1`,
    ...waits,
    `>> 2 says 1 ${remote}`,
    '<< send 1 [3,"r",{"status":"Accepted"}]',
    ...rest(3),
  ]);
});

test("asap waits for no call that hands out no value", () => {
  const lines = played(stationPlayer(charging, { pace: "asap" }), [">> 0 start", ">> 1 dialled 1"]);
  expect(lines).toContain(`<< send 1 ${authorize}`);
  expect(lines).toContain(`<< send 1 ${start}`);
});

test("an awaited call is reported with the values of this run", () => {
  const recording = dialogueRecording([
    "1 dial",
    `1> ${start}`,
    '1< [3,"s",{"transactionId":9223372036854775807,"idTagInfo":{"status":"Accepted"}}]',
    '1< [2,"r","RemoteStopTransaction",{"transactionId": 9223372036854775807}]',
    '1> [3,"r",{"status":"Accepted"}]',
    '1> [2,"e","StopTransaction",{"transactionId":9223372036854775807,"reason":"Remote"}]',
    '1< [3,"e",{}]',
  ]);
  const lines = played(stationPlayer(recording), [
    ">> 0 start",
    ">> 1 dialled 1",
    '>> 2 says 1 [3,"s",{"transactionId":42,"idTagInfo":{"status":"Accepted"}}]',
  ]);
  expect(lines).toContain('<< waiting RemoteStopTransaction {"transactionId": 42}');
});

test("missing calls in a row take less and less time, and a call that comes resets this", () => {
  const trigger = (id: number): string => `[2,"t${id}","TriggerMessage",{"requestedMessage":"Heartbeat"}]`;
  const lines = [1, 2, 3, 4, 5, 6].flatMap((id) => [
    `1< ${trigger(id)}`,
    `1> [3,"t${id}",{"status":"Accepted"}]`,
    `1> [2,"${id}","Heartbeat",{}]`,
  ]);
  const script = [">> 0 start", ">> 1 dialled 1", ">> 10001 timer", ">> 11001 timer", ">> 12001 timer"];
  const timers = (more: readonly string[], patient = false): readonly string[] =>
    played(stationPlayer(dialogueRecording(["1 dial", ...lines, "1 reset"]), with_({ patient })), [
      ...script,
      ...more,
    ]).filter((line) => line.startsWith("<< timer"));
  expect(timers([])).toEqual(["30000", "10000", "1000", "1000", "1000"].map((ms) => `<< timer ${ms}`));
  expect(timers([">> 12002 stop"], true).slice(0, 3)).toEqual(
    ["30000", "10000", "10000"].map((ms) => `<< timer ${ms}`),
  );
});

test("a missing reset is waited for once, and then the station reconnects without it", () => {
  const recording = dialogueRecording([
    "1 dial",
    '1< [2,"r","Reset",{"type":"Soft"}]',
    '1> [3,"r",{"status":"Accepted"}]',
    "1 reset",
    "2 dial",
    '2> [2,"b","BootNotification",{}]',
    '2< [3,"b",{"status":"Accepted"}]',
    "2 reset",
  ]);
  play(stationPlayer(recording, with_({ onMissingCall: "skip" })), [
    ...begin,
    '<< waiting Reset {"type":"Soft"}',
    "<< timer 10000",
    ">> 10001 timer",
    "<< note call-missing",
    "<< timer 1000",
    ">> 11001 timer",
    "<< reset 1",
    "<< dial 2",
    "<< timer 30000",
    ">> 11002 dialled 2",
    "<< missing > BootNotification",
    "<< reset 2",
    "<< missing < Reset",
    "<< finish partial",
  ]);
});

test("a call is not waited for if no connection is open", () => {
  const recording = dialogueRecording([
    "1 dial",
    '1< [2,"r","Reset",{"type":"Soft"}]',
    '1> [3,"r",{"status":"Accepted"}]',
    "1 gone",
    "2 dial",
    '2> [2,"b","BootNotification",{}]',
    "2 reset",
  ]);
  play(stationPlayer(recording), [
    ...begin,
    '<< waiting Reset {"type":"Soft"}',
    "<< timer 10000",
    ">> 2 resets 1",
    "<< note ended-early",
    "<< dial 2",
    "<< timer 30000",
    ">> 3 dialled 2",
    '<< send 2 [2,"b","BootNotification",{}]',
    "<< reset 2",
    "<< missing < Reset",
    "<< finish partial",
  ]);
});
