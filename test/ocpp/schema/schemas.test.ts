// The schemas of every version: their number, that the catalogue has them all, and the errata of 1.6.
import { describe, expect, test } from "vitest";
import { actionsOf } from "../../../src/ocpp/catalogue.js";
import { type JsonSchema, resolved, schemaOf } from "../../../src/ocpp/schema/schemas.js";
import { ocppVersions } from "../../../src/ocpp/version.js";
import { messageCases } from "../../support/schema/message-cases.js";

test("there are 78, 128 and 181 schemas", () => {
  expect(ocppVersions.map((version) => messageCases.filter((one) => one.version === version).length)).toEqual(
    [78, 128, 181],
  );
});

test.each(ocppVersions)(
  "every action of %s has its request and its response, but for what is only sent",
  (version) => {
    const lacking = actionsOf(version).flatMap((action) => [
      ...(schemaOf(version, action, "request") === undefined ? [`${action} request`] : []),
      ...(schemaOf(version, action, "response") === undefined ? [`${action} response`] : []),
    ]);
    expect(lacking).toEqual(version === "2.1" ? ["NotifyPeriodicEventStream response"] : []);
  },
);

test("an action that the version does not have has no schema", () => {
  expect(schemaOf("1.6", "TransactionEvent", "request")).toBeUndefined();
  expect(schemaOf("1.6", "constructor", "request")).toBeUndefined();
});

describe("the schemas of 1.6 hold the errata:", () => {
  const request = (action: string): JsonSchema => schemaOf("1.6", action, "request") ?? {};

  test("Celsius beside Celcius", () => {
    const reading = request("MeterValues").properties?.meterValue?.items?.properties?.sampledValue?.items;
    const units = reading?.properties?.unit?.enum;
    expect(units).toContain("Celsius");
    expect(units).toContain("Celcius");
  });

  test("lists of readings and of periods that are not empty", () => {
    const values = request("MeterValues").properties?.meterValue;
    expect([values?.minItems, values?.items?.properties?.sampledValue?.minItems]).toEqual([1, 1]);
    const schedule =
      request("SetChargingProfile").properties?.csChargingProfiles?.properties?.chargingSchedule;
    expect(schedule?.properties?.chargingSchedulePeriod?.minItems).toBe(1);
    expect(request("StopTransaction").properties?.transactionData?.minItems).toBeUndefined();
  });

  test("a stop without a reason", () => {
    expect(request("StopTransaction").required).not.toContain("reason");
  });

  test("a local list whose entries need no idTagInfo", () => {
    const list = request("SendLocalList");
    expect(list.required).not.toContain("localAuthorizationList");
    expect(list.properties?.localAuthorizationList?.items?.required).toEqual(["idTag"]);
  });

  test.each([
    ["BootNotification", "response", "interval"],
    ["GetDiagnostics", "request", "retries"],
    ["GetDiagnostics", "request", "retryInterval"],
    ["UpdateFirmware", "request", "retries"],
    ["UpdateFirmware", "request", "retryInterval"],
  ] as const)("%s %s has an integer %s", (action, role, member) => {
    expect(schemaOf("1.6", action, role)?.properties?.[member]?.type).toBe("integer");
  });
});

test("a reference leads to its definition", () => {
  const root = schemaOf("1.6", "CertificateSigned", "response") ?? {};
  expect(resolved(root, root.properties?.status ?? {}).enum).toEqual(["Accepted", "Rejected"]);
  expect(resolved(root, { type: "string" })).toEqual({ type: "string" });
});
