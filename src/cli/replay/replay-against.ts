// What `replay --against` prints: how the answers of two CSMSs differ.

import type { SectionParts } from "../../analyse/report/comparison.js";
import { diffSection } from "../../analyse/report/diff-section.js";
import type { ComparedRuns } from "../../app/replay/replay-session.js";
import { jsonLine, printable } from "../../text/printable.js";
import { raiseExitCode } from "../common/session.js";
import { diffCountWords, differingResults, diffJson, diffWords } from "../words/diff-words.js";
import type { OutputSettings } from "./replay-output.js";

/** Prints how two runs of a recording differ; returns the section of the report about them. */
export function printComparedRuns(
  { session, json, say }: OutputSettings,
  path: string,
  { left, right, diff }: ComparedRuns,
): SectionParts {
  const names = { csms: left.csms, against: right.csms };
  if (json) {
    for (const row of diff.rows)
      session.out(jsonLine({ ...diffJson("against", row, ["csms", "against"]), cassette: path }));
    const verdict = { alike: diff.isSame, counts: diff.counts, cassette: path, ...names };
    session.out(jsonLine({ event: "alike", ...verdict }));
  }
  for (const row of diff.rows)
    if (differingResults.includes(row.result)) for (const line of diffWords(row, session)) say(line);
  const word = diff.isSame ? "alike" : "not alike";
  say(`  ${diffCountWords(diff)}`);
  say(
    `  ${session.paint.bold[diff.isSame ? "green" : "red"](word)}: ${printable(names.csms)} and ${printable(names.against)}`,
  );
  if (!diff.isSame) raiseExitCode(session, 1);
  return diffSection(diff, {
    title: path,
    leftName: names.csms,
    rightName: names.against,
    facts: [
      [names.csms, left.outcome?.verdict ?? ""],
      [names.against, right.outcome?.verdict ?? ""],
    ],
  });
}
