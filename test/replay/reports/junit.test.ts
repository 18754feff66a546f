// JUnit XML; test/analyse/report/comparison-script.test.ts checks with an XML parser that any text of a peer is valid.
import { describe, expect, test } from "vitest";
import { junitXml } from "../../../src/replay/reports/junit.js";
import { ReplayRecord } from "../../../src/replay/verdict/replay-record.js";
import { comparedAnswer, hostileRecord, outcomeOf } from "../../support/worlds/comparisons.js";

describe("the document", () => {
  test("the JUnit document has a suite for each cassette with verdict, digest, seed and run", () => {
    const record = new ReplayRecord("a.cassette", "CP-1", "ws://x/", { seed: 7, run: 3 });
    record.take(comparedAnswer());
    record.take(comparedAnswer({ result: "expected", why: "ticket" }));
    record.take(comparedAnswer({ result: "unexpected" }));
    record.outcome = outcomeOf("partial");
    const xml = junitXml([record]);
    expect(xml).toContain(
      '<testsuites name="ocpp-vcr replay" tests="3" failures="1" errors="0" skipped="1">',
    );
    for (const [name, value] of [
      ["verdict", "partial"],
      ["fingerprint", "sha256:f"],
      ["seed", "7"],
      ["run", "3"],
    ])
      expect(xml).toContain(`<property name="${name}" value="${value}"/>`);
    expect(xml).toContain('time="0.002500"/>');
    expect(xml).toContain('<skipped message="expected: expected: ticket"/>');
  });

  test("the JUnit document has errors, interruptions and cassettes that are not applicable", () => {
    const with_ = (verdict: "error" | "interrupted" | "not-applicable"): string => {
      const record = new ReplayRecord("a", "b", "c");
      record.outcome = { ...outcomeOf(verdict), reason: "because" };
      return junitXml([record]);
    };
    expect(with_("error")).toContain('<error message="error: because" type="error"/>');
    expect(with_("interrupted")).toContain('<error message="interrupted: because"');
    expect(with_("not-applicable")).toContain('tests="1" failures="0" errors="0" skipped="1"');
    const damaged = new ReplayRecord("a", "", "");
    damaged.error = "damaged";
    expect(junitXml([damaged])).toContain('<error message="no verdict: damaged"');
  });

  test("the JUnit document has only characters that XML can hold", () => {
    const xml = junitXml([hostileRecord("\u0000\u000b\ud800\ufffe\uffff]]>\"'<&\r\n")]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udfff]|\]\]>/);
    expect(xml).toContain("\\u0000\\u000b\\ud800\\ufffe\\uffff]]&gt;&quot;&apos;&lt;&amp;\\r\\n");
  });
});
