// CALLs that the plan does not have: messages that a CSMS asks a station for.
import { describe, expect, test } from "vitest";
import { text } from "../../../../src/base/bytes.js";
import { ExtraCalls } from "../../../../src/replay/station/calls/extra-calls.js";
import { payloadOf, readFrame } from "../../../../src/wire/websocket/frame.js";
import { dialogueRecording, messageFrame } from "../../../support/cassettes/dialogue-recording.js";
import { play, played } from "../../../support/worlds/playbook.js";
import { stationPlayer } from "../../../support/worlds/station-player.js";

const state = '[2,"s","StatusNotification",{"connectorId":1,"status":"Available"}]';
const recording = dialogueRecording([
  "1 dial",
  `1> ${state}`,
  '1< [3,"s",{}]',
  '1> [2,"h","Heartbeat",{}]',
  '1< [3,"h",{}]',
  "1 reset",
]);
const trigger = (id: string, message: string, more = ""): string =>
  `[2,"${id}","TriggerMessage",{"requestedMessage":"${message}"${more}}]`;
const begin = [
  ">> 0 start",
  "<< dial 1",
  "<< timer 30000",
  ">> 1 dialled 1",
  `<< send 1 ${state}`,
  "<< timer 30000",
];

describe("a CSMS that asks for a message", () => {
  test("a CSMS that asks for a message gets a copy after the answer, never while a CALL is open", () => {
    play(stationPlayer(recording), [
      ...begin,
      `>> 2 says 1 ${trigger("t", "StatusNotification", ',"connectorId":1')}`,
      "<< unexpected < TriggerMessage",
      '<< send 1 [3,"t",{"status":"Accepted"}]',
      "<< note made",
      '>> 3 says 1 [3,"s",{}]',
      '<< send 1 [2,"vcr-1","StatusNotification",{"connectorId":1,"status":"Available"}]',
      "<< timer 30000",
      '>> 4 says 1 [3,"vcr-1",{}]',
      '<< send 1 [2,"h","Heartbeat",{}]',
      "<< timer 30000",
      '>> 5 says 1 [3,"h",{}]',
      "<< reset 1",
      "<< finish partial",
    ]);
  });

  test("a CSMS that asks for a message gets none that the recording does not have", () => {
    const lines = played(stationPlayer(recording), [
      ...begin,
      `>> 2 says 1 ${trigger("a", "StatusNotification", ',"connectorId":9')}`,
      `>> 3 says 1 ${trigger("b", "FirmwareStatusNotification")}`,
      `>> 4 says 1 ${trigger("c", "__proto__")}`,
    ]);
    expect(lines.filter((line) => line.startsWith("<< send 1 [3"))).toEqual([
      '<< send 1 [3,"a",{"status":"Rejected"}]',
      '<< send 1 [3,"b",{"status":"NotImplemented"}]',
      '<< send 1 [3,"c",{"status":"NotImplemented"}]',
    ]);
  });

  test("a CSMS that keeps asking for messages cannot delay a run forever", () => {
    const outcome = (asks: number): { verdict: string; sent: number } => {
      const { machine, event } = stationPlayer(recording);
      let found = { verdict: "" };
      let sent = 0;
      const queue = ["0 start", "1 dialled 1"];
      for (let i = 0; i < asks; i++) queue.push(`2 says 1 ${trigger(`t${i}`, "Heartbeat")}`);
      for (let line = queue.shift(); line !== undefined; line = queue.shift())
        for (const command of machine.handle(event(line))) {
          const frame = command.kind === "send" ? readFrame(command.bytes) : undefined;
          const id = frame === undefined ? undefined : /^\[2,"([^"]+)"/.exec(text(payloadOf(frame)))?.[1];
          if (id !== undefined) queue.push(`3 says 1 [3,"${id}",{}]`);
          if (id !== undefined) sent++;
          if (command.kind === "finish") found = { verdict: command.outcome.verdict };
        }
      return { verdict: found.verdict, sent };
    };
    const calm = outcome(0);
    const flooded = outcome(1000);
    expect(calm).toEqual({ verdict: "pass", sent: 2 });
    expect(flooded.verdict).toBe("partial");
    expect(flooded.sent).toBeLessThanOrEqual(102);
  });
});

test("one extra CALL is open at a time per connection, and a lost connection drops its extra CALLs", () => {
  const made = new ExtraCalls();
  const bytes = messageFrame("cp-to-csms", '[2,"x","Heartbeat",{}]');
  for (const connection of [1, 1, 2]) made.add(connection, "trigger", bytes);
  expect(made.take(1)).toBeDefined();
  expect(made.take(1)).toBeUndefined();
  expect(made.take(2)).toBeDefined();
  expect(made.answered(1, "x")).toBeUndefined();
  expect(made.answered(1, "vcr-1")).toBe("trigger");
  made.dropConnection(1);
  expect(made.take(1)).toBeUndefined();
  expect(made.isOpen(2)).toBe(true);
  expect(made.giveUp()).toBe(1);
  expect(made.isOpen(2)).toBe(false);
});

test("an extra report of an upload or update has the status Idle if none is in progress", () => {
  const made = new ExtraCalls();
  const bytes = messageFrame(
    "cp-to-csms",
    '[2,"x","FirmwareStatusNotification",{"status": "Installed","n":1.0}]',
  );
  made.add(1, "trigger", bytes, true);
  const frame = readFrame(made.take(1) ?? new Uint8Array(0));
  expect(frame === undefined ? "" : text(payloadOf(frame))).toBe(
    '[2,"vcr-1","FirmwareStatusNotification",{"status": "Idle","n":1.0}]',
  );
});

test("extra CALLs have ids of the run if its ids are fresh", () => {
  const made = new ExtraCalls((connection, name) => `${connection} ${name} of the run`);
  made.add(1, "boot", messageFrame("cp-to-csms", '[2,"x","BootNotification",{}]'));
  expect(made.isDue(1)).toBe(true);
  made.take(1);
  expect(made.isDue(1)).toBe(false);
  expect(made.answered(1, "1 vcr-1 of the run")).toBe("boot");
});
