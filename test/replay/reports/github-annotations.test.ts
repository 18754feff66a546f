// Workflow commands and the step summary.
import { describe, expect, test } from "vitest";
import { githubCommands, githubSummary } from "../../../src/replay/reports/github-annotations.js";
import { ReplayRecord } from "../../../src/replay/verdict/replay-record.js";
import { hostileTexts } from "../../support/cassettes/hostile-texts.js";
import { comparedAnswer, hostileRecord, outcomeOf } from "../../support/worlds/comparisons.js";

describe("annotations", () => {
  test("annotations escape what would end a command or a property", () => {
    const record = new ReplayRecord("100%,a:b\r\n::error::x", "b", "c");
    record.take(
      comparedAnswer({
        result: "different",
        differences: [
          { pointer: "/a", recorded: '"50%\n::stop-commands::"', live: "2", why: "different" },
          { pointer: "/b", recorded: "1", live: "2", why: "different" },
        ],
      }),
    );
    record.outcome = outcomeOf("fail", { different: 1 });
    const [line = "", ...rest] = githubCommands(record);
    expect(rest).toEqual([]);
    expect(line).not.toMatch(/[\r\n]/);
    expect(line).toMatch(
      /^::error title=100%25%2Ca%3Ab\\r\\n%3A%3Aerror%3A%3Ax #1 < [^:]*::different%0A\/a: recorded "50%25\\n/,
    );
  });

  test("annotations are limited in number and include errors", () => {
    const record = new ReplayRecord("a", "b", "c");
    for (let i = 0; i < 60; i++) record.take(comparedAnswer({ result: "unexpected", id: `${i}` }));
    record.outcome = { ...outcomeOf("error"), reason: "unreachable" };
    const lines = githubCommands(record);
    expect(lines).toHaveLength(52);
    expect(lines.slice(-2)).toEqual([
      "::error title=a::10 more differences",
      "::error title=a::error: unreachable",
    ]);
  });

  test.each(hostileTexts.map((text) => [text]))("annotations and the summary keep %j a text", (text) => {
    const record = hostileRecord(text);
    for (const line of githubCommands(record)) expect(line).toMatch(/^::error title=[^:,\r\n]*::[^\r\n]*$/);
    const summary = githubSummary([record]);
    expect(summary.replaceAll(/&#\d+;/g, "")).not.toMatch(/[<>`]/);
    expect(summary.trimEnd().split("\n")).toHaveLength(11);
  });
});

test("the summary has the verdict and the counts of each cassette", () => {
  const record = new ReplayRecord("a.cassette", "b", "ws://x");
  record.outcome = outcomeOf("pass", { equal: 3, bound: 1 });
  expect(githubSummary([record])).toBe(
    "## Replay\n\n| cassette | CSMS | verdict | messages |\n|---|---|---|---|\n| a&#46;cassette | ws&#58;//x | pass | 3 equal, 1 bound |\n",
  );
});
