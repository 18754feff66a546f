// The simulated charge point as a whole: what it sends, what it waits for, and how a run ends.
import { describe, expect, test } from "vitest";
import { FreshIds } from "../../../src/replay/station/values/fresh-ids.js";
import { asRecorded } from "../../../src/replay/station/values/values.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { play } from "../../support/worlds/playbook.js";
import { sha256, stationPlayer } from "../../support/worlds/station-player.js";

const boot = '[2,"1","BootNotification",{}]';
const booted = '[3,"1",{"status":"Accepted"}]';
const beat = '[2,"2","Heartbeat",{}]';
const beaten = '[3,"2",{"currentTime":"2026-01-01T00:00:00Z"}]';

const simple = dialogueRecording([
  "1 dial",
  `1> ${boot}`,
  `1< ${booted}`,
  `1> ${beat}`,
  `1< ${beaten}`,
  "1 close",
]);

const begin = [">> 0 start", "<< dial 1", "<< timer 30000", ">> 1 dialled 1"];

describe("a station in lockstep", () => {
  test("a station in lockstep sends a CALL after the answer to the previous one, and ends as recorded", () => {
    play(stationPlayer(simple), [
      ...begin,
      `<< send 1 ${boot}`,
      "<< timer 30000",
      `>> 5 says 1 ${booted}`,
      `<< send 1 ${beat}`,
      "<< timer 30000",
      '>> 9 says 1 [3,"2",{"currentTime":"2027-07-07T00:00:00Z"}]',
      "<< ignorable < Heartbeat /currentTime",
      "<< send 1 close 1000",
      "<< timer 1000",
      ">> 10 ends 1",
      "<< end 1",
      "<< finish pass",
    ]);
  });

  test("a station sends messages that are no CALLs at their place and waits for nothing because of them", () => {
    const recording = dialogueRecording([
      "1 dial",
      "1> [2,broken",
      "1> hex:890401020304",
      '1> [3,"nobody asked",{}]',
      "1> hex:0280aa",
      `1> ${boot}`,
      "1 fin",
    ]);
    play(stationPlayer(recording), [
      ">> 0 start",
      "<< note left-out",
      "<< dial 1",
      "<< timer 30000",
      ">> 1 dialled 1",
      "<< send 1 [2,broken",
      '<< send 1 [3,"nobody asked",{}]',
      "<< send 1 bytes 0280aa",
      `<< send 1 ${boot}`,
      "<< end 1",
      "<< timer 1000",
      ">> 2 ends 1",
      "<< finish not-applicable",
    ]);
  });

  test("a station answers CSMS calls as recorded without waiting for them", () => {
    const recording = dialogueRecording([
      "1 dial",
      '1< [2,"c1","GetConfiguration",{"key":["A"]}]',
      '1> [3,"c1",{"unknownKey":["A"]}]',
      `1> ${boot}`,
      `1< ${booted}`,
      "1 close",
    ]);
    play(stationPlayer(recording), [
      ...begin,
      `<< send 1 ${boot}`,
      "<< timer 30000",
      '>> 2 says 1 [2,"live","GetConfiguration",{"key":["A"]}]',
      '<< send 1 [3,"live",{"unknownKey":["A"]}]',
      '>> 3 says 1 [2,"more","GetConfiguration",{}]',
      "<< unexpected < GetConfiguration",
      '<< send 1 [3,"more",{"configurationKey":[]}]',
      `>> 4 says 1 ${booted}`,
      "<< send 1 close 1000",
      "<< timer 1000",
      ">> 5 ends 1",
      "<< end 1",
      "<< finish partial",
    ]);
  });

  test("a station waits one second for missing CSMS calls, once in a run", () => {
    const recording = dialogueRecording([
      "1 dial",
      '1< [2,"c1","ClearCache",{}]',
      '1> [3,"c1",{"status":"Accepted"}]',
      "1 reset",
      "2 dial",
      '2< [2,"c2","ClearCache",{}]',
      '2> [3,"c2",{"status":"Accepted"}]',
      "2 reset",
    ]);
    play(stationPlayer(recording), [
      ...begin,
      "<< timer 1000",
      ">> 1001 timer",
      "<< reset 1",
      "<< dial 2",
      "<< timer 30000",
      ">> 1002 dialled 2",
      "<< reset 2",
      "<< missing < ClearCache",
      "<< missing < ClearCache",
      "<< finish partial",
    ]);
  });

  test("a station answers pings and the CSMS's close frame", () => {
    play(stationPlayer(simple), [
      ...begin,
      `<< send 1 ${boot}`,
      "<< timer 30000",
      ">> 2 sends 1 89026869",
      "<< send 1 pong hi",
      ">> 3 sends 1 880203e9",
      "<< note ended-early",
      "<< send 1 close 1001",
      "<< end 1",
      "<< missing < BootNotification",
      "<< missing > Heartbeat",
      "<< finish fail",
    ]);
  });
});

