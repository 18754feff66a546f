// The comparison page in a real browser: what its script does, and that texts of peers stay text.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { comparisonSections } from "../../../src/analyse/report/comparison.js";
import { comparisonPage } from "../../../src/analyse/report/comparison-page.js";
import { comparisonScript } from "../../../src/analyse/report/comparison-script.js";
import { reportLimits } from "../../../src/analyse/report/text-budget.js";
import { junitXml } from "../../../src/replay/reports/junit.js";
import { replaySection } from "../../../src/replay/reports/replay-section.js";
import { ReplayRecord } from "../../../src/replay/verdict/replay-record.js";
import { hostileTexts } from "../../support/cassettes/hostile-texts.js";
import { Chromium, openAll, setField } from "../../support/peers/chromium.js";
import { has, needs } from "../../support/runs/needs.js";
import { temporaryFolder } from "../../support/runs/temporary-folder.js";
import { comparedAnswer, hostileRecord, outcomeOf } from "../../support/worlds/comparisons.js";

const inBrowser = needs("chromium");
const folder = temporaryFolder();
let browser: Chromium;

beforeAll(async () => {
  if (has("chromium")) browser = await Chromium.start();
}, 60_000);
afterAll(async () => {
  await browser?.stop();
});

const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64");

const pageFile = (name: string, records: readonly ReplayRecord[]): string => {
  const path = join(folder, `${name}.html`);
  const sections = comparisonSections(records.map(replaySection), reportLimits);
  writeFileSync(path, comparisonPage("OCPP replay", "t", sections, sha256));
  return path;
};

const visible = `[...document.querySelectorAll("li.row:not([hidden]) .what b")].map((b) => b.textContent)`;

const setTo = (id: string, change: string): string => setField(id, change, visible);

const record = (): ReplayRecord => {
  const made = new ReplayRecord("a.cassette", "CP-1", "ws://x/");
  made.take(comparedAnswer({ action: "BootNotification", result: "equal" }));
  made.take(
    comparedAnswer({
      result: "different",
      differences: [{ pointer: "/b", recorded: "1", live: "2", why: "different" }],
    }),
  );
  made.outcome = outcomeOf("fail", { equal: 1, different: 1 });
  return made;
};

describe("the page in a browser", { timeout: 60_000 }, () => {
  inBrowser(
    "a comparison page shows only differences, filters by text, and opens both sides with the differences marked",
    async () => {
      await browser.open(pageFile("plain", [record()]));
      expect(await browser.evaluate(visible)).toEqual(["BootNotification", "StartTransaction"]);
      expect(await browser.evaluate(setTo("only", "field.checked = true"))).toEqual(["StartTransaction"]);
      await browser.evaluate(setTo("only", "field.checked = false"));
      expect(await browser.evaluate(setTo("text", "field.value = 'BOOT'"))).toEqual(["BootNotification"]);
      await browser.evaluate(openAll);
      expect(
        await browser.evaluate(`[...document.querySelectorAll("li.differs mark")].map((m) => m.textContent)`),
      ).toEqual(['"b": 1', '"b": 2']);
      expect(await browser.evaluate(`document.querySelector("li.differs .whole h3").textContent`)).toBe(
        "call, the same on both sides",
      );
      expect(browser.problems).toEqual([]);
    },
  );

  inBrowser("no text of a peer runs in a comparison page, opened and filtered", async () => {
    await browser.open(pageFile("hostile", hostileTexts.map(hostileRecord)));
    await browser.evaluate(openAll);
    await browser.evaluate(setTo("text", "field.value = 'script'"));
    expect(await browser.evaluate("typeof globalThis.hacked")).toBe("undefined");
    expect(browser.problems).toEqual([]);
  });

  inBrowser("the JUnit report of the same replay is well-formed XML with every text unchanged", async () => {
    const texts = [...hostileTexts, "\u0001\ud800\ufffe]]>\u0085\u2028", "𝄞 & <ä>"];
    const xml = junitXml(texts.map(hostileRecord));
    const path = pageFile("xml", [record()]);
    await browser.open(path);
    const read = await browser.evaluate<{ errors: number; suites: number; name: string }>(`(() => {
      const parsed = new DOMParser().parseFromString(${JSON.stringify(xml)}, "text/xml");
      const suites = parsed.querySelectorAll("testsuite");
      return {
        errors: parsed.querySelectorAll("parsererror").length,
        suites: suites.length,
        name: suites[suites.length - 1].getAttribute("name"),
      };
    })()`);
    expect(read).toEqual({ errors: 0, suites: texts.length, name: "𝄞 & <ä>" });
  });
});

describe("the script", () => {
  inBrowser("the comparison script writes text content only", () => {
    expect(comparisonScript).not.toMatch(
      /innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(/,
    );
  });
});
