import { expect, test } from "vitest";
import type { Exchange } from "../../../src/analyse/history/events.js";
import { statedTime } from "../../../src/analyse/history/stated-time.js";
import { clockTime, energy, meter16, start16 } from "../../support/cassettes/story.js";

const of = (payload: unknown): ReturnType<typeof statedTime> => statedTime({ payload } as Exchange);

test("a message states its timestamp or that of its last reading, with a pointer", () => {
  expect(of(start16(10))).toMatchObject({ epochMs: Date.parse(clockTime(10)), pointer: "/3/timestamp" });
  expect(of(meter16(20, [energy(1)]))).toMatchObject({
    epochMs: Date.parse(clockTime(20)),
    pointer: "/3/meterValue/0/timestamp",
  });
});

test("a message without a readable time states none", () => {
  for (const payload of [{}, { timestamp: "soon" }, { meterValue: [] }, null])
    expect(of(payload)).toBeUndefined();
});
