import { describe, expect, test } from "vitest";
import { FollowedStation } from "../../../src/rules/matching/station-state.js";
import { ruledMessage } from "../sample.js";

const down = { direction: "csms-to-cp" } as const;
const following = (...lines: readonly (readonly [text: string, action?: string])[]): FollowedStation => {
  const station = new FollowedStation();
  for (const [text, action] of lines)
    station.update(action === undefined ? ruledMessage(text) : ruledMessage(text, { ...down, action }));
  return station;
};

describe("the state of a station", () => {
  test("is booted by an accepted boot, and by no other", () => {
    const boot = (status: string): FollowedStation =>
      following(['[2,"1","BootNotification",{}]'], [`[3,"1",{"status":"${status}"}]`, "BootNotification"]);
    expect([boot("Accepted").booted, boot("Pending").booted]).toEqual([true, false]);
  });

  test("has a transaction from its start, whose id only the answer brings, to its stop", () => {
    const start = ['[2,"1","StartTransaction",{"connectorId":2}]'] as const;
    expect(following(start).inTransaction(2)).toBe(true);
    const answered = following(start, ['[3,"1",{"transactionId":7}]', "StartTransaction"]);
    expect([answered.inTransaction(2), answered.inTransaction(1), answered.inTransaction(undefined)]).toEqual(
      [true, false, true],
    );
    answered.update(ruledMessage('[2,"2","StopTransaction",{"transactionId":7}]'));
    expect(answered.inTransaction(undefined)).toBe(false);
    const refused = following(start);
    refused.update(ruledMessage('[4,"1","InternalError","",{}]', { ...down, action: "StartTransaction" }));
    expect(refused.inTransaction(undefined)).toBe(false);
  });

  test("follows transaction events of 2.x, which name their EVSE once", () => {
    const event = (type: string, evse: string): readonly [string] => [
      `[2,"1","TransactionEvent",{"eventType":"${type}","transactionInfo":{"transactionId":"t"}${evse}}]`,
    ];
    const station = following(event("Started", ',"evse":{"id":3}'), event("Updated", ""));
    expect(station.inTransaction(3)).toBe(true);
    station.update(ruledMessage(event("Ended", "")[0]));
    expect(station.inTransaction(undefined)).toBe(false);
  });

  test("remembers the last status of each connector of 1.6", () => {
    const status = (connector: number, word: string): readonly [string] => [
      `[2,"1","StatusNotification",{"connectorId":${connector},"status":"${word}"}]`,
    ];
    const station = following(status(1, "Available"), status(2, "Charging"), status(2, "Finishing"));
    expect(station.statuses(undefined)).toEqual(["Available", "Finishing"]);
    expect([station.statuses(2), station.statuses(9)]).toEqual([["Finishing"], []]);
  });

  test("takes the EVSE of 2.x for its connector, and keeps the status of each connector of an EVSE", () => {
    const status = (evse: number, connector: number, word: string): readonly [string] => [
      `[2,"1","StatusNotification",{"evseId":${evse},"connectorId":${connector},"connectorStatus":"${word}"}]`,
    ];
    const station = following(status(2, 1, "Occupied"));
    expect([station.statuses(2), station.statuses(1)]).toEqual([["Occupied"], []]);
    station.update(ruledMessage(status(2, 2, "Available")[0]));
    station.update(ruledMessage(status(2, 1, "Faulted")[0]));
    expect(station.statuses(2)).toEqual(["Available", "Faulted"]);
  });
});