describe("other paces", () => {
  const recording = dialogueRecording([
    "@0 1 dial",
    '@10 1> [2,"1","StartTransaction",{}]',
    '@20 1> [2,"2","Heartbeat",{}]',
    '@30 1< [3,"1",{"transactionId":7}]',
    '@31 1< [3,"2",{}]',
    '@4030 1> [2,"3","StopTransaction",{"transactionId":7}]',
    '@4031 1< [3,"3",{}]',
    "@4032 1 close",
  ]);

  test("asap waits only for values", () => {
    play(stationPlayer(recording, { pace: "asap" }), [
      ...begin,
      '<< send 1 [2,"1","StartTransaction",{}]',
      '<< send 1 [2,"2","Heartbeat",{}]',
      "<< timer 30000",
      '>> 2 says 1 [3,"1",{"transactionId":42}]',
      "<< bound < StartTransaction /transactionId",
      '<< send 1 [2,"3","StopTransaction",{"transactionId":42}]',
      "<< timer 30000",
      '>> 3 says 1 [3,"2",{}]',
      "<< timer 30000",
      '>> 4 says 1 [3,"3",{}]',
      "<< send 1 close 1000",
      "<< timer 1000",
      ">> 5 ends 1",
      "<< end 1",
      "<< finish pass",
    ]);
  });

  test("asap sends no dates while an answer with the CSMS's time is awaited", () => {
    const dated = dialogueRecording([
      "1 dial",
      '1> [2,"b","BootNotification",{}]',
      '1< [3,"b",{"currentTime":"2026-01-01T00:00:10Z"}]',
      '1> [2,"s","StatusNotification",{"timestamp":"2026-01-01T00:00:11Z"}]',
      '1< [3,"s",{}]',
      "1 close",
    ]);
    const values = { ...asRecorded, time: "end-now", startedMs: Date.UTC(2030, 0, 1) } as const;
    play(stationPlayer(dated, { pace: "asap", values }), [
      ...begin,
      '<< send 1 [2,"b","BootNotification",{}]',
      "<< timer 30000",
      '>> 2 says 1 [3,"b",{"currentTime":"2027-05-05T05:05:05Z"}]',
      "<< ignorable < BootNotification /currentTime",
      '<< send 1 [2,"s","StatusNotification",{"timestamp":"2027-05-05T05:05:05Z"}]',
      "<< timer 30000",
      '>> 3 says 1 [3,"s",{}]',
      "<< send 1 close 1000",
      "<< timer 1000",
      ">> 4 ends 1",
      "<< end 1",
      "<< finish pass",
    ]);
  });

  test("timed keeps the recorded gaps between messages, divided by the rate", () => {
    play(stationPlayer(recording, { pace: "timed", rate: 2 }), [
      ">> 0 start",
      "<< dial 1",
      "<< timer 30000",
      ">> 100 dialled 1",
      "<< timer 5",
      ">> 105 timer",
      '<< send 1 [2,"1","StartTransaction",{}]',
      "<< timer 30000",
      '>> 106 says 1 [3,"1",{"transactionId":7}]',
      "<< timer 4",
      ">> 110 timer",
      '<< send 1 [2,"2","Heartbeat",{}]',
      "<< timer 30000",
      '>> 111 says 1 [3,"2",{}]',
      "<< timer 2004",
      ">> 2115 timer",
      '<< send 1 [2,"3","StopTransaction",{"transactionId":7}]',
      "<< timer 30000",
      '>> 2116 says 1 [3,"3",{}]',
      "<< send 1 close 1000",
      "<< timer 1000",
      ">> 2117 ends 1",
      "<< end 1",
      "<< finish pass",
    ]);
  });
});

