// Schemas as checks: what they add to the OCA's, and that each is compiled once.
import { describe, expect, test } from "vitest";
import { payloadCheck } from "../../../src/ocpp/schema/compile-schema.js";

const keywords = (action: string, demand: "schema" | "strict", payload: unknown): string[] =>
  (payloadCheck("1.6", action, "request", demand)?.(payload) ?? []).map(
    ({ keyword, instancePath }) => `${keyword} ${instancePath}`,
  );

describe("payloadCheck", () => {
  test("has none for what the version does not have", () => {
    expect(payloadCheck("1.6", "Nope", "request", "schema")).toBeUndefined();
    expect(payloadCheck("2.1", "NotifyPeriodicEventStream", "response", "schema")).toBeUndefined();
  });

  test("finds all breaches, or only the first where no more are asked for", () => {
    const payload = { connectorId: "1", status: "?" };
    expect(payloadCheck("1.6", "StatusNotification", "request", "schema")?.(payload)).toHaveLength(3);
    expect(payloadCheck("1.6", "StatusNotification", "request", "schema", "first")?.(payload)).toHaveLength(
      1,
    );
  });

  test("adds printable ASCII and due texts that are not empty to 1.6", () => {
    expect(keywords("Authorize", "schema", { idTag: "é" })).toEqual(["pattern /idTag"]);
    expect(keywords("Authorize", "schema", { idTag: "" })).toEqual(["minLength /idTag"]);
    expect(keywords("ChangeConfiguration", "schema", { key: "a", value: "" })).toEqual([]);
  });

  test("leaves certificates their line feeds", () => {
    expect(keywords("SignCertificate", "strict", { csr: "-----BEGIN\n" })).toEqual([]);
  });

  test("holds integers to 16 bits only where that is asked for", () => {
    expect(keywords("UnlockConnector", "schema", { connectorId: 65536 })).toEqual([]);
    expect(keywords("UnlockConnector", "strict", { connectorId: 65536 })).toEqual(["maximum /connectorId"]);
    expect(keywords("UnlockConnector", "strict", { connectorId: -1 })).toEqual(["minimum /connectorId"]);
  });

  test("takes tenths for tenths, whatever their binary form", () => {
    const profile = (limit: number): unknown => ({
      connectorId: 1,
      csChargingProfiles: {
        chargingProfileId: 1,
        stackLevel: 0,
        chargingProfilePurpose: "TxProfile",
        chargingProfileKind: "Relative",
        chargingSchedule: { chargingRateUnit: "A", chargingSchedulePeriod: [{ startPeriod: 0, limit }] },
      },
    });
    const place = "multipleOf /csChargingProfiles/chargingSchedule/chargingSchedulePeriod/0/limit";
    for (const limit of [0.3, 16.1, 6.9, 32, 0.7])
      expect(keywords("SetChargingProfile", "schema", profile(limit))).toEqual([]);
    expect(keywords("SetChargingProfile", "schema", profile(0.35))).toEqual([place]);
  });
});
