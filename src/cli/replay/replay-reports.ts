// The reports that `replay` writes at its end, also after an interruption: JUnit, annotations for GitHub, the HTML page.

import { appendFileSync } from "node:fs";
import { basename } from "node:path";
import { comparisonSections, type SectionParts } from "../../analyse/report/comparison.js";
import { comparisonPage } from "../../analyse/report/comparison-page.js";
import { reportLimits } from "../../analyse/report/text-budget.js";
import { errorText, VcrError } from "../../base/errors.js";
import { githubCommands, githubSummary } from "../../replay/reports/github-annotations.js";
import { junitXml } from "../../replay/reports/junit.js";
import { replaySection } from "../../replay/reports/replay-section.js";
import { ReplayRecord } from "../../replay/verdict/replay-record.js";
import { printable } from "../../text/printable.js";
import { refuseForeign, sha256Base64, writeReportFile } from "../common/report-file.js";
import { printError } from "../common/session.js";
import type { OutputSettings } from "./replay-output.js";
import type { ReplayReportOptions } from "./replay-report-options.js";

/** The records of a command's replays, and the report files made from them. */
export class ReplayReports {
  readonly records: ReplayRecord[] = [];
  /** The sections of the page with --against. */
  readonly sections: SectionParts[] = [];
  private readonly settings: OutputSettings;
  private readonly options: ReplayReportOptions;

  /** Throws VcrError FILE_UNWRITABLE if the path of a report is that of another file. */
  constructor(settings: OutputSettings, options: ReplayReportOptions) {
    if (options.junit !== undefined) refuseForeign(options.junit, "<?xml");
    if (options.report !== undefined) refuseForeign(options.report, "<!doctype html");
    this.settings = settings;
    this.options = options;
  }

  /** Adds a cassette that could not be replayed. */
  refuse(cassette: string, reason: string): void {
    const record = new ReplayRecord(cassette, "", "");
    record.error = reason;
    this.records.push(record);
  }

  /** Writes the reports; prints the error of one that cannot be written, which raises the exit code. */
  async write(): Promise<void> {
    const { junit, report, github } = this.options;
    try {
      if (github === true) this.annotate();
      if (junit !== undefined) await writeReportFile(junit, "<?xml", junitXml(this.records));
      if (report !== undefined) await writeReportFile(report, "<!doctype html", this.page());
    } catch (error) {
      if (!(error instanceof VcrError)) throw error;
      printError(this.settings.session, error);
    }
  }

  private page(): string {
    const isAgainst = this.options.against !== undefined;
    const parts = isAgainst ? this.sections : this.records.map(replaySection);
    const title = parts.length === 1 ? basename(parts[0]?.title ?? "") : `${parts.length} cassettes`;
    const kind = isAgainst ? "OCPP replay to two CSMSs" : "OCPP replay";
    return comparisonPage(kind, title, comparisonSections(parts, reportLimits), sha256Base64);
  }

  private annotate(): void {
    const { session, say } = this.settings;
    for (const record of this.records) for (const line of githubCommands(record)) say(line);
    const path = session.env.GITHUB_STEP_SUMMARY;
    if (path === undefined || path === "") return;
    try {
      appendFileSync(path, githubSummary(this.records));
    } catch (error) {
      const why = errorText(error);
      throw new VcrError("FILE_UNWRITABLE", `the step summary ${printable(path)} cannot be written: ${why}`);
    }
  }
}
