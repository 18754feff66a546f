import { expect, test } from "vitest";
import { givenTransactionId, transactionIdsIn } from "../../../../src/replay/plan/values/transaction-ids.js";

test("transaction ids are found in CALLs of both sides, with their characters", () => {
  const sources = (action: string, payload: string): readonly string[] =>
    transactionIdsIn(action, `[2,"1","${action}",${payload}]`).map(({ source }) => source);
  expect(sources("MeterValues", '{"transactionId":9223372036854775807,"x":{"transactionId":1}}')).toEqual([
    "9223372036854775807",
  ]);
  expect(sources("SetChargingProfile", '{"csChargingProfiles":{"transactionId":7}}')).toEqual(["7"]);
  expect(sources("Heartbeat", '{"transactionId":7}')).toEqual([]);
});

test("an answer hands out the last of its transaction ids, unless that is null", () => {
  expect(givenTransactionId('[3,"1",{"transactionId":1,"transactionId":12.50}]')).toBe("12.50");
  expect(givenTransactionId('[3,"1",{"transactionId":null}]')).toBeUndefined();
  expect(givenTransactionId("garbage")).toBeUndefined();
});
