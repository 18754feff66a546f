import { describe, expect, test } from "vitest";
import {
  authorised,
  energy,
  meter16,
  type Story,
  start16,
  startAnswer,
  status16,
  stop16,
} from "../../../support/cassettes/story.js";

const started = (): Story => authorised().call(10, "StartTransaction", start16(10), startAnswer());
const ended = (story: Story): readonly string[] =>
  story.call(600, "StopTransaction", stop16(600), {}).codes();

describe("transaction messages out of order", () => {
  test("a transaction message that is older than the one before it is a smell", () => {
    const story = started()
      .call(60, "MeterValues", meter16(60, [energy(5)]), {})
      .call(70, "MeterValues", meter16(40, [energy(4)]), {});
    expect(ended(story)).toEqual(["smell offline-order"]);
  });

  test("2 s of difference and overtaking by other messages are not findings", () => {
    const near = started()
      .call(60, "MeterValues", meter16(60, [energy(5)]), {})
      .call(61, "MeterValues", meter16(59, [energy(5)]), {});
    expect(ended(near)).toEqual([]);
    const overtaken = started()
      .call(60, "StatusNotification", status16("Charging", 60), {})
      .call(61, "MeterValues", meter16(40, [energy(5)]), {});
    expect(ended(overtaken)).toEqual([]);
  });

  test("a retry is not out of order", () => {
    const story = started()
      .call(60, "MeterValues", meter16(60, [energy(5)]), {})
      .call(90, "MeterValues", meter16(90, [energy(6)]), {})
      .call(91, "MeterValues", meter16(60, [energy(5)]), {});
    expect(ended(story)).toEqual([]);
  });
});
