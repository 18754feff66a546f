// What a person has said beforehand about the outcome of a comparison: which CSMS calls may stay out, how slow an
// answer may be, which failures are known. Turns one compared message into what it counts as; the table of verdicts
// (verdict.ts) stays what it is. Knows no files and no cassette's name.

import type { Difference } from "../../analyse/compare/compare.js";
import { coversPointer, type Ignores, nothingIgnored } from "../../analyse/compare/ignore-rules.js";
import { isTooSlow, type Slowdown } from "../../analyse/compare/slowdown.js";
import { matchesGlob } from "../../text/glob.js";
import type { Compared, Unmet } from "../protocol.js";

/** What an expected failure can be. */
export type ExpectedResult = "different" | "slower" | "missing" | "unexpected";

/** A failure that is known. */
export interface ExpectedFailure {
  /** `*` and `?` stand for anything. */
  readonly action: string;
  /** Where the difference is; absent: anywhere in the message. */
  readonly pointer?: string;
  readonly result: ExpectedResult;
  readonly why: string;
}

/** How a replay is judged. */
export interface Judgement {
  readonly ignores: Ignores;
  readonly slowdown: Slowdown | undefined;
  /** Actions of CSMS calls that may stay out; `*` and `?` stand for anything. */
  readonly allowMissing: readonly string[];
  readonly expected: readonly ExpectedFailure[];
  /** Whether an expected failure is unmet even where nothing was said about its action. */
  readonly mustOccur: boolean;
  /** Hears of each expected failure that came. */
  readonly onMet?: (failure: ExpectedFailure) => void;
}

/** What counts when nothing was said. */
export const plainJudgement: Judgement = {
  ignores: nothingIgnored,
  slowdown: undefined,
  allowMissing: [],
  expected: [],
  mustOccur: false,
};

/** Judges the messages of one run. */
export class Judge {
  private readonly judgement: Judgement;
  private readonly met = new Set<ExpectedFailure>();
  /** Those about whose action something was compared. */
  private readonly seen = new Set<ExpectedFailure>();

  constructor(judgement: Judgement) {
    this.judgement = judgement;
  }

  /** What a compared message counts as; `owed`: its absence fails the run. */
  on(compared: Compared, owed: boolean): Compared {
    return this.expected(this.mayStayOut(this.slower(compared), owed));
  }

  /** The expected failures that did not come. */
  unmet(): readonly Unmet[] {
    const { expected, mustOccur } = this.judgement;
    return expected
      .filter((failure) => !this.met.has(failure) && (mustOccur || this.seen.has(failure)))
      .map(({ action, pointer, result, why }) => ({
        kind: "unmet",
        action,
        pointer: pointer ?? null,
        result,
        why,
      }));
  }

  private meet(failure: ExpectedFailure): void {
    this.met.add(failure);
    this.judgement.onMet?.(failure);
  }

  private slower(compared: Compared): Compared {
    const { latencyMs } = compared;
    if (latencyMs === undefined || !isTooSlow(latencyMs, this.judgement.slowdown)) return compared;
    const { recorded, live } = latencyMs;
    const difference: Difference = { pointer: "", recorded: `${recorded}`, live: `${live}`, why: "slower" };
    return { ...compared, result: "different", differences: [...compared.differences, difference] };
  }

  private mayStayOut(compared: Compared, owed: boolean): Compared {
    const { result, type, action } = compared;
    if (result !== "missing" || owed || type !== "CALL" || action === null) return compared;
    if (!this.judgement.allowMissing.some((glob) => matchesGlob(glob, action))) return compared;
    return { ...compared, result: "ignorable", why: "may stay out (--allow-missing)" };
  }

  private expected(compared: Compared): Compared {
    const { action, result } = compared;
    const about = this.judgement.expected.filter((failure) => matchesGlob(failure.action, action ?? ""));
    for (const failure of about) this.seen.add(failure);
    if (result === "missing" || result === "unexpected") {
      const found = about.find((failure) => failure.result === result && failure.pointer === undefined);
      if (found === undefined) return compared;
      this.meet(found);
      return { ...compared, result: "expected", why: found.why };
    }
    return result === "different" ? this.expectedDifferences(compared, about) : compared;
  }

  private expectedDifferences(compared: Compared, about: readonly ExpectedFailure[]): Compared {
    const whys = new Set<string>();
    const differences = compared.differences.map((difference): Difference => {
      const found = about.find((failure) => isOf(failure, difference));
      if (found === undefined) return difference;
      this.meet(found);
      whys.add(found.why);
      return { ...difference, why: "expected" };
    });
    const left = differences.some(({ why }) => why === "different" || why === "slower");
    if (left || whys.size === 0) return { ...compared, differences };
    return { ...compared, result: "expected", differences, why: [...whys].join("; ") };
  }
}

const isOf = ({ result, pointer }: ExpectedFailure, difference: Difference): boolean =>
  result === difference.why && (pointer === undefined || coversPointer(pointer, difference.pointer));
