// What a run takes from the program around it.

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of a run, and where its warnings go. */
export interface Surroundings {
  readonly env: Environment;
  /** Takes one sentence about something that went wrong and does not end the run. */
  readonly warn: (message: string) => void;
}
