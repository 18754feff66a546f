// `replay --against`: one cassette to two CSMSs, one after the other with everything else the same, and what their
// answers have in common. How two runs are compared stands in replay/verdict/against.

import { diffSection } from "../../analyse/report/diff-section.js";
import type { Recording } from "../../app/replay/read-recording.js";
import { csmsTlsOf, type OpenKeylog } from "../../app/tls-plan.js";
import { hideUserinfo } from "../../cassette/hide-secrets.js";
import { startEmbeddedCsms } from "../../io/csms/embedded-csms.js";
import { compareRuns } from "../../replay/verdict/against.js";
import { jsonLine, printable } from "../../text/printable.js";
import { raiseExitCode } from "../common/session.js";
import { diffCountWords, differingResults, diffJson, diffWords } from "../words/diff-words.js";
import type { ReplayListener } from "./replay-output.js";
import type { ReplayReports } from "./replay-reports.js";
import { type ReplayJob, replayRecording } from "./replay-run.js";

/** Listeners that do not hear how a run compares with its recording: here it is compared with another run. */
export function withoutComparisons(listeners: readonly ReplayListener[]): readonly ReplayListener[] {
  return listeners.map((listener) => ({
    begin: (run) => listener.begin?.(run),
    report: (run, report) => {
      if (report.kind !== "compared" && report.kind !== "fork") listener.report?.(run, report);
    },
    conclude: (run, outcome) => listener.conclude?.(run, { ...outcome, forks: [] }),
    end: () => listener.end?.(),
  }));
}

/** The way in which a command replays its cassettes. */
export interface ReplayRuns {
  replay(recording: Recording): Promise<void>;
  close(): Promise<void>;
}

/** Replays to the one CSMS, or to both. */
export async function openReplayRuns(
  job: ReplayJob,
  reports: ReplayReports,
  keylog: OpenKeylog | undefined,
): Promise<ReplayRuns> {
  const { against, csmsConnect: _elsewhere, ...options } = job.options;
  if (against === undefined)
    return { replay: (recording) => replayRecording(job, recording), close: () => Promise.resolve() };
  const embedded = against === "embedded" ? await startEmbeddedCsms({}) : undefined;
  const csms = against === "embedded" ? new URL(embedded?.url ?? "") : against;
  const other: ReplayJob = {
    ...job,
    options: { ...options, against },
    csms,
    values: job.values.twin(csms.host),
    tls: csmsTlsOf(options, csms, job.session.env, keylog),
    // A person who stops the command stops whichever of the two runs.
    get isStopped() {
      return job.isStopped;
    },
    get stop() {
      return job.stop;
    },
    set stop(stop) {
      job.stop = stop;
    },
  };
  return {
    replay: (recording) => replayAgainst(job, other, recording, reports),
    close: async () => embedded?.close(),
  };
}

const isOver = ({ isStopped, person }: ReplayJob): boolean => isStopped || person.hasQuit;

/** Replays a cassette to both CSMSs and tells what they answered differently. */
async function replayAgainst(
  job: ReplayJob,
  other: ReplayJob,
  recording: Recording,
  reports: ReplayReports,
): Promise<void> {
  const { session, options, say } = job;
  await replayRecording(job, recording);
  const left = reports.records.at(-1);
  if (isOver(job)) return;
  await replayRecording(other, recording);
  const right = reports.records.at(-1);
  if (left?.outcome === undefined || right?.outcome === undefined) return;
  const diff = compareRuns(left, right, { ignores: reports.ignores, slowdown: options.maxSlowdown });
  const names = { csms: hideUserinfo(job.csms.href), against: hideUserinfo(other.csms.href) };
  reports.sections.push(
    diffSection(diff, {
      title: recording.path,
      leftName: names.csms,
      rightName: names.against,
      facts: [
        [names.csms, left.outcome.verdict],
        [names.against, right.outcome.verdict],
      ],
    }),
  );
  if (options.json === true) {
    for (const row of diff.rows)
      session.out(jsonLine({ ...diffJson("against", row, ["csms", "against"]), cassette: recording.path }));
    const verdict = { alike: diff.isSame, counts: diff.counts, cassette: recording.path, ...names };
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
}
