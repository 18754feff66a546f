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
  test("are found above 15 minutes", () => {
    expect(stopped(started(), 1000)).toEqual(["smell meter-value-gap"]);
    expect(stopped(started(), 900)).toEqual([]);
  });

  test("are found that are still open", () => {
    const open = started().call(1000, "Heartbeat", {}, { currentTime: clockTime(1000) });
    expect(open.codes()).toEqual(["event station-offline", "smell meter-value-gap"]);
  });

  test("are found with readings of begin and end only", () => {
    const begin = { ...energy(0), context: "Transaction.Begin" };
    expect(stopped(started().call(11, "MeterValues", meter16(11, [begin]), {}), 1000)).toEqual([
      "smell meter-value-gap",
    ]);
  });

  test("are not found with a reading, or where the interval is 0", () => {
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
