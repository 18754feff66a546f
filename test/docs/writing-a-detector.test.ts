// The code of docs/writing-a-detector.md: a detector that works, and lines that still fit into the list of detectors.
// test/long/writing-a-detector.test.ts follows the whole page.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { History } from "../../src/analyse/history/history.js";
import type { Detection, Detector } from "../../src/analyse/lint/detectors/detector.js";
import { lintDefaults } from "../../src/analyse/lint/lint.js";
import { boot16, Story } from "../support/cassettes/story.js";
import { blocksOf, withAddedLines } from "../support/runs/command-blocks.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const blocks = blocksOf(read("docs/writing-a-detector.md"));

test("the lines that docs/writing-a-detector.md adds fit into their files, and the files it copies exist", () => {
  const added = blocks.filter(({ language }) => language === "diff");
  expect(added).toHaveLength(2);
  for (const block of added) expect(withAddedLines(block, read(block.file ?? ""))).toContain("chargerModel");
  const copied = blocks.flatMap(({ lines }) => lines.flatMap((line) => /^cp (\S+)/.exec(line)?.[1] ?? []));
  expect(copied.filter((path) => existsSync(join(root, path)))).toHaveLength(1);
});

test("the detector of docs/writing-a-detector.md detects the model of a charger", async () => {
  const folder = mkdtempSync(join(tmpdir(), "writing-a-detector-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [code] = blocks.filter(({ language }) => language === "ts");
  const path = join(folder, "charger-model.ts");
  writeFileSync(path, (code?.body ?? "").replaceAll('"../../../', `"${root}src/`));
  const module = (await import(path)) as { readonly chargerModelDetector: Detector };
  const run = module.chargerModelDetector.start({ ...lintDefaults, isAfterGap: false });
  const detections: Detection[] = [];
  const history = new History(undefined);
  for (const [i, entry] of new Story().call(1, "BootNotification", boot16).entries().entries())
    for (const event of history.push(entry, i)) run(event, (detection) => void detections.push(detection));
  expect(detections).toMatchObject([
    { code: "charger-model", message: "the charger booted as model M of vendor V" },
  ]);
});
