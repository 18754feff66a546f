// What a sweep is opened with.

import type { Pace } from "../../replay/station/run/pacing.js";
import type { GuardSettings } from "../replay/replay-guard.js";
import type { TargetSettings } from "../replay/replay-target.js";
import type { Environment } from "../surroundings.js";
import type { CsmsTlsOptions } from "../tls-options.js";
import type { SweepEvent } from "./sweep-events.js";

/** Everything a sweep needs besides the cassette. */
export interface SweepSettings extends Omit<GuardSettings, "against"> {
  /** `all` for the catalogue of faults, `preset:NAME`, or the path of a rule file. */
  readonly faults: string;
  /** A glob: only faults, or rules, with these names. */
  readonly only?: string | undefined;
  readonly tls: CsmsTlsOptions;
  readonly target: TargetSettings;
  readonly pace: Pace;
  /** How long the CSMS may take to answer. */
  readonly timeoutMs: number;
  /** Seed of the faults; the rule file's unless given, else 0. */
  readonly seed?: number | undefined;
  /** The number of the run, on which generated ids depend; random unless given. */
  readonly run?: number | undefined;
  /** The folder that keeps the proxy's cassettes; they are removed at the end unless given. */
  readonly folder?: string | undefined;
  readonly env: Environment;
  readonly emit: (event: SweepEvent) => void;
}
