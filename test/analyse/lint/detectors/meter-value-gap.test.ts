import { describe, expect, test } from "vitest";
import {
  authorised,
  clockTime,
  energy,
  meter16,
  type Story,
  start16,
  startAnswer,
  stop16,
} from "../../../support/cassettes/story.js";

const started = (): Story => authorised().call(10, "StartTransaction", start16(10), startAnswer());
const stopped = (story: Story, at: number): readonly string[] =>
  story.call(at, "StopTransaction", stop16(at), {}).codes();

describe("transactions without readings", () => {
  test("a transaction of more than 15 minutes without a reading is a smell", () => {
    expect(stopped(started(), 1000)).toEqual(["smell meter-value-gap"]);
    expect(stopped(started(), 900)).toEqual([]);
  });

  test("a transaction that still runs is judged at the end of the recording", () => {
    const open = started().call(1000, "Heartbeat", {}, { currentTime: clockTime(1000) });
    expect(open.codes()).toEqual(["event station-offline", "smell meter-value-gap"]);
  });

  test("readings at the beginning and the end do not count", () => {
    const begin = { ...energy(0), context: "Transaction.Begin" };
    expect(stopped(started().call(11, "MeterValues", meter16(11, [begin]), {}), 1000)).toEqual([
      "smell meter-value-gap",
    ]);
  });

  test("a transaction with a reading, or with an interval of 0, is not a finding", () => {
    expect(stopped(started().call(500, "MeterValues", meter16(500, [energy(5)]), {}), 1000)).toEqual([]);
    const asked = started().ask(
      20,
      "GetConfiguration",
      { key: ["MeterValueSampleInterval"] },
      { configurationKey: [{ key: "MeterValueSampleInterval", readonly: false, value: "0" }] },
    );
    expect(stopped(asked, 1000)).toEqual([]);
  });
});
