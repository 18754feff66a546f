// `lint`: finds defects, smells and events in a recording.

import type { Finding, Suppression } from "../analyse/lint/findings.js";
import { lintDefaults, lintEntries } from "../analyse/lint/lint.js";
import type { Entry } from "../cassette/format/entry.js";
import { inflate } from "../io/platform/inflate.js";
import { profiles } from "../ocpp/validation/validation-rules.js";
import { type Cassette, entriesOf } from "./cassette.js";
import {
  checkOptions,
  duration,
  listOf,
  oneOf,
  optionsOf,
  required,
  type TableOf,
  text,
} from "./check-options.js";
import { checkRecording } from "./check-recording.js";

/** How a recording is judged. */
export interface LintRecordingOptions {
  /** `field` (the default) for recordings of real chargers, `strict` for every deviation from the specification. */
  readonly profile?: (typeof lintDefaults)["profile"] | undefined;
  /** How long a CALL may wait for its answer, in milliseconds; 30 000 unless given. */
  readonly callTimeoutMs?: number | undefined;
  /** Findings that are not reported. */
  readonly suppressions?: readonly Suppression[] | undefined;
}

const lintTable: TableOf<LintRecordingOptions> = {
  profile: oneOf(...profiles),
  callTimeoutMs: duration,
  suppressions: listOf(optionsOf({ code: required(text), action: text, pointer: text })),
};

/**
 * Judges a recording: a path, a cassette, or entries. Gives the findings, each with its code, how often it occurred, and
 * the message it quotes.
 *
 * @throws VcrError `FILE_UNREADABLE`, or `USAGE` for wrong options
 */
export async function lint(
  recording: string | Cassette | Iterable<Entry>,
  options: LintRecordingOptions = {},
): Promise<readonly Finding[]> {
  checkRecording("lint", recording);
  checkOptions("lint", options, optionsOf(lintTable));
  const {
    profile = lintDefaults.profile,
    callTimeoutMs = lintDefaults.callTimeoutMs,
    suppressions = [],
  } = options;
  return lintEntries(await entriesOf("lint", recording), { profile, callTimeoutMs, suppressions, inflate });
}
