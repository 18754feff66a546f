import { describe, expect, test } from "vitest";
import { clockTime, Story, start16, startAnswer, status16 } from "../../../support/cassettes/story.js";

const remote = (
  story = new Story(),
  request: Record<string, unknown> = { idTag: "TAG", connectorId: 1 },
): Story => story.ask(10, "RemoteStartTransaction", request, { status: "Accepted" });
const later = (story: Story, at = 300): readonly string[] =>
  story.call(at, "Heartbeat", {}, { currentTime: clockTime(at) }).codes();

describe("remote starts", () => {
  test("are found that have no effect", () => {
    expect(later(remote())).toEqual(["smell remote-start-without-effect"]);
  });

  test("are not found with a transaction or a status of the connector", () => {
    expect(later(remote().call(20, "StartTransaction", start16(20), startAnswer()))).toEqual([
      "event station-offline",
    ]);
    expect(later(remote().call(20, "StatusNotification", status16("Preparing", 20), {}))).toEqual([]);
    expect(later(remote().call(20, "StatusNotification", status16("Preparing", 20, 2), {}))).toEqual([
      "smell remote-start-without-effect",
    ]);
  });

  test("are not found in the time-out, nor where the connection ends", () => {
    expect(later(remote(), 200)).toEqual([]);
    const long = { key: "ConnectionTimeOut", value: "600" };
    expect(later(remote(new Story().ask(2, "ChangeConfiguration", long, { status: "Accepted" })))).toEqual(
      [],
    );
    expect(remote().close(50).open(400, 2).codes()).toEqual([]);
  });

  test("are a defect of the CSMS with a profile that names a transaction", () => {
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