describe("bindings", () => {
  test("transactions at the same time keep their ids apart, and an id handed out twice belongs to the later start", () => {
    const start = (id: string): string => `[2,"${id}","StartTransaction",{}]`;
    const meter = (id: string, transaction: number): string =>
      `[2,"${id}","MeterValues",{"transactionId":${transaction}}]`;
    const recording = dialogueRecording([
      "1 dial",
      `1> ${start("a")}`,
      '1< [3,"a",{"transactionId":1}]',
      `1> ${start("b")}`,
      '1< [3,"b",{"transactionId":2}]',
      `1> ${meter("m1", 1)}`,
      `1> ${start("c")}`,
      '1< [3,"c",{"transactionId":1}]',
      `1> ${meter("m2", 2)}`,
      `1> ${meter("m3", 1)}`,
      `1> ${meter("m4", 99)}`,
      "1 reset",
    ]);
    const { machine } = stationPlayer(recording);
    const sent: string[] = [];
    const tell = (line: string): void => {
      const player = { machine, event: stationPlayer(recording).event, lines: () => [] };
      for (const command of machine.handle(player.event(line)))
        if (command.kind === "send") sent.push(wordsOf(command.bytes));
    };
    for (const line of ["0 start", "1 dialled 1", '2 says 1 [3,"a",{"transactionId":10}]']) tell(line);
    for (const line of ['3 says 1 [3,"b",{"transactionId":"x-20"}]', '4 says 1 [3,"c",{"transactionId":30}]'])
      tell(line);
    expect(sent.filter((text) => text.includes("MeterValues"))).toEqual([
      meter("m1", 10),
      '[2,"m2","MeterValues",{"transactionId":"x-20"}]',
      meter("m3", 30),
      meter("m4", 99),
    ]);
  });

  test("a CSMS call that carries the live id is recognised and answered", () => {
    const recording = dialogueRecording([
      "1 dial",
      '1> [2,"a","StartTransaction",{}]',
      '1< [3,"a",{"transactionId":9223372036854775807}]',
      '1< [2,"r","RemoteStopTransaction",{"transactionId":9223372036854775807}]',
      '1> [3,"r",{"status":"Accepted"}]',
      "1 reset",
    ]);
    play(stationPlayer(recording), [
      ...begin,
      '<< send 1 [2,"a","StartTransaction",{}]',
      "<< timer 30000",
      '>> 2 says 1 [3,"a",{"transactionId":42}]',
      "<< bound < StartTransaction /transactionId",
      "<< timer 1000",
      '>> 3 says 1 [2,"l","RemoteStopTransaction",{"transactionId":42}]',
      "<< bound < RemoteStopTransaction /transactionId",
      '<< send 1 [3,"l",{"status":"Accepted"}]',
      "<< reset 1",
      "<< finish pass",
    ]);
  });
});

describe("open transactions", () => {
  const start = '[2,"a","StartTransaction",{"connectorId":1,"meterStart":5}]';
  const started = '[3,"a",{"transactionId":7}]';
  const recording = dialogueRecording(["@0 1 dial", `@0 1> ${start}`, `1< ${started}`, "@90000 1 close"]);
  const values = { ...asRecorded, leaveOpen: false };
  const begun = [
    ...begin,
    `<< send 1 ${start}`,
    "<< timer 30000",
    '>> 2 says 1 [3,"a",{"transactionId":8}]',
    "<< bound < StartTransaction /transactionId",
  ];
  const closing = (id: string): string =>
    `[2,"${id}","StopTransaction",{"meterStop":5,"timestamp":"1970-01-01T00:00:00Z","transactionId":8,"reason":"Other"}]`;
  const ids = new FreshIds(sha256, { seed: 0, run: 0, identity: "CP-1" });
  const id = ids.made("close step 1");

  test("open transactions are stopped before the connection ends, and the answer is awaited", () => {
    play(stationPlayer(recording, { values }), [
      ...begun,
      `<< send 1 ${closing(id)}`,
      "<< note closed-transaction",
      "<< timer 30000",
      `>> 3 says 1 [3,"${id}",{}]`,
      "<< send 1 close 1000",
      "<< timer 1000",
      ">> 4 ends 1",
      "<< end 1",
      "<< finish pass",
    ]);
  });

  test("open transactions are stopped when the run is interrupted, with a limited wait", () => {
    const timed = { values, pace: "timed" } as const;
    const interrupted = [
      ...begun,
      "<< timer 89999",
      ">> 3 stop",
      `<< send 1 ${closing(id)}`,
      "<< note closed-transaction",
      "<< timer 5000",
    ];
    const end = ["<< send 1 close 1000", "<< end 1", "<< finish interrupted"];
    play(stationPlayer(recording, timed), [...interrupted, `>> 4 says 1 [3,"${id}",{}]`, ...end]);
    play(stationPlayer(recording, timed), [...interrupted, ">> 5003 timer", ...end]);
    play(stationPlayer(recording, timed), [...interrupted, ">> 4 stop", ...end]);
  });

  test("open transactions are named in a note if no connection is left", () => {
    play(stationPlayer(recording, { values }), [
      ...begun.slice(0, -2),
      ">> 2 ends 1",
      "<< note ended-early",
      "<< end 1",
      "<< fork 1 StartTransaction an answer -> nothing, 0 behind",
      "<< missing < StartTransaction",
      "<< note open-transaction",
      "<< finish fail",
    ]);
  });
});

const wordsOf = (bytes: Uint8Array): string => {
  const [, second = 0] = bytes;
  const at = (second & 0x7f) === 126 ? 4 : 2;
  const mask = bytes.subarray(at, at + 4);
  return Buffer.from(bytes.subarray(at + 4).map((byte, i) => byte ^ (mask[i & 3] ?? 0))).toString();
};
