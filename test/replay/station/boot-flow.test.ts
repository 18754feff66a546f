// The boot of a station in its run.
import { expect, test } from "vitest";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { played } from "../../support/worlds/playbook.js";
import { stationPlayer } from "../../support/worlds/station-player.js";

test("a boot that is pending holds the plan only while its connection is open", () => {
  const recording = dialogueRecording([
    "1 dial",
    '1> [2,"b","BootNotification",{}]',
    '1< [3,"b",{"status":"Accepted"}]',
    '1> [2,"h","Heartbeat",{}]',
    "1 close",
    "2 dial",
    '2> [2,"i","Heartbeat",{}]',
    "2 reset",
  ]);
  const lines = played(stationPlayer(recording), [
    ">> 0 start",
    ">> 1 dialled 1",
    '>> 2 says 1 [3,"b",{"status":"Pending","interval":9}]',
    ">> 3 ends 1",
    ">> 4 dialled 2",
  ]);
  expect(lines).toContain("<< dial 2");
  expect(lines).toContain('<< send 2 [2,"i","Heartbeat",{}]');
  expect(lines.at(-1)).toBe("<< finish fail");
});
