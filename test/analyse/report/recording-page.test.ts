// The page about one recording as text; in a browser in recording-script.test.ts.
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { recordingPage } from "../../../src/analyse/report/recording-page.js";
import { recordingReport } from "../../../src/analyse/report/recording-report.js";
import { reportLimits } from "../../../src/analyse/report/text-budget.js";
import { smallRecording } from "../../support/cassettes/entries.js";
import { hostileRecording, hostileTexts } from "../../support/cassettes/hostile-texts.js";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64");
const plain = recordingPage(recordingReport(smallRecording(3)), sha256);

/** The tags of a page; true to the bytes, since no `<` and no `>` of ours stands anywhere else. */
const tagsOf = (page: string): readonly string[] => {
  const body = page
    .replace(/<style>[^<]*<\/style>/, "")
    .replace(/<script type="application\/json" id="data">[^<]*<\/script>\n<script>.*?<\/script>/s, "");
  return body.match(/<[^>]*>/g) ?? [];
};

const attributesOf = (tags: readonly string[]): ReadonlySet<string> =>
  new Set(
    tags.flatMap((tag) => [...tag.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/gi)].map(([whole]) => whole.trim())),
  );

describe("the page", () => {
  test("a recording page allows only its own script and style, by their hashes", () => {
    const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(plain) ?? [];
    const script = /<script>(.*?)<\/script>/s.exec(plain)?.[1] ?? "";
    const style = /<style>(.*?)<\/style>/s.exec(plain)?.[1] ?? "";
    expect(policy).toBe(
      `default-src 'none'; script-src 'sha256-${sha256(script)}'; style-src 'sha256-${sha256(style)}'; base-uri 'none'; form-action 'none'`,
    );
    expect(plain.indexOf("Content-Security-Policy")).toBeLessThan(plain.indexOf("<style>"));
  });

  test("a recording page has no URL, and no style or event handler on an element", () => {
    expect(plain).not.toMatch(/https?:/);
    expect(tagsOf(plain).filter((tag) => / (?:style|on[a-z]+|src)=/.test(tag))).toEqual([]);
  });

  test("a recording page says how many rows it leaves out", () => {
    const report = recordingReport(smallRecording(10), undefined, { ...reportLimits, rows: 5 });
    expect(recordingPage(report, sha256)).toContain("18 more rows are not shown.");
  });

  test("a finding links to its row unless the row is left out", () => {
    const finding = {
      ...recordingReport(hostileRecording("x")).findings[0],
      first: { entry: 3 },
      last: { entry: 90 },
      count: 2,
    };
    const report = { ...recordingReport(smallRecording(3)), findings: [finding as never] };
    expect(recordingPage(report, sha256)).toContain('<a href="#e3">entry 3</a> to entry 90');
  });

  test.each(hostileTexts.map((text) => [text]))(
    "a recording page shows the hostile text %j as text only",
    (text) => {
      const mine = tagsOf(recordingPage(recordingReport(hostileRecording(text)), sha256));
      const harmless = tagsOf(
        recordingPage(recordingReport(hostileRecording("x".repeat(text.length))), sha256),
      );
      const names = (tags: readonly string[]): ReadonlySet<string> =>
        new Set(tags.map((tag) => tag.replace(/[\s>].*$/s, "")));
      expect([...names(mine)].filter((name) => !names(harmless).has(name))).toEqual([]);
      const words = [...attributesOf(mine)].filter((word) =>
        /^(?:on|style|src)|javascript|hacked|evil/i.test(word),
      );
      expect(words).toEqual([]);
    },
  );
});
