// A boot that the CSMS does not accept.
import { describe, expect, test } from "vitest";
import { BootRetries, mostBoots } from "../../../src/replay/station/boot-retries.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { play } from "../../support/worlds/playbook.js";
import { receivedAnswer } from "../../support/worlds/received.js";
import { stationPlayer } from "../../support/worlds/station-player.js";

const boot = '[2,"b","BootNotification",{}]';
const beat = '[2,"h","Heartbeat",{}]';
const recording = dialogueRecording([
  "1 dial",
  `1> ${boot}`,
  '1< [3,"b",{"status":"Accepted","interval":300}]',
  `1> ${beat}`,
  '1< [3,"h",{}]',
  "1 reset",
]);
const begin = [
  ">> 0 start",
  "<< dial 1",
  "<< timer 30000",
  ">> 1 dialled 1",
  `<< send 1 ${boot}`,
  "<< timer 30000",
];

describe("a boot that is not accepted", () => {
  test("a boot that is not accepted is sent again after the interval, under an id of its own, until it is", () => {
    play(stationPlayer(recording), [
      ...begin,
      '>> 2 says 1 [3,"b",{"status":"Pending","interval":7}]',
      "<< fork 1 BootNotification Accepted -> Pending, 1 behind",
      "<< different < BootNotification /status /interval",
      "<< timer 7000",
      '>> 500 says 1 [2,"c","ClearCache",{}]',
      "<< unexpected < ClearCache",
      '<< send 1 [3,"c",{"status":"Rejected"}]',
      ">> 7002 timer",
      "<< note made",
      '<< send 1 [2,"vcr-1","BootNotification",{}]',
      "<< timer 30000",
      '>> 7003 says 1 [3,"vcr-1",{"status":"Rejected","interval":3600}]',
      "<< timer 30000",
      ">> 37003 timer",
      "<< note made",
      '<< send 1 [2,"vcr-2","BootNotification",{}]',
      "<< timer 30000",
      '>> 37004 says 1 [3,"vcr-2",{"status":"Accepted"}]',
      `<< send 1 ${beat}`,
      "<< timer 30000",
      '>> 37005 says 1 [3,"h",{"odd":1}]',
      "<< different < Heartbeat /odd",
      "<< reset 1",
      "<< finish fail",
    ]);
  });

  test("a boot is given up when the CSMS answers with an error, does not answer, or goes away", () => {
    play(stationPlayer(recording), [
      ...begin,
      '>> 2 says 1 [4,"b","InternalError","",{}]',
      "<< fork 1 BootNotification Accepted -> InternalError, 1 behind",
      "<< different < BootNotification ",
      "<< note boot",
      `<< send 1 ${beat}`,
      "<< timer 30000",
    ]);
    const pending = [
      ...begin,
      '>> 2 says 1 [3,"b",{"status":"Pending","interval":1}]',
      "<< fork 1 BootNotification Accepted -> Pending, 1 behind",
      "<< different < BootNotification /status /interval",
      "<< timer 1000",
    ];
    play(stationPlayer(recording), [
      ...pending,
      ">> 1002 timer",
      "<< note made",
      '<< send 1 [2,"vcr-1","BootNotification",{}]',
      "<< timer 30000",
      ">> 31002 timer",
      "<< note gave-up",
      `<< send 1 ${beat}`,
      "<< timer 1000",
    ]);
    play(stationPlayer(recording), [
      ...pending,
      ">> 3 resets 1",
      "<< note ended-early",
      "<< missing > Heartbeat",
      "<< finish fail",
    ]);
  });

  test("a boot is sent again at once when the CSMS asks for it", () => {
    play(stationPlayer(recording), [
      ...begin,
      '>> 2 says 1 [3,"b",{"status":"Pending","interval":3600}]',
      "<< fork 1 BootNotification Accepted -> Pending, 1 behind",
      "<< different < BootNotification /status /interval",
      "<< timer 30000",
      '>> 3 says 1 [2,"t","TriggerMessage",{"requestedMessage":"BootNotification"}]',
      "<< unexpected < TriggerMessage",
      '<< send 1 [3,"t",{"status":"Accepted"}]',
      "<< note made",
      '<< send 1 [2,"vcr-1","BootNotification",{}]',
      '>> 4 says 1 [3,"vcr-1",{"status":"Accepted"}]',
      `<< send 1 ${beat}`,
      "<< timer 30000",
    ]);
  });

  test("a boot is sent again a limited number of times", () => {
    const boots = new BootRetries(30_000);
    const pending = receivedAnswer('[3,"b",{"status":"Pending","interval":0}]');
    for (let i = 0; i < mostBoots; i++) expect(boots.answered(1, pending)).toBe("again");
    expect(boots.current?.dueNs).toBe(10_000 * 1e6);
    expect(boots.answered(1, pending)).toBe("given up");
    expect(boots.current).toBeUndefined();
  });
});
