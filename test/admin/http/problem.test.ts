// Refusals as they are made.
import { expect, test } from "vitest";
import { AdminProblem, badValue, notThere } from "../../../src/admin/http/problem.js";

test("a refusal names the value and the mend, and repeats no long value whole", () => {
  expect(badValue("code", "x".repeat(1000), "a number").message.length).toBeLessThan(200);
  expect(badValue("code", undefined, "a number").message).toBe("code cannot be nothing");
  expect(notThere("rule", "a")).toMatchObject({
    status: 404,
    code: "not-found",
    mend: "List them with GET /v1/rules.",
  });
  expect(new AdminProblem(409, "c", "m", "mend").details).toEqual({});
});
