// Runs all detectors over a recording, entry by entry: a whole cassette and a running recording are judged in the same
// way. After a gap every detector starts a new run, so nothing is judged across a gap.

import type { Entry } from "../../cassette/format/entry.js";
import type { HistoryEvent } from "../history/events.js";
import { History } from "../history/history.js";
import type { Inflate } from "../messages/deflate.js";
import type { DetectorRun, LintSettings, ReportDetection } from "./detectors/detector.js";
import { codeTable, detectors } from "./detectors/registry.js";
import { type Finding, Findings, type Suppression } from "./findings.js";

/** How a recording is judged, and which findings are not reported. */
export interface LintOptions extends LintSettings {
  readonly suppressions?: readonly Suppression[];
  readonly inflate?: Inflate | undefined;
}

/** The default settings. */
export const lintDefaults: LintSettings = { profile: "field", callTimeoutMs: 30_000 };

/** Lints one recording. */
export class Linter {
  private readonly settings: LintSettings;
  private readonly history: History;
  private runs: readonly DetectorRun[];
  private newFindings: Finding[] = [];
  /** The findings so far. */
  readonly findings: Findings;

  constructor(options: LintOptions) {
    this.settings = options;
    this.history = new History(options.inflate);
    this.findings = new Findings(codeTable, options.suppressions);
    this.runs = this.startRuns(false);
  }

  /** Takes the next entry; gives the findings that were detected for the first time. */
  push(entry: Entry, position: number): readonly Finding[] {
    return this.handle(this.history.push(entry, position));
  }

  /** Ends the recording; gives the findings that were detected for the first time. */
  end(): readonly Finding[] {
    return this.handle(this.history.end());
  }

  private startRuns(isAfterGap: boolean): readonly DetectorRun[] {
    return detectors.map((detector) => detector.start({ ...this.settings, isAfterGap }));
  }

  private handle(events: Iterable<HistoryEvent>): readonly Finding[] {
    this.newFindings = [];
    for (const event of events) {
      if (event.kind === "gap") this.runs = this.startRuns(true);
      else for (const run of this.runs) run(event, this.report);
    }
    return this.newFindings;
  }

  private readonly report: ReportDetection = (detection) => {
    const finding = this.findings.add(detection);
    if (finding !== undefined) this.newFindings.push(finding);
  };
}

/** The findings of a whole recording. */
export function lintEntries(
  entries: Iterable<Entry>,
  options: LintOptions = lintDefaults,
): readonly Finding[] {
  const linter = new Linter(options);
  let position = 0;
  for (const entry of entries) linter.push(entry, position++);
  linter.end();
  return linter.findings.list();
}
