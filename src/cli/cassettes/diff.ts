// `ocpp-vcr diff`: compares two cassettes exchange by exchange. The comparison itself is in analyse/compare.

import { statSync } from "node:fs";
import { basename } from "node:path";
import type { Command } from "commander";
import { type Diff, diffDefaults, diffRecordings } from "../../analyse/compare/diff.js";
import { recordingIdentity } from "../../analyse/messages/summary.js";
import { comparisonSections } from "../../analyse/report/comparison.js";
import { comparisonPage } from "../../analyse/report/comparison-page.js";
import { diffSection } from "../../analyse/report/diff-section.js";
import { reportLimits } from "../../analyse/report/text-budget.js";
import { readIgnores } from "../../app/compare-files.js";
import { VcrError } from "../../base/errors.js";
import type { Entry } from "../../cassette/format/entry.js";
import { listCassettes } from "../../io/cassette/cassette-file.js";
import { inflate } from "../../io/platform/inflate.js";
import { jsonLine, printable } from "../../text/printable.js";
import { eachCassette, entriesOf, joined, outTexts } from "../common/cassettes.js";
import { refuseForeign, sha256Base64, writeReportFile } from "../common/report-file.js";
import { type CliSession, raiseExitCode } from "../common/session.js";
import { addCompareOptions, type CompareOptions, ignoreOf } from "../options/compare-options.js";
import { diffCountWords, differingResults, diffJson, diffWords } from "../words/diff-words.js";

interface Options extends CompareOptions {
  readonly html?: string;
  readonly json?: true;
}

interface Side {
  readonly path: string;
  readonly entries: readonly Entry[];
}

const readSide = async (session: CliSession, given: string): Promise<Side> => {
  const { length, 0: only } = listCassettes([given]);
  if (length !== 1 || only === undefined)
    throw new VcrError(
      "USAGE",
      `${given} contains ${length} cassettes, but diff compares one with one`,
      "Name one cassette.",
    );
  for await (const cassette of eachCassette(session, [only]))
    return { path: only, entries: entriesOf(cassette) };
  throw new VcrError("FILE_UNREADABLE", `${given} cannot be read`);
};

const startOf = (entries: readonly Entry[]): string =>
  entries.find((entry) => entry.kind === "session")?.startedAt ?? "unknown";

const pageOf = (diff: Diff, left: Side, right: Side): string => {
  const section = diffSection(diff, {
    title: `${basename(left.path)} and ${basename(right.path)}`,
    leftName: basename(left.path),
    rightName: basename(right.path),
    facts: [
      ["left", `${recordingIdentity(left.entries) ?? "unknown"}, ${startOf(left.entries)}`],
      ["right", `${recordingIdentity(right.entries) ?? "unknown"}, ${startOf(right.entries)}`],
    ],
  });
  const title = `${basename(left.path)} and ${basename(right.path)}`;
  return comparisonPage("OCPP diff", title, comparisonSections([section], reportLimits), sha256Base64);
};

function* jsonLines(diff: Diff, left: Side, right: Side): Generator<string> {
  for (const row of diff.rows)
    if (row.result !== "equal") yield jsonLine(diffJson("diff", row, ["left", "right"]));
  const paths = { left: left.path, right: right.path };
  yield jsonLine({
    event: "verdict",
    verdict: wordOf(diff),
    counts: diff.counts,
    notes: diff.notes,
    ...paths,
  });
}

function* textLines(diff: Diff, session: CliSession): Generator<string> {
  for (const row of diff.rows) if (differingResults.includes(row.result)) yield* diffWords(row, session);
  for (const note of diff.notes) yield `  ${session.paint.dim("note")}       ${note}`;
  yield `  ${diffCountWords(diff)}`;
  yield `  ${session.paint.bold[diff.isSame ? "green" : "red"](wordOf(diff))}`;
}

const wordOf = ({ isSame }: Diff): string => (isSame ? "same" : "different");

/** The name of a side; a folder is marked, because it stands for the one cassette in it. */
const sideName = (path: string): string => {
  try {
    return statSync(path).isDirectory() ? `${path} (folder)` : path;
  } catch {
    return path;
  }
};

const run = async (session: CliSession, a: string, b: string, options: Options): Promise<void> => {
  const { html, json, maxSlowdown } = options;
  if (html !== undefined) refuseForeign(html, "<!doctype html");
  const ignores = await readIgnores(ignoreOf(options));
  const left = await readSide(session, a);
  const right = await readSide(session, b);
  const settings = { ...diffDefaults, ignores, slowdown: maxSlowdown };
  const diff = diffRecordings(left.entries, right.entries, settings, inflate);
  if (html !== undefined) await writeReportFile(html, "<!doctype html", pageOf(diff, left, right));
  if (json !== true) session.out(`${printable(sideName(a))} -> ${printable(sideName(b))}`);
  await outTexts(joined(json === true ? jsonLines(diff, left, right) : textLines(diff, session)));
  if (!diff.isSame) raiseExitCode(session, 1);
};

const examples = `
Examples:
  ocpp-vcr diff before.cassette after.cassette
  ocpp-vcr diff recorded.cassette replayed.cassette --max-slowdown 2x+50ms --json
  ocpp-vcr diff fw1.cassette fw2.cassette --ignore-path 'MeterValues:/meterValue' --html diff.html

Ids and date-times do not count; docs/reference/diff.md lists everything that does not count.

Exit codes: 0 same, 1 different, 2 usage, 4 cassette damaged.`;

/** Adds `diff` to the program. */
export function registerDiff(program: Command, session: CliSession): void {
  addCompareOptions(
    program
      .command("diff")
      .description("Compare two cassettes exchange by exchange: added, missing, changed, slower.")
      .argument("<a>", "a cassette, or a folder with one cassette")
      .argument("<b>", "the cassette to compare it with"),
  )
    .option("--html <file>", "write both side by side as a page for a browser")
    .option("--json", "print one JSON object per exchange that is not equal, and the verdict")
    .addHelpText("after", examples)
    .action((a: string, b: string, options: Options) => run(session, a, b, options));
}
