import { describe, expect, test } from "vitest";
import { clockTime, Story, start16, startAnswer, status16 } from "../../../support/cassettes/story.js";

const remote = (
  story = new Story(),
  request: Record<string, unknown> = { idTag: "TAG", connectorId: 1 },
): Story => story.ask(10, "RemoteStartTransaction", request, { status: "Accepted" });
const later = (story: Story, at = 300): readonly string[] =>
  story.call(at, "Heartbeat", {}, { currentTime: clockTime(at) }).codes();

describe("remote starts", () => {
  test("an accepted remote start without an effect is a smell", () => {
    expect(later(remote())).toEqual(["smell remote-start-without-effect"]);
  });

  test("a remote start followed by a transaction or a status is not a finding", () => {
    expect(later(remote().call(20, "StartTransaction", start16(20), startAnswer()))).toEqual([
      "event station-offline",
    ]);
    expect(later(remote().call(20, "StatusNotification", status16("Preparing", 20), {}))).toEqual([]);
    expect(later(remote().call(20, "StatusNotification", status16("Preparing", 20, 2), {}))).toEqual([
      "smell remote-start-without-effect",
    ]);
  });

  test("a remote start within its timeout, or before the connection ends, is not a finding", () => {
    expect(later(remote(), 200)).toEqual([]);
    const long = { key: "ConnectionTimeOut", value: "600" };
    expect(later(remote(new Story().ask(2, "ChangeConfiguration", long, { status: "Accepted" })))).toEqual(
      [],
    );
    expect(remote().close(50).open(400, 2).codes()).toEqual([]);
  });

  test("a remote start with a profile that has a transactionId is a defect of the CSMS", () => {
    const schedule = { chargingRateUnit: "A", chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }] };
    const profile = {
      chargingProfileId: 1,
      stackLevel: 0,
      chargingProfilePurpose: "TxProfile",
      chargingProfileKind: "Relative",
      chargingSchedule: schedule,
    };
    const request = (chargingProfile: unknown): Story =>
      remote(new Story(), { idTag: "TAG", chargingProfile });
    const [found] = request({ ...profile, transactionId: 7 }).findings();
    expect(found).toMatchObject({ code: "remote-start-profile-transaction", class: "defect", by: "csms" });
    expect(request(profile).codes()).toEqual([]);
  });
});
