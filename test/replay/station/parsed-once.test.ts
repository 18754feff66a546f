// How often a message of the CSMS is parsed.
import { expect, test, vi } from "vitest";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { stationPlayer } from "../../support/worlds/station-player.js";

const recording = dialogueRecording([
  "1 dial",
  '1> [2,"b","BootNotification",{}]',
  '1< [3,"b",{"status":"Accepted","currentTime":"2026-01-01T00:00:00Z","interval":300}]',
  '1> [2,"s","StartTransaction",{"connectorId":1,"idTag":"T","meterStart":0,"timestamp":"2026-01-01T00:00:01Z"}]',
  '1< [3,"s",{"transactionId":7,"idTagInfo":{"status":"Accepted"}}]',
  '1< [2,"c1","ChangeConfiguration",{"key":"A","value":"1"}]',
  '1> [3,"c1",{"status":"Accepted"}]',
  '1< [2,"c2","ChangeConfiguration",{"key":"A","value":"2"}]',
  '1> [3,"c2",{"status":"Accepted"}]',
  '1> [2,"e","StopTransaction",{"transactionId":7,"meterStop":5,"timestamp":"2026-01-01T00:00:02Z"}]',
  '1< [3,"e",{}]',
  "1 close",
]);

const received = [
  '[3,"b",{"status":"Pending","currentTime":"2026-02-01T00:00:00Z","interval":1}]',
  '[2,"t","TriggerMessage",{"requestedMessage":"BootNotification"}]',
  '[3,"vcr-1",{"status":"Accepted","currentTime":"2026-02-01T00:00:00Z","interval":300}]',
  '[3,"s",{"transactionId":12345678901234567890,"idTagInfo":{"status":"Blocked"}}]',
  '[2,"x","ChangeConfiguration",{"key":"A","value":"9"}]',
  '[4,"e","InternalError","",{}]',
  "[3,broken",
];

test("each message of the CSMS is parsed exactly once in a replay, for all parts that read it", () => {
  const parse = vi.spyOn(JSON, "parse");
  const { machine, event } = stationPlayer(recording);
  machine.handle(event("0 start"));
  machine.handle(event("1 dialled 1"));
  for (const [i, text] of received.entries()) machine.handle(event(`${i + 2} says 1 ${text}`));
  const counts = received.map((text) => parse.mock.calls.filter(([parsed]) => parsed === text).length);
  parse.mockRestore();
  expect(counts).toEqual(received.map(() => 1));
});
