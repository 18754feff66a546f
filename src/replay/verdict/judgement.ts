// What the user has allowed or expects: which CSMS calls may be missing, how slow an answer may be, which failures are
// known. Turns the result of one compared message into the result that counts; verdict.ts makes the verdict of these.

import type { Difference } from "../../analyse/compare/compare.js";
import { coversPointer, type Ignores, nothingIgnored } from "../../analyse/compare/ignore-rules.js";
import { isTooSlow, type Slowdown } from "../../analyse/compare/slowdown.js";
import { matchesGlob } from "../../text/glob.js";
import type { Compared, Unmet } from "../protocol.js";

/** What an expected failure can be. */
export type ExpectedResult = "different" | "slower" | "missing" | "unexpected";

/** A known failure. */
export interface ExpectedFailure {
  /** `*` stands for any characters, `?` for one. */
  readonly action: string;
  /** Where the difference is; anywhere in the message where it is missing. */
  readonly pointer?: string;
  readonly result: ExpectedResult;
  readonly why: string;
}

/** How a replay is judged. */
export interface Judgement {
  readonly ignores: Ignores;
  readonly slowdown: Slowdown | undefined;
  /** Actions of CSMS calls that may be missing; `*` stands for any characters, `?` for one. */
  readonly allowMissing: readonly string[];
  readonly expected: readonly ExpectedFailure[];
  /** Whether an expected failure counts as unmet even if no message of its action was compared. */
  readonly mustOccur: boolean;
  /** Called for each expected failure that occurs. */
  readonly onMet?: (failure: ExpectedFailure) => void;
}

/** Nothing is allowed or expected. */
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
  /** The failures of whose action a message was compared. */
  private readonly seen = new Set<ExpectedFailure>();

  constructor(judgement: Judgement) {
    this.judgement = judgement;
  }

  /** The result that counts; `owed`: the absence of the message fails the run. */
  judge(compared: Compared, owed: boolean): Compared {
    return this.expected(this.mayBeMissing(this.slower(compared), owed));
  }

  /** The expected failures that did not occur. */
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

  private mayBeMissing(compared: Compared, owed: boolean): Compared {
    const { result, type, action } = compared;
    if (result !== "missing" || owed || type !== "CALL" || action === null) return compared;
    if (!this.judgement.allowMissing.some((glob) => matchesGlob(glob, action))) return compared;
    return { ...compared, result: "ignorable", why: "allowed to be missing (--allow-missing)" };
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
