// The page about one recording in a real browser: what its script does, and that texts of peers stay text.
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { recordingPage } from "../../../src/analyse/report/recording-page.js";
import { recordingReport } from "../../../src/analyse/report/recording-report.js";
import { recordingScript } from "../../../src/analyse/report/recording-script.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { hostileRecording, hostileTexts } from "../../support/cassettes/hostile-texts.js";
import { Chromium, openAll, setField } from "../../support/peers/chromium.js";
import { has, needs } from "../../support/runs/needs.js";

const inBrowser = needs("chromium");
const folder = mkdtempSync(join(tmpdir(), "page-"));
let browser: Chromium;

beforeAll(async () => {
  if (has("chromium")) browser = await Chromium.start();
}, 60_000);
afterAll(async () => {
  await browser?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64");

const pageFile = (name: string, entries: readonly Entry[]): string => {
  const path = join(folder, `${name}.html`);
  writeFileSync(path, recordingPage(recordingReport(entries), sha256));
  return path;
};

const dialogue = dialogueRecording([
  "1 dial",
  '1> [2,"a","Authorize",{"idTag":"DEADBEEF","big":12345678901234567890}]',
  '1< [3,"a",{"idTagInfo":{"status":"Accepted"}}]',
  '1> [2,"b","Heartbeat",{}]',
  '1< [4,"b","InternalError","nope",{}]',
  "1 close",
  "1 fin",
]);

const visible = `[...document.querySelectorAll("#rows > li:not([hidden]) b")].map((b) => b.textContent)`;

const setTo = (id: string, change: string): string => setField(id, change, visible);

describe("the page in a browser", { timeout: 60_000 }, () => {
  inBrowser("a recording page opens messages without loss and filters by type, action and text", async () => {
    await browser.open(pageFile("dialogue", dialogue));
    expect(await browser.evaluate(visible)).toEqual([
      "Authorize",
      "Authorize",
      "Heartbeat",
      "CALLERROR Heartbeat",
      "control",
    ]);
    await browser.evaluate(openAll);
    expect(await browser.evaluate(`document.querySelector("#e2 pre").textContent`)).toContain(
      '    "big": 12345678901234567890',
    );
    expect(await browser.evaluate(setTo("control", "field.checked = false"))).not.toContain("control");
    expect(await browser.evaluate(setTo("type", "field.value = 'CALLERROR'"))).toEqual([
      "CALLERROR Heartbeat",
    ]);
    expect(await browser.evaluate(`document.getElementById("count").textContent`)).toBe("1 of 7");
    expect(await browser.evaluate(setTo("type", "field.selectedIndex = 0"))).toHaveLength(4);
    expect(await browser.evaluate(setTo("action", "field.value = 'Authorize'"))).toHaveLength(2);
    expect(await browser.evaluate(setTo("text", "field.value = 'deadBEEF'"))).toEqual(["Authorize"]);
    expect(browser.problems).toEqual([]);
  });

  inBrowser("the fragment of the page's address opens the row that it names", async () => {
    await browser.open(pageFile("row", dialogue), "#e4");
    expect(await browser.evaluate(`document.querySelector("#e4 details").open`)).toBe(true);
    expect(await browser.evaluate(`document.querySelector("#e4 pre").textContent !== ""`)).toBe(true);
  });

  inBrowser("no text of a charger becomes anything but text in a recording page", async () => {
    const found = `(async () => {
      await ${openAll};
      const elements = [...document.querySelectorAll("*")];
      const attributes = elements.flatMap((element) => [...element.attributes]);
      return {
        scripts: document.scripts.length,
        strangers: [...new Set(elements.map(({ localName }) => localName))].filter((name) =>
          ["iframe", "object", "embed", "img", "video", "base", "link", "template", "marquee"].includes(name)),
        handlers: attributes.filter(({ name }) => name.startsWith("on")).length,
        addresses: attributes.filter(({ value }) => /javascript:|data:|\\/\\//i.test(value)).length,
        done: globalThis.hacked === undefined,
        rows: document.querySelectorAll("#rows > li").length,
        said: document.querySelector("#rows").textContent.length > 0,
      };
    })()`;
    for (const [i, text] of hostileTexts.entries()) {
      await browser.open(pageFile(`hostile-${i}`, hostileRecording(text)));
      expect({ text, ...(await browser.evaluate<object>(found)) }).toEqual({
        text,
        scripts: 2,
        strangers: [],
        handlers: 0,
        addresses: 0,
        done: true,
        rows: 17,
        said: true,
      });
    }
    expect(browser.problems).toEqual([]);
  });

  inBrowser("a recording page runs only its own script", async () => {
    const path = join(folder, "foreign.html");
    const page = recordingPage(recordingReport(dialogue), sha256);
    writeFileSync(
      path,
      page.replace("</main>", "<img src=x onerror='hacked=1'><script>hacked=2</script></main>"),
    );
    const before = browser.problems.length;
    await browser.open(path);
    expect(await browser.evaluate("globalThis.hacked === undefined")).toBe(true);
    expect(browser.problems.splice(before).join("\n")).toMatch(/Content Security Policy/);
    expect(recordingScript).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function/);
  });
});
