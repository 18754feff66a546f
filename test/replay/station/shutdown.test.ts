// The early end of a run, which leaves no transaction open at the CSMS.
import { describe, test } from "vitest";
import { usualFlow } from "../../../src/replay/station/run/flow.js";
import { FreshIds } from "../../../src/replay/station/values/fresh-ids.js";
import { asRecorded } from "../../../src/replay/station/values/values.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { play } from "../../support/worlds/playbook.js";
import { sha256, stationPlayer } from "../../support/worlds/station-player.js";

const start = '[2,"a","StartTransaction",{"connectorId":1,"meterStart":5}]';
const recording = dialogueRecording([
  "1 dial",
  `1> ${start}`,
  '1< [3,"a",{"transactionId":7,"idTagInfo":{"status":"Accepted"}}]',
  '1> [2,"h","Heartbeat",{}]',
  '1< [3,"h",{}]',
  "1 close",
]);
const id = new FreshIds(sha256, { seed: 0, run: 0, identity: "CP-1" }).made("close step 1");
const stop = `[2,"${id}","StopTransaction",{"meterStop":5,"timestamp":"1970-01-01T00:00:00Z","transactionId":8,"reason":"Other"}]`;
const options = {
  values: { ...asRecorded, leaveOpen: false },
  flow: { ...usualFlow, onFork: "stop" },
} as const;
const forked = [
  ">> 0 start",
  "<< dial 1",
  "<< timer 30000",
  ">> 1 dialled 1",
  `<< send 1 ${start}`,
  "<< timer 30000",
  '>> 2 says 1 [3,"a",{"transactionId":8,"idTagInfo":{"status":"Invalid"}}]',
  "<< fork 1 StartTransaction Accepted -> Invalid, 0 behind",
  "<< different < StartTransaction /transactionId /idTagInfo/status",
  "<< note stopped",
  `<< send 1 ${stop}`,
  "<< note closed-transaction",
  "<< timer 5000",
];
const goodbye = (verdict: string): readonly string[] => [
  "<< send 1 close 1000",
  "<< end 1",
  `<< finish ${verdict}`,
];

describe("a run that stops at a fork", () => {
  test("a run that stops at a fork stops its transaction, waits for the answer, and fails", () => {
    play(stationPlayer(recording, options), [...forked, `>> 3 says 1 [3,"${id}",{}]`, ...goodbye("fail")]);
  });

  test("a run that stops at a fork waits for that answer for a limited time", () => {
    play(stationPlayer(recording, options), [...forked, ">> 5002 timer", ...goodbye("fail")]);
  });

  test("a run that stops at a fork ends at once when the operator stops it", () => {
    play(stationPlayer(recording, options), [...forked, ">> 3 stop", ...goodbye("interrupted")]);
  });
});
