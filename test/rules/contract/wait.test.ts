import { expect, test } from "vitest";
import { isAwaited } from "../../../src/rules/contract/wait.js";

const about = { type: "CALL", id: "7", action: "StopTransaction" } as const;
const any = { direction: undefined, type: undefined, action: undefined, id: undefined };

test.each([
  [any, true],
  [{ ...any, direction: "cp-to-csms" } as const, true],
  [{ ...any, direction: "csms-to-cp" } as const, false],
  [{ ...any, type: "CALLRESULT" } as const, false],
  [{ ...any, type: "CALL", action: "Stop*" } as const, true],
  [{ ...any, action: "Start*" }, false],
  [{ ...any, id: "7" }, true],
  [{ ...any, id: "8" }, false],
])("%j awaits it: %s", (awaited, expected) => {
  expect(isAwaited(awaited, "cp-to-csms", about)).toBe(expected);
});

test("an action is awaited in vain from messages without one", () => {
  expect(isAwaited({ ...any, action: "*" }, "cp-to-csms", { ...about, action: undefined })).toBe(false);
});
