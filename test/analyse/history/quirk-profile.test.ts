import { describe, expect, test } from "vitest";
import { quirkProfileOf } from "../../../src/analyse/history/quirk-profile.js";
import { clockTime, Story } from "../../support/cassettes/story.js";

const mask = Uint8Array.of(1, 2, 3, 4);
const ping = { opcode: 9, payload: new Uint8Array(0), mask };
const temperature = {
  connectorId: 1,
  meterValue: [
    {
      timestamp: "2026-01-01T10:00:00",
      sampledValue: [{ value: "20", measurand: "Temperature", unit: "Celcius" }],
    },
  ],
};

describe("the profile of a charger", () => {
  test("the profile lists differences from the schemas, with their values", () => {
    const { written } = quirkProfileOf(
      new Story()
        .call(1, "MeterValues", temperature, {})
        .call(2, "DataTransfer", { vendorId: "v", data: "9223372036854775807" }, { status: "Accepted" })
        .text(
          3,
          "cp-to-csms",
          '[2,"x","MeterValues",{"connectorId":1,"transactionId":9223372036854775807,"meterValue":[]}]',
        )
        .entries(),
    );
    expect(written.map(({ quirk }) => quirk)).toEqual(
      expect.arrayContaining(["time-without-zone", "unit-celcius", "number-too-large"]),
    );
    expect(written.find(({ quirk }) => quirk === "time-without-zone")).toMatchObject({
      action: "MeterValues",
      pointer: "/3/meterValue/*/timestamp",
      count: 1,
      values: ['"2026-01-01T10:00:00"'],
    });
  });

  test("the profile says how the charger connects, pings and disconnects", () => {
    const story = new Story();
    for (const at of [10, 40, 70]) story.frame(at, "cp-to-csms", ping);
    const { wire } = quirkProfileOf(story.close(100).entries());
    expect(wire).toMatchObject({ subprotocols: [], pingSeconds: 30, connections: 1, endsWithoutClose: 1 });
  });

  test("the profile says that a charger never pings only after 10 minutes of a connection", () => {
    expect(quirkProfileOf(new Story().close(700).entries()).wire?.pingSeconds).toBeNull();
    expect(quirkProfileOf(new Story().close(70).entries()).wire?.pingSeconds).toBe("unknown");
  });

  test("the profile has a rate of reconnects only above 5 an hour", () => {
    const story = new Story();
    for (let i = 2; i < 9; i++) story.close(i * 100 - 1, i - 1).open(i * 100, i);
    expect(quirkProfileOf(story.entries()).wire?.reconnectsPerHour).toBeGreaterThan(5);
    expect(quirkProfileOf(new Story().close(10).open(20, 2).entries()).wire?.reconnectsPerHour).toBeNull();
  });

  test("the profile lists refused and ignored actions and the number of open CALLs", () => {
    const story = new Story()
      .ask(1, "ClearCache", {}, undefined, { id: "a" })
      .text(1.5, "cp-to-csms", '[4,"a","NotSupported","",{}]')
      .ask(2, "Reset", { type: "Soft" })
      .call(3, "Heartbeat", {}, { currentTime: clockTime(3) }, { after: 2 })
      .call(4, "DataTransfer", { vendorId: "v" }, { status: "Accepted" });
    const { messages } = quirkProfileOf(story.entries());
    expect(messages).toMatchObject({
      refuses: { ClearCache: ["NotSupported"] },
      ignores: ["Reset"],
      mostOpenCalls: 2,
    });
  });

  test("the profile of an imported log has no wire quirks", () => {
    const profile = quirkProfileOf(new Story({ capture: "messages" }).entries());
    expect(profile).toMatchObject({ capture: "messages", wire: null, version: "1.6" });
  });
});
