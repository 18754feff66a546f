// Messages that a CSMS may ask a passive station for.
import { expect, test } from "vitest";
import { compilePlan } from "../../../../src/replay/plan/compile-plan.js";
import { StationTriggers } from "../../../../src/replay/station/passive/triggers.js";
import { dialogueRecording } from "../../../support/cassettes/dialogue-recording.js";

const plan = compilePlan(
  dialogueRecording([
    "1 dial",
    '1> [2,"1","StatusNotification",{"connectorId":1}]',
    '1> [2,"2","StatusNotification",{"connectorId":2}]',
    '1> [2,"3","StartTransaction",{"connectorId":1}]',
    '1< [3,"3",{"transactionId":7}]',
    '1> [2,"4","StatusNotification",{"connectorId":1}]',
    '1> [2,"5","MeterValues",{"connectorId":1,"transactionId":7}]',
    '1> [2,"6","Heartbeat",{}]',
  ]),
);

const ask = (requestedMessage: string, connectorId: number | undefined, next: number): unknown => {
  const found = new StationTriggers(plan).find({ requestedMessage, connectorId }, next);
  return found.kind === "step" ? found.step : found.kind;
};

test("a trigger finds the last sent message of the connector, else the first one to come", () => {
  expect(ask("StatusNotification", 1, 3)).toBe(1);
  expect(ask("StatusNotification", 1, 5)).toBe(4);
  expect(ask("StatusNotification", 2, 0)).toBe(2);
  expect(ask("StatusNotification", undefined, 3)).toBe(2);
  expect(ask("Heartbeat", undefined, 0)).toBe(6);
});

test("a trigger finds no message that was not recorded, of another connector, or with an unknown value", () => {
  expect(ask("BootNotification", undefined, 9)).toBe("unknown");
  expect(ask("StartTransaction", 1, 9)).toBe("unknown");
  expect(ask("StatusNotification", 3, 9)).toBe("rejected");
  expect(ask("MeterValues", 1, 3)).toBe("rejected");
  expect(ask("MeterValues", 1, 9)).toBe(5);
});

test("a triggered report of an upload or update has the status Idle unless one is in progress", () => {
  const firmware = compilePlan(
    dialogueRecording([
      "1 dial",
      '1> [2,"1","FirmwareStatusNotification",{"status":"Downloading"}]',
      '1> [2,"2","FirmwareStatusNotification",{"status":"Installed"}]',
    ]),
  );
  const idle = (next: number): unknown =>
    new StationTriggers(firmware).find({ requestedMessage: "FirmwareStatusNotification" }, next);
  expect(idle(1)).toEqual({ kind: "step", step: 1, idle: true });
  expect(idle(2)).toEqual({ kind: "step", step: 1, idle: false });
  expect(idle(3)).toEqual({ kind: "step", step: 2, idle: true });
});
