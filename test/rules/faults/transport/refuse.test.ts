import { describe, expect, test } from "vitest";
import { refuse } from "../../../../src/rules/faults/transport/refuse.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf } from "../sample.js";

describe("refuse", () => {
  test("refuse reads its settings and asks for its effect", () => {
    const { report, said } = collector();
    const settings = refuse.read(
      plainValue({ status: 429, headers: { "X-Reason": "flood" }, retryAfter: 120, body: "later" }),
      report,
    );
    expect(said).toEqual([]);
    if (settings === undefined) throw new Error("not read");
    expect(settings).toEqual({
      status: 429,
      headers: { "X-Reason": "flood" },
      retryAfter: 120,
      body: "later",
    });
    expect(refuse.apply(settings, inputOf())).toMatchObject({
      outcome: "refused 429",
      actions: [
        {
          kind: "upgrade",
          upgrade: {
            kind: "refuse",
            status: 429,
            headers: { "X-Reason": "flood" },
            retryAfter: 120,
            body: "later",
          },
        },
      ],
    });
  });

  test.each([
    { status: 101 },
    { headers: [] },
    { headers: { "a b": "x" } },
    { headers: { a: "x\ny" } },
    { headers: { a: { b: 1 } } },
  ])("refuse reports the invalid settings %j", (plain) => {
    const { report, said } = collector();
    refuse.read(plainValue(plain), report);
    expect(said).toHaveLength(1);
  });
});
