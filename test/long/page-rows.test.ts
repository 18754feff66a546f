// The report page of a recording with more rows than a page shows, in a real browser.
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { recordingPage } from "../../src/analyse/report/recording-page.js";
import { recordingReport } from "../../src/analyse/report/recording-report.js";
import { dialogueRecording } from "../support/cassettes/dialogue-recording.js";
import { Chromium } from "../support/peers/chromium.js";
import { has, needs } from "../support/runs/needs.js";

const folder = mkdtempSync(join(tmpdir(), "page-rows-"));
let browser: Chromium;

beforeAll(async () => {
  if (has("chromium")) browser = await Chromium.start();
});
afterAll(async () => {
  await browser?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64");

const findSeventySeven = `(async () => {
  const field = document.getElementById("text");
  field.value = '"77"';
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return [...document.querySelectorAll("#rows > li:not([hidden]) b")].map((b) => b.textContent);
})()`;

needs("chromium")(
  "a report page with the most rows it can show filters them, and counts the rows it left out",
  async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => [
      `1> [2,"${i}","Heartbeat",{}]`,
      `1< [3,"${i}",{}]`,
    ]);
    const path = join(folder, "long.html");
    writeFileSync(path, recordingPage(recordingReport(dialogueRecording(lines.flat())), sha256));
    await browser.open(path);
    expect(await browser.evaluate(`document.querySelectorAll("#rows > li").length`)).toBe(5000);
    expect(await browser.evaluate(findSeventySeven)).toEqual(["Heartbeat", "Heartbeat"]);
    expect(await browser.evaluate(`document.querySelector(".diagram .more").textContent`)).toMatch(
      /^1000 more rows/,
    );
  },
);
