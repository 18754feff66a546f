// The values that a CSMS chooses, and their places.
import { describe, expect, test } from "vitest";
import { leavesOf } from "../../../../src/ocpp/json/spans.js";
import type { OcppVersion } from "../../../../src/ocpp/version.js";
import { BindingTable, builtInBindings } from "../../../../src/replay/plan/values/bindings.js";

const used = (version: OcppVersion, action: string, payload: string): readonly string[] => {
  const table = new BindingTable(builtInBindings(version));
  const leaves = leavesOf(`[2,"i","${action}",${payload}]`);
  const found = [...table.learnsIn("CALL", action, leaves), ...table.usesIn("CALL", action, leaves)];
  return found.map(({ binding, leaf }) => `${binding} ${leaf.source}`);
};

describe("the bindings of OCPP itself", () => {
  test("OCPP 1.6 transaction ids are bound in all their places", () => {
    const send = (action: string): number => used("1.6", action, '{"transactionId":7}').length;
    expect(["MeterValues", "StopTransaction", "Heartbeat", "constructor"].map(send)).toEqual([1, 1, 0, 0]);
    expect(used("1.6", "RemoteStopTransaction", '{"transactionId":7}')).toHaveLength(1);
    expect(used("1.6", "SetChargingProfile", '{"csChargingProfiles":{"transactionId":7}}')).toHaveLength(1);
    expect(used("1.6", "RemoteStartTransaction", '{"chargingProfile":{"transactionId":7}}')).toHaveLength(1);
    const table = new BindingTable(builtInBindings("1.6"));
    const answer = leavesOf('[3,"i",{"transactionId":9223372036854775807,"idTagInfo":{"transactionId":1}}]');
    const found = table.learnsIn("CALLRESULT", "StartTransaction", answer);
    expect(found.map(({ leaf }) => leaf.source)).toEqual(["9223372036854775807"]);
    expect(
      table.learnsIn("CALLRESULT", "StartTransaction", leavesOf('[3,"i",{"transactionId":null}]')),
    ).toEqual([]);
  });

  test.each([
    ["1.6", "ReserveNow", '{"reservationId":5}', "reservation 5"],
    ["1.6", "StartTransaction", '{"reservationId":5}', "reservation 5"],
    ["1.6", "SendLocalList", '{"listVersion":5}', "list-version 5"],
    ["1.6", "SetChargingProfile", '{"csChargingProfiles":{"chargingProfileId":5}}', "charging-profile 5"],
    ["1.6", "LogStatusNotification", '{"requestId":5}', "log-request 5"],
    ["2.0.1", "RequestStartTransaction", '{"remoteStartId":5}', "remote-start 5"],
    ["2.0.1", "TransactionEvent", '{"transactionInfo":{"remoteStartId":5}}', "remote-start 5"],
    ["2.0.1", "NotifyReport", '{"requestId":5}', "report-request 5"],
    ["2.1", "ReportChargingProfiles", '{"chargingProfile":[{"id":5}]}', "charging-profile 5"],
    ["2.1", "BatterySwap", '{"requestId":5}', "battery-request 5"],
  ] as const)("the bindings of OCPP %s include the value of %s %s", (version, action, payload, expected) => {
    expect(used(version, action, payload)).toEqual([expected]);
  });
});
