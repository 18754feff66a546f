import { expect, test } from "vitest";
import { isAwaited } from "../../../src/rules/contract/wait.js";

const message = { direction: "cp-to-csms", type: "CALL", id: "7", action: "StopTransaction" } as const;
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
])("whether a wait for %j ends with the CALL StopTransaction of id 7: %s", (awaited, expected) => {
  expect(isAwaited(awaited, message)).toBe(expected);
});

test("a message without an action never ends a wait for an action", () => {
  expect(isAwaited({ ...any, action: "*" }, { ...message, action: undefined })).toBe(false);
});
