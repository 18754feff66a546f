// The environment of a run.

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment variables of a run, and its receiver of warnings. */
export interface Surroundings {
  readonly env: Environment;
  /** Takes one sentence about a failure that does not end the run. */
  readonly warn: (message: string) => void;
}
