// Kills the recorder at many moments: its cassettes have everything that was forwarded up to 100 ms before, in order.
import { expect, test } from "vitest";
import { killWhileSending } from "../support/runs/kill-run.js";

test.each(Array.from({ length: 25 }, (_, i) => 200 + i * 997))(
  "a kill after %d messages loses nothing that was forwarded 100 ms before it",
  async (messages) => {
    const fates = await killWhileSending(20, messages);
    expect(fates.filter(({ forwarded, recorded }) => recorded < forwarded)).toEqual([]);
    expect(fates.filter(({ state }) => state === "damaged")).toEqual([]);
  },
);
