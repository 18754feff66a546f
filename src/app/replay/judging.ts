// How the replays of one command are judged: which differences are ignored, which calls may be missing, and which
// failures are known.

import { basename } from "node:path";
import { hasWireTimes } from "../../analyse/compare/diff.js";
import type { IgnoreRule, Ignores } from "../../analyse/compare/ignore-rules.js";
import type { Slowdown } from "../../analyse/compare/slowdown.js";
import type { StationReport, Unmet } from "../../replay/protocol.js";
import type { ExpectedFailure, Judgement } from "../../replay/verdict/judgement.js";
import type { ReplayRecord } from "../../replay/verdict/replay-record.js";
import { matchesGlob } from "../../text/glob.js";
import { printable } from "../../text/printable.js";
import { type CassetteFailure, readExpectFile, readIgnores } from "../compare-files.js";
import type { Recording } from "./read-recording.js";

/** How replays are judged; a text in `ignore` and `expect` is the path of a YAML file. */
export interface JudgingSettings {
  readonly ignore: readonly (string | IgnoreRule)[];
  readonly maxSlowdown: Slowdown | undefined;
  readonly allowMissing: readonly string[];
  readonly expect: readonly (string | CassetteFailure)[];
  /** Whether only one cassette is replayed: every expected failure must then occur in it. */
  readonly isSingle: boolean;
}

interface JudgingParts {
  readonly settings: JudgingSettings;
  readonly ignores: Ignores;
  readonly expected: readonly CassetteFailure[];
  readonly notice: (message: string) => void;
}

const isAbout = ({ cassette }: CassetteFailure, path: string): boolean =>
  cassette === undefined || matchesGlob(cassette, path) || matchesGlob(cassette, basename(path));

const isOf = (failure: ExpectedFailure, { action, pointer, result, why }: Unmet): boolean =>
  failure.action === action &&
  (failure.pointer ?? null) === pointer &&
  failure.result === result &&
  failure.why === why;

/** Makes the judgement of each cassette, and remembers which expected failures occurred. */
export class Judging {
  readonly ignores: Ignores;
  private readonly parts: JudgingParts;
  private readonly reported = new Set<ExpectedFailure>();

  constructor(parts: JudgingParts) {
    this.parts = parts;
    this.ignores = parts.ignores;
  }

  /** How the replay of a cassette is judged. */
  judgementOf({ path, entries }: Recording): Judgement {
    const { settings, expected, ignores, notice } = this.parts;
    const { maxSlowdown, allowMissing, isSingle } = settings;
    const hasTimes = hasWireTimes(entries);
    if (maxSlowdown !== undefined && !hasTimes)
      notice(`${printable(path)}: its times are not compared, because it was not recorded on the wire`);
    return {
      ignores,
      slowdown: hasTimes ? maxSlowdown : undefined,
      allowMissing,
      expected: expected.filter((failure) => isAbout(failure, path)),
      mustOccur: isSingle,
      onMet: (failure) => this.reported.add(failure),
    };
  }

  /** Takes a report of a replay. */
  take(report: StationReport): void {
    if (report.kind !== "unmet") return;
    for (const failure of this.parts.expected) if (isOf(failure, report)) this.reported.add(failure);
  }

  /** The expected failures that occurred in no cassette; none if a replay failed or was interrupted. */
  untouched(records: readonly ReplayRecord[]): readonly (Unmet & { readonly cassette: string })[] {
    const isWhole = records.every(
      ({ outcome }) =>
        outcome !== undefined && outcome.verdict !== "error" && outcome.verdict !== "interrupted",
    );
    if (!isWhole || records.length === 0) return [];
    return this.parts.expected
      .filter((failure) => !this.reported.has(failure))
      .map(({ action, pointer, result, why, cassette = "" }) => ({
        ...{ kind: "unmet" as const, action, pointer: pointer ?? null, result, why },
        cassette,
      }));
  }
}

/** Reads the files that the settings name. Throws VcrError RULES_INVALID with all errors of a file. */
export async function openJudging(
  settings: JudgingSettings,
  notice: (message: string) => void,
): Promise<Judging> {
  const ignores = await readIgnores(settings.ignore);
  const expected: CassetteFailure[] = [];
  for (const one of settings.expect)
    expected.push(...(typeof one === "string" ? await readExpectFile(one) : [one]));
  return new Judging({ settings, ignores, expected, notice });
}
