import { describe, expect, test } from "vitest";
import type { Detection } from "../../../src/analyse/lint/detectors/detector.js";
import { codeTable } from "../../../src/analyse/lint/detectors/registry.js";
import { Findings } from "../../../src/analyse/lint/findings.js";

const detection = (entry: number, index: number, more: Partial<Detection> = {}): Detection => ({
  code: "unknown-value",
  place: {
    connection: 1,
    direction: "cp-to-csms",
    entry,
    atMs: entry,
    text: '[2,"a","MeterValues",{"x":[1,2,3]}]',
  },
  action: "MeterValues",
  pointer: `/3/x/${index}`,
  message: `number ${index}`,
  ...more,
});

describe("findings", () => {
  test("detections of one code, action, pointer and direction are one finding", () => {
    const findings = new Findings(codeTable);
    expect(findings.add(detection(5, 0))).toBeDefined();
    expect(findings.add(detection(9, 2))).toBeUndefined();
    expect(findings.list()).toMatchObject([
      {
        pointer: "/3/x/*",
        count: 2,
        message: "number 0",
        span: { offset: 27, length: 1 },
        first: { entry: 5, pointer: "/3/x/0" },
        last: { entry: 9, pointer: "/3/x/2" },
      },
    ]);
  });

  test("detections of another action, direction or code are findings of their own", () => {
    const findings = new Findings(codeTable);
    findings.add(detection(5, 0));
    findings.add(detection(6, 0, { action: "Heartbeat" }));
    findings.add(detection(7, 0, { place: { ...detection(7, 0).place, direction: "csms-to-cp" } }));
    findings.add(detection(8, 0, { code: "retry" }));
    expect(findings.list().map(({ by }) => by)).toEqual(["charger", "charger", "csms", "charger"]);
  });

  test("suppressed findings are counted and not kept", () => {
    const all = new Findings(codeTable, [{ code: "unknown-value" }]);
    all.add(detection(5, 0));
    expect([all.list().length, all.suppressed]).toEqual([0, 1]);
    const some = new Findings(codeTable, [{ code: "unknown-value", action: "MeterValues", pointer: "/3/y" }]);
    some.add(detection(5, 0));
    expect([some.list().length, some.suppressed]).toEqual([1, 0]);
  });

  test("a finding keeps only the part of a long message around its bytes", () => {
    const findings = new Findings(codeTable);
    const text = `["${"ä".repeat(5000)}","here","${"b".repeat(5000)}"]`;
    const finding = findings.add(
      detection(5, 0, { place: { ...detection(5, 0).place, text }, pointer: "/1" }),
    );
    const { offset, length } = finding?.quoted.span ?? { offset: 0, length: 0 };
    const bytes = new TextEncoder().encode(finding?.quoted.text);
    expect(new TextDecoder().decode(bytes.subarray(offset, offset + length))).toBe('"here"');
    expect([finding?.span.offset, bytes.length < 1000]).toEqual([10_004, true]);
  });

  test("the number of findings is bounded", () => {
    const findings = new Findings(codeTable);
    for (let i = 0; i < 10_010; i++) findings.add(detection(i, 0, { action: `A${i}` }));
    expect([findings.list().length, findings.dropped]).toEqual([10_000, 10]);
  });
});
