// The lines that name formats in help texts.

import type { FileFormat } from "../../cassette/formats/format.js";

/** One line for each format: its name and what it is. */
export function formatLines(formats: readonly FileFormat[]): string {
  const width = Math.max(...formats.map(({ name }) => name.length)) + 2;
  return formats.map(({ name, about }) => `  ${name.padEnd(width)}${about.replaceAll("`", "")}`).join("\n");
}
