// A recording under all detectors, entry by entry: a whole cassette and one that still runs are judged by the
// same machine. Nothing is judged across a gap: there every watch begins anew.

import type { Entry } from "../../cassette/format/entry.js";
import type { HistoryEvent } from "../history/events.js";
import { History } from "../history/history.js";
import type { Inflate } from "../messages/deflate.js";
import type { Detection, DetectorRun, LintSettings, ReportDetection } from "./detectors/detector.js";
import { codeTable, detectors } from "./detectors/registry.js";
import { type Finding, Findings, type Suppression } from "./findings.js";

/** How a recording is judged, and what of it is not told. */
export interface LintOptions extends LintSettings {
  readonly suppressions?: readonly Suppression[];
  readonly inflate?: Inflate | undefined;
}

/** What is usual. */
export const lintDefaults: LintSettings = { profile: "field", callTimeoutMs: 30_000 };

/** Judges one recording. */
export class Linter {
  private readonly settings: LintSettings;
  private readonly history: History;
  private watches: readonly DetectorRun[];
  private fresh: Finding[] = [];
  /** What was found so far. */
  readonly findings: Findings;

  constructor(options: LintOptions) {
    this.settings = options;
    this.history = new History(options.inflate);
    this.findings = new Findings(codeTable, options.suppressions);
    this.watches = this.startWatches(false);
  }

  /** Takes the next entry; gives the findings that are the first of their kind. */
  push(entry: Entry, position: number): readonly Finding[] {
    return this.tell(this.history.push(entry, position));
  }

  /** The end of the recording. */
  end(): readonly Finding[] {
    return this.tell(this.history.end());
  }

  private startWatches(isAfterGap: boolean): readonly DetectorRun[] {
    return detectors.map((detector) => detector.start({ ...this.settings, isAfterGap }));
  }

  private tell(events: Iterable<HistoryEvent>): readonly Finding[] {
    this.fresh = [];
    for (const event of events) {
      if (event.kind === "gap") this.watches = this.startWatches(true);
      else for (const watch of this.watches) watch(event, this.report);
    }
    return this.fresh;
  }

  private readonly report: ReportDetection = (found: Detection) => {
    const finding = this.findings.add(found);
    if (finding !== undefined) this.fresh.push(finding);
  };
}

/** The folded findings of a whole recording. */
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
