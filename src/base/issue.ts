// What peers and files say wrongly, as data. Issues are collected, all of them, and never thrown.

/** Who is to blame for an issue. */
export type Blame = "charger" | "csms" | "file" | "us";

/** One thing that is wrong with what a peer or a file said. */
export interface Issue {
  /** Stable, kebab-case. */
  readonly code: string;
  /** One sentence that names the value found and what was expected. */
  readonly message: string;
  readonly by: Blame;
  /** Where: a JSON pointer, `line:column`, or `byte 123`. */
  readonly where?: string;
}
