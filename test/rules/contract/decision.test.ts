import { expect, test } from "vitest";
import { noEffect } from "../../../src/rules/contract/decision.js";

test("without an effect a message is neither changed nor delayed, and nothing follows it", () => {
  const { copies, actions, applied } = noEffect;
  expect([copies, actions, applied]).toEqual([[], [], []]);
  expect(noEffect).toMatchObject({
    isChanged: false,
    delayMs: 0,
    gapMs: 0,
    close: undefined,
    wait: undefined,
  });
});
