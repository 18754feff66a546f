import { describe, expect, test } from "vitest";
import { Story } from "../../../support/cassettes/story.js";

describe("refused requests", () => {
  test("a CALLERROR is an event", () => {
    const story = new Story().ask(5, "ClearCache", {}, undefined, { id: "a" });
    expect(story.text(5.1, "cp-to-csms", '[4,"a","NotSupported","",{}]').codes()).toEqual([
      "event call-error",
    ]);
  });

  test("a rejected charging profile is an event", () => {
    const csChargingProfiles = {
      chargingProfileId: 1,
      stackLevel: 0,
      chargingProfilePurpose: "TxDefaultProfile",
      chargingProfileKind: "Relative",
      chargingSchedule: { chargingRateUnit: "A", chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }] },
    };
    const answered = (status: string): readonly string[] =>
      new Story().ask(5, "SetChargingProfile", { connectorId: 1, csChargingProfiles }, { status }).codes();
    expect(answered("Rejected")).toEqual(["event profile-rejected"]);
    expect(answered("Accepted")).toEqual([]);
  });
});
