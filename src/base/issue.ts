// What is wrong with the input of peers and files, as data. All issues are collected; none is thrown.

/** Who caused an issue. */
export type Blame = "charger" | "csms" | "file" | "us";

/** One thing that is wrong in a message or a file. */
export interface Issue {
  /** Stable, kebab-case. */
  readonly code: string;
  /** One sentence that names the value found and what was expected. */
  readonly message: string;
  readonly by: Blame;
  /** Where it is: a JSON pointer, `line:column`, or `byte 123`. */
  readonly where?: string;
}
