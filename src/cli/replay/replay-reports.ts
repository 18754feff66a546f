// What `replay` writes when it is over, and the judging that its files ask for: reads --ignore and --expect before,
// keeps a record of each cassette, and writes JUnit, annotations and the page at the end, also of an interrupted run.

import { appendFileSync } from "node:fs";
import { basename } from "node:path";
import { hasWireTimes } from "../../analyse/compare/diff.js";
import type { Ignores } from "../../analyse/compare/ignore-rules.js";
import { comparisonSections, type SectionParts } from "../../analyse/report/comparison.js";
import { comparisonPage } from "../../analyse/report/comparison-page.js";
import { reportLimits } from "../../analyse/report/text-budget.js";
import { type CassetteFailure, readExpectFile } from "../../app/compare-files.js";
import type { Recording } from "../../app/replay/read-recording.js";
import { errorText, VcrError } from "../../base/errors.js";
import { hideUserinfo } from "../../cassette/hide-secrets.js";
import type { Outcome, StationReport, Unmet } from "../../replay/protocol.js";
import { githubCommands, githubSummary } from "../../replay/reports/github-annotations.js";
import { junitXml } from "../../replay/reports/junit.js";
import { replaySection } from "../../replay/reports/replay-section.js";
import type { ExpectedFailure, Judgement } from "../../replay/verdict/judgement.js";
import { ReplayRecord } from "../../replay/verdict/replay-record.js";
import { matchesGlob } from "../../text/glob.js";
import { jsonLine, printable } from "../../text/printable.js";
import { refuseForeign, sha256Base64, writeReportFile } from "../common/report-file.js";
import { raiseExitCode } from "../common/session.js";
import { ignoresFrom } from "../options/compare-options.js";
import { reportJson, unmetWords } from "../words/replay-words.js";
import type { ListenerSettings, ReplayListener, ReplayRunFacts } from "./replay-output.js";
import type { ReplayReportOptions } from "./replay-report-options.js";

/** Reads what a replay's options name; throws for files with errors, and for files in the way. */
export async function openReplayReports(
  settings: ListenerSettings,
  options: ReplayReportOptions,
  cassettes: readonly string[],
): Promise<ReplayReports> {
  if (options.junit !== undefined) refuseForeign(options.junit, "<?xml");
  if (options.report !== undefined) refuseForeign(options.report, "<!doctype html");
  const ignores = await ignoresFrom(options);
  const expected: CassetteFailure[] = [];
  for (const path of options.expect ?? []) expected.push(...(await readExpectFile(path)));
  return new ReplayReports(settings, options, { ignores, expected, isSingle: cassettes.length === 1 });
}

interface Given {
  readonly ignores: Ignores;
  readonly expected: readonly CassetteFailure[];
  /** Whether there is one cassette alone: then every expectation about it must come true. */
  readonly isSingle: boolean;
}

/** The records of a command's replays. */
export class ReplayReports implements ReplayListener {
  readonly records: ReplayRecord[] = [];
  readonly ignores: Ignores;
  /** Sections of the page beside those of the records. */
  readonly sections: SectionParts[] = [];
  private readonly settings: ListenerSettings;
  private readonly options: ReplayReportOptions;
  private readonly given: Given;
  private readonly told = new Set<ExpectedFailure>();

  constructor(settings: ListenerSettings, options: ReplayReportOptions, given: Given) {
    this.settings = settings;
    this.options = options;
    this.given = given;
    this.ignores = given.ignores;
  }

  /** How the replay of a cassette is judged. */
  judgement({ path: cassette, entries }: Recording): Judgement {
    const { maxSlowdown, allowMissing } = this.options;
    const hasTimes = hasWireTimes(entries);
    if (maxSlowdown !== undefined && !hasTimes)
      this.settings.say(`${printable(cassette)}: not recorded on the wire, so its times are not compared`);
    return {
      ignores: this.ignores,
      slowdown: hasTimes ? maxSlowdown : undefined,
      allowMissing: allowMissing ?? [],
      expected: this.given.expected.filter((failure) => isAbout(failure, cassette)),
      mustOccur: this.given.isSingle,
      onMet: (failure) => this.told.add(failure),
    };
  }

  begin({ recording, identity, csms, seed, run }: ReplayRunFacts): void {
    this.records.push(new ReplayRecord(recording.path, identity, hideUserinfo(csms.href), { seed, run }));
  }

  report(_run: ReplayRunFacts, report: StationReport): void {
    this.records.at(-1)?.take(report);
    if (report.kind !== "unmet") return;
    for (const failure of this.given.expected) if (isOf(failure, report)) this.told.add(failure);
  }

  conclude(_run: ReplayRunFacts, outcome: Outcome): void {
    const record = this.records.at(-1);
    if (record !== undefined) record.outcome = outcome;
  }

  /** A cassette that could not be replayed at all. */
  refuse(cassette: string, reason: string): void {
    const record = new ReplayRecord(cassette, "", "");
    record.error = reason;
    this.records.push(record);
  }

  async end(): Promise<void> {
    const { session } = this.settings;
    if (this.options.against === undefined) this.tellUntold();
    try {
      await this.write();
    } catch (error) {
      // Said here, because what stands behind the end must still be closed.
      if (!(error instanceof VcrError)) throw error;
      session.err(`ocpp-vcr: ${error.message}`);
      if (error.hint !== "") session.err(`  ${error.hint}`);
      raiseExitCode(session, error.exitCode);
    }
  }

  /** Expected failures about which no cassette had anything to say. */
  private tellUntold(): void {
    const { session, json, say } = this.settings;
    const isWhole = this.records.every(
      ({ outcome }) =>
        outcome !== undefined && outcome.verdict !== "error" && outcome.verdict !== "interrupted",
    );
    if (!isWhole || this.records.length === 0) return;
    for (const failure of this.given.expected) {
      if (this.told.has(failure)) continue;
      const { action, pointer, result, why } = failure;
      const unmet: Unmet = { kind: "unmet", action, pointer: pointer ?? null, result, why };
      if (json) session.out(jsonLine(reportJson(unmet, failure.cassette ?? "")));
      say(unmetWords(unmet, session));
      raiseExitCode(session, 1);
    }
  }

  private async write(): Promise<void> {
    const { junit, report, github } = this.options;
    if (github === true) this.annotate();
    if (junit !== undefined) await writeReportFile(junit, "<?xml", junitXml(this.records));
    if (report !== undefined) await writeReportFile(report, "<!doctype html", this.page());
  }

  private page(): string {
    const parts = this.options.against === undefined ? this.records.map(replaySection) : this.sections;
    const title = parts.length === 1 ? basename(parts[0]?.title ?? "") : `${parts.length} cassettes`;
    const kind = this.options.against === undefined ? "OCPP replay" : "OCPP replay to two CSMSs";
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

const isAbout = ({ cassette }: CassetteFailure, path: string): boolean =>
  cassette === undefined || matchesGlob(cassette, path) || matchesGlob(cassette, basename(path));

const isOf = (failure: ExpectedFailure, { action, pointer, result, why }: Unmet): boolean =>
  failure.action === action &&
  (failure.pointer ?? null) === pointer &&
  failure.result === result &&
  failure.why === why;
